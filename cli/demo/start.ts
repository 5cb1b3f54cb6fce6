import { writeFileSync } from 'node:fs';
import { readConfig } from '../../portal/config.ts';
import { start as startPortal } from '../../portal/main.ts';
import { CAST, forgetMails, seedAccounts, seedIdentities, seedSites } from '../../portal/seed.ts';
import { type AgentProcess, startAgent } from './agents.ts';
import { startBuildingsExchange } from './buildings-exchange.tsx';
import { introduce, LINKED, PEOPLE } from './exchange-people.ts';
import { startMailbox } from './mailbox.tsx';
import { ADMINISTRATOR, PASSWORD, type Places } from './places.ts';
import { registerServer } from './register-server.ts';
import { SERVERS } from './servers.ts';

export interface Demo {
  places: Places;
  /** Comes if the portal has lost its database, and says so. */
  failed: Promise<string> | undefined;
  stop(): Promise<void>;
}

/**
 * Starts the mailbox, the provider, the portal and the two servers; what was started is stopped again if the next does not start. The
 * first start makes the cast and registers the servers by walking the pages as a person would.
 */
export async function startDemo(data: string, portBase: number, progress: (sentence: string) => void): Promise<Demo> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  try {
    const mailbox = await startMailbox(portBase + 3, `${data}/mails.json`);
    stops.push(mailbox.stop);
    const url = `http://localhost:${portBase}`;
    const { client, provider } = introduce(url, `http://localhost:${portBase + 4}`);
    const exchange = await startBuildingsExchange({ port: portBase + 4, client, people: PEOPLE });
    stops.push(exchange.stop);
    writeFileSync(`${data}/providers.json`, JSON.stringify([provider], null, 1), { mode: 0o600 });

    progress('Starting the portal and its database …');
    const portal = await startPortal(
      readConfig({
        DATESTONE_DATA: `${data}/portal`,
        DATESTONE_BUNDLE_FILE: `${data}/portal.bundle`,
        DATESTONE_PORTAL_URL: url,
        DATESTONE_OIDC_PROVIDERS: `${data}/providers.json`,
        PORT: `${portBase}`,
        SMTP_URL: mailbox.smtpUrl,
        DATESTONE_CHECK_IN_SECONDS: '60',
        DATESTONE_LOG_LEVEL: 'warn',
        DATESTONE_MAIL_GATHER_SECONDS: '60',
        DATESTONE_TIME_ZONE: Intl.DateTimeFormat().resolvedOptions().timeZone,
      }),
    );
    stops.push(portal.close);

    const cast = await seedAccounts(portal.portal, PASSWORD);
    if (cast) {
      progress('Making an integrator with twenty sites and an end user …');
      await seedSites(portal.portal, cast);
      await seedIdentities(portal.portal, cast, exchange.issuer, LINKED);
    }

    progress('Starting two servers …');
    const agents: AgentProcess[] = [];
    for (const [i, server] of SERVERS.entries()) {
      const agent = await startAgent(server, { data, port: portBase + 1 + i, bundleFile: `${data}/portal.bundle` });
      stops.push(agent.stop);
      agents.push(agent);
      if (cast) {
        progress(`Registering ${server.name} …`);
        await registerServer(portal.portal, cast, agent, server);
      }
    }
    if (cast) await forgetMails(portal.portal);

    const [enterpriseServer, smartxServer] = agents as [AgentProcess, AgentProcess];
    const places: Places = {
      portal: portal.url,
      mailbox: mailbox.url,
      provider: exchange.issuer,
      enterpriseServer: enterpriseServer.url,
      smartxServer: smartxServer.url,
      integrator: CAST.integrator.email,
      endUser: CAST.endUser.email,
      administrator: ADMINISTRATOR,
      password: PASSWORD,
      data,
    };
    return { places, failed: portal.failed, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
