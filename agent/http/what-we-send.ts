import type { FastifyInstance } from 'fastify';
import type { Agent } from '../agent.ts';
import { WhatWeSendPage } from '../pages/what-we-send.tsx';
import { readRegistration } from '../records.ts';
import { latestBrowserRequest, makeBrowserRequest } from '../requests.ts';
import { membersOf } from '../sent.ts';
import { sharedNow } from '../shared.ts';
import { conversation } from '../store/registration.ts';
import { keptFileRequest } from '../store/requests.ts';
import { sendPage, siteFor } from './problems.ts';

export function whatWeSendRoutes(atHome: FastifyInstance, agent: Agent): void {
  atHome.get('/what-we-send', async (request, reply) => {
    // The very document of the page that one came from; a new one if there is none that would still be sent.
    const made =
      (await latestBrowserRequest(agent)) ?? (await makeBrowserRequest(agent, agent.addressOf(request))).document;
    const { checkIn, carried } = await agent.store.use(({ db }) => ({
      ...conversation(db, agent.portal.fingerprint),
      carried: keptFileRequest(db, agent.portal.fingerprint)?.document,
    }));
    return sendPage(
      reply,
      WhatWeSendPage({
        site: siteFor(agent, request),
        request: membersOf(made),
        carried: carried === undefined ? undefined : membersOf(carried),
        shared: await sharedNow(agent, await readRegistration(agent)),
        checkIn: checkIn && { ...membersOf(checkIn.document), at: checkIn.at },
      }),
    );
  });
}
