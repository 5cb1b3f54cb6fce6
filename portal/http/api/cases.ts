import { z } from 'zod';
import type { caseOperations } from '../../../api/contract/cases.ts';
import { refused } from '../../../core/refusals.ts';
import { objectToCase, openCase, withdrawCase } from '../../operations/cases.ts';
import { type CaseKey, type CaseLine, caseFor, casesOpenedBy } from '../../store/reads/cases.ts';
import { pageOf, readCursor } from './cursor.ts';
import { type HandlersOf, notDone, time, timeOrNull } from './handler.ts';

const caseKey: z.ZodType<CaseKey> = z.tuple([z.iso.datetime({ offset: true }), z.uuid()]);

export const caseHandlers: HandlersOf<typeof caseOperations> = {
  openCase: async ({ portal, account, body: { registration, request, wants, cause, statement, evidence } }) => {
    const about = request && wants ? { request, wants } : { registration: registration ?? '' };
    const result = await openCase(portal, { account, about, cause, statement, evidence });
    switch (result.outcome) {
      case 'refused':
        return result;
      case 'not-registered':
        return notDone('system-id-not-registered');
      case 'yours':
        return notDone('not-as-described', {
          errors: [{ pointer: '/request', detail: `It is yours: send registration ${result.registration}.` }],
        });
      default:
        return { status: 200, body: { outcome: result.outcome, case: result.case } };
    }
  },

  listCases: async ({ portal, account, query: { cursor: asked, limit } }) => {
    const cursor = readCursor(asked, caseKey);
    if (cursor.outcome === 'refused') return cursor;
    const rows = await casesOpenedBy(portal.db, account.id, { after: cursor.after, limit: limit + 1 });
    const page = pageOf(
      rows,
      limit,
      (row): CaseKey => [row.openedAt.toISOString(), row.id],
      (row) => ({ ...lineOut(row), system_id: row.systemId }),
    );
    return { status: 200, body: page };
  },

  showCase: async ({ portal, account, params }) => {
    const shown = await caseFor(portal.db, account.id, params.id);
    if (!shown) return refused('not-among-yours');
    const { systemId, openedBy, statement, evidence, reason, registration, objections } = shown;
    return {
      status: 200,
      body: {
        ...lineOut(shown),
        system_id: systemId,
        opened_by: openedBy,
        statement,
        evidence,
        reason,
        registration: registration?.number ?? null,
        objections: objections.map(({ seat, name, organisation, at, text }) => ({
          seat,
          name,
          organisation,
          at: time(at),
          text,
        })),
      },
    };
  },

  objectToCase: async ({ portal, account, body: { case: id, text } }) => {
    const result = await objectToCase(portal, { account, case: id, text });
    return result.outcome === 'refused' ? result : { status: 200, body: { outcome: result.outcome, case: id } };
  },

  withdrawCase: async ({ portal, account, body: { case: id } }) => {
    const result = await withdrawCase(portal, { account, case: id });
    return result.outcome === 'refused' ? result : { status: 200, body: { outcome: result.outcome, case: id } };
  },
};

const lineOut = ({ id, cause, openedAs, seat, openedAt, objectionsUntil, endedAt, endedAs }: CaseLine) => ({
  id,
  cause,
  opened_as: openedAs,
  seat,
  opened_at: time(openedAt),
  objections_until: time(objectionsUntil),
  ended_at: timeOrNull(endedAt),
  ended_as: endedAs,
});
