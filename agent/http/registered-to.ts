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
    return { ...members(plate, agent.timeZone), text: plateText(plate, siteFor(agent, request).reader) };
  });

  site.get('/healthz', async () => {
    await agent.store.use(({ db }) => db.prepare('select n from system').get());
    return { status: 'ok' };
  });
}

function members(plate: Plate, timeZone: string) {
  switch (plate.state) {
    case 'registered':
      return { state: plate.state, registration: plate.registration, since: plate.since, site: plate.site };
    case 'as-of':
      return {
        state: plate.state,
        registration: plate.registration,
        since: plate.since,
        site: plate.site,
        as_of: dayOf(plate.asOf, timeZone),
      };
    case 'entered-on-site':
      return {
        state: plate.state,
        registration: plate.registration,
        site: plate.site,
        entered_on: dayOf(plate.enteredAt, timeZone),
      };
    case 'details-not-loaded':
      return { state: plate.state, code_entered_on: dayOf(plate.codeEnteredAt, timeZone) };
    case 'replaced':
      return { state: plate.state, moved_on: plate.movedOn };
    default:
      return { state: plate.state };
  }
}

/** "2026-11-24", as the clock on the wall beside the server has it. */
function dayOf(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const { year, month, day } = Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${year}-${month}-${day}`;
}
