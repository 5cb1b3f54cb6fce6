// The agent: one process beside one BMS server.

import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { newLog } from '../ui/log.ts';
import type { Agent, ServingAgent } from './agent.ts';
import { checkIns } from './check-ins.ts';
import { codePause } from './code-pause.ts';
import type { Config } from './config.ts';
import { createApp } from './http/app.ts';
import { removeLeftovers } from './store/restore.ts';
import { serverStore } from './store/server.ts';
import { currentBundle, portalOf } from './trusted-portal.ts';

export interface RunningAgent {
  /** Where it was told to be found, or where it listens. */
  url: string;
  close(): Promise<void>;
}

export async function start(config: Config): Promise<RunningAgent> {
  const agent = await agentOf(config);
  removeLeftovers(config.dataFolder);
  const app = await createApp(agent);
  await app.listen({ host: config.host, port: config.port });
  agent.checkIns.plan();
  const { port } = app.server.address() as AddressInfo;
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  return {
    url: config.url ?? `http://${host}:${port}`,
    async close() {
      await agent.checkIns.stop();
      await app.close();
    },
  };
}

/** Everything but the pages: also for what is done at the server by a command, beside an agent that may be running. */
export async function agentOf(config: Config): Promise<ServingAgent> {
  const secure = config.url?.startsWith('https:') ?? false;
  const place = { folder: config.dataFolder, machine: config.machine };
  // Several agents and a portal can share a host, and cookies ignore ports.
  const installation = createHash('sha256').update(config.dataFolder).digest('hex').slice(0, 8);
  const agent: Agent = {
    store: serverStore(place, config.adminPassword, config.now),
    server: config.server,
    portal: portalOf(await currentBundle(config)),
    installedPortal: config.bundle.fingerprint,
    codePause: codePause(),
    cookie: { name: `${secure ? '__Host-' : ''}datestone-agent-${installation}`, secure },
    timeZone: config.timeZone,
    choseFirstPassword: config.adminPassword !== undefined,
    addressOf: (request) => config.url ?? `${request.protocol}://${request.host}`,
    log: newLog('agent', config.logLevel),
    now: config.now,
  };
  // One and the same object for all: the portal in it may change.
  return Object.assign(agent, { checkIns: checkIns(agent) });
}
