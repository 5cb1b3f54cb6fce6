import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import Fastify, { type FastifyInstance } from 'fastify';
import { RequestLog } from '../../ui/log.ts';
import { serveAssets } from '../../ui/serve-assets.ts';
import type { ServingAgent } from '../agent.ts';
import { followPortal } from '../follow-portal.ts';
import { databaseRoutes } from './database.ts';
import { deleteRoutes } from './delete.ts';
import { helpRoutes } from './help.ts';
import { logOnRoutes } from './log-on.ts';
import { offlineRoutes } from './offline.ts';
import { offlineDoneRoutes } from './offline-done.ts';
import { openRoutes } from './open.ts';
import { comesFromAnotherSite } from './origin.ts';
import { portalRoutes } from './portal.ts';
import { answerErrors, sendMessage } from './problems.ts';
import { registerRoutes } from './register.ts';
import { registeredToRoutes } from './registered-to.ts';
import { registrationRoutes } from './registration.ts';
import { visits } from './visit.ts';
import { wayBackRoutes } from './way-back.ts';
import { whatWeSendRoutes } from './what-we-send.ts';
import { whichSystemRoutes } from './which-system.ts';

/** More than any backup, less than would fill a disk. */
const LARGEST_BACKUP = 64 * 1024 * 1024;

export async function createApp(agent: ServingAgent): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify({ loggerInstance: agent.log, logController: new RequestLog() });
  await app.register(helmet, headers(agent));
  await app.register(cookie);
  await app.register(formbody);
  await app.register(multipart, { limits: { fileSize: LARGEST_BACKUP, files: 1, fields: 5 } });
  serveAssets(app);
  answerErrors(app, agent);

  const follow = followPortal(agent);
  await app.register(async (site) => {
    site.addHook('onRequest', async (request, reply) => {
      await follow();
      // Pages tell how things stand now; the browser's copy of an hour ago would not.
      reply.header('cache-control', 'no-store');
      if (comesFromAnotherSite(request)) return sendMessage(agent, request, reply, 403, 'foreign');
    });
    const { mustBeLoggedOn, mustBeAtHome } = visits(site, agent);
    registeredToRoutes(site, agent);
    openRoutes(site, agent);
    helpRoutes(site, agent);
    logOnRoutes(site, agent);

    await site.register(async (administrator) => {
      administrator.addHook('preHandler', mustBeLoggedOn);
      databaseRoutes(administrator, agent);
      deleteRoutes(administrator, agent);
      whichSystemRoutes(administrator, agent);

      await administrator.register(async (atHome) => {
        atHome.addHook('preHandler', mustBeAtHome);
        registerRoutes(atHome, agent);
        registrationRoutes(atHome, agent);
        wayBackRoutes(atHome, agent);
        whatWeSendRoutes(atHome, agent);
        offlineRoutes(atHome, agent);
        offlineDoneRoutes(atHome, agent);
        portalRoutes(atHome, agent);
      });
    });
  });
  return app;
}

function headers(agent: ServingAgent) {
  const own = ["'self'"];
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: own,
        styleSrc: own,
        fontSrc: own,
        imgSrc: own,
        connectSrc: own,
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        // Register now posts here and is passed on to the portal: Chrome counts where a form is redirected to.
        formAction: [...own, () => new URL(agent.portal.url).origin],
      },
    },
    // The portal shows from where a request was posted. `upgrade-insecure-requests` and HSTS are left out on purpose:
    // many servers have no certificate that a browser would accept.
    referrerPolicy: { policy: 'origin' as const },
    strictTransportSecurity: false,
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
  };
}
