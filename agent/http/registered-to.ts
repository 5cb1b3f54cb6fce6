// For programs: a vendor's logon window, and whatever watches the agent. Described in docs/integrating.md.

import type { FastifyInstance } from 'fastify';
import type { Agent } from '../agent.ts';
import { plateText } from '../pages/plate.tsx';
import type { Plate } from '../plate.ts';
import { readPlate } from '../records.ts';
import { siteFor } from './problems.ts';

export function registeredToRoutes(site: FastifyInstance, agent: Agent): void {
  site.get('/registered-to', async (request) => {
    const plate = await readPlate(agent);
    return { ...members(plate), text: plateText(plate, siteFor(agent, request).reader) };
  });

  site.get('/healthz', async () => {
    await agent.store.use(({ db }) => db.prepare('select n from system').get());
    return { status: 'ok' };
  });
}

function members(plate: Plate) {
  switch (plate.state) {
    case 'registered':
      return { state: plate.state, registration: plate.registration, since: plate.since, site: plate.site };
    case 'replaced':
      return { state: plate.state, moved_on: plate.movedOn };
    default:
      return { state: plate.state };
  }
}
