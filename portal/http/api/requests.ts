import { z } from 'zod';
import type { requestOperations } from '../../../api/contract/requests.ts';
import { API_PROBLEMS } from '../../../api/problems.ts';
import { refused } from '../../../core/refusals.ts';
import { readSystemId, shortId } from '../../../core/system-id.ts';
import { bringFiles, bringTyped, cancel, proceed } from '../../operations/bring.ts';
import { takeRequest } from '../../operations/take-request.ts';
import { sentenceOf } from '../../pages/typed-system-id.ts';
import type { Account, Portal } from '../../portal.ts';
import { type BroughtRequest, installationOf, REQUEST_HOURS, requestOf, standingsOf } from '../../store/facts.ts';
import { knownInstallation } from '../../store/reads/brought.ts';
import { type ChoiceKey, choicesAfter } from '../../store/reads/choices.ts';
import { nobody } from '../visitor.ts';
import { pageOf, readCursor } from './cursor.ts';
import { type HandlersOf, notDone, time, timeOrNull } from './handler.ts';

const choiceKey: z.ZodType<ChoiceKey> = z.tuple([
  z.boolean(),
  z.boolean(),
  z.int().min(1).max(9),
  z.iso.datetime({ offset: true }),
  z.string(),
  z.string(),
]);

export const requestHandlers: HandlersOf<typeof requestOperations> = {
  bringRequest: async ({ portal, account, body }) => {
    const brought = await bring(portal, account, body);
    if (brought.outcome === 'refused') return brought;
    // The statement that the caller is authorised came with it.
    await proceed(portal, account.id, brought.request);
    const request = await requestOf(portal.db, account.id, brought.request, portal.now());
    if (!request) return refused('request-expired');
    return { status: 201, body: await requestOut(portal, account, request), location: `/requests/${request.id}` };
  },

  bringFiles: async ({ portal, account, body }) => {
    const taken = await bringFiles(portal, { documents: body.documents, account: account.id, cookieHash: undefined });
    const results = [];
    for (const one of taken) {
      if (one.outcome === 'refused') {
        const { title, detail } = API_PROBLEMS[one.code];
        results.push({ request: null, problem: { code: one.code, title, detail } });
        continue;
      }
      await proceed(portal, account.id, one.request);
      const kept = await requestOf(portal.db, account.id, one.request, portal.now());
      results.push({ request: kept ? await requestOut(portal, account, kept) : null, problem: null });
    }
    return { status: 200, body: { results } };
  },

  showRequest: async ({ portal, account, params }) => {
    const request = await requestOf(portal.db, account.id, params.id, portal.now());
    return request ? { status: 200, body: await requestOut(portal, account, request) } : refused('request-expired');
  },

  cancelRequest: async ({ portal, account, params }) => {
    const request = await requestOf(portal.db, account.id, params.id, portal.now());
    if (!request) return refused('request-expired');
    if (request.association) return refused('request-replayed', { systemId: request.systemId });
    await cancel(portal, account.id, request.id);
    return { status: 204, body: undefined };
  },

  listChoices: async ({ portal, account, params, query }) => {
    const request = await requestOf(portal.db, account.id, params.id, portal.now());
    if (!request?.proceededAt) return refused('request-expired');
    const cursor = readCursor(query.cursor, choiceKey);
    if (cursor.outcome === 'refused') return cursor;
    const { search = '', show, limit } = query;
    const wanted = { search: search.trim(), show, now: portal.now(), after: cursor.after, limit: limit + 1 };
    const rows = await choicesAfter(portal.db, account.id, request, wanted);
    const page = pageOf(
      rows,
      limit,
      (row) => row.key,
      (row) => ({
        number: row.number,
        state: row.state,
        site: row.site,
        company: row.company,
        city: row.city,
        system_id: row.systemId,
        association: row.association,
        kind: row.kind,
        server: row.server,
        last_heard_at: timeOrNull(row.lastHeardAt),
        closed_at: timeOrNull(row.closedAt),
        merged_into: row.mergedInto,
        reason: row.reason,
      }),
    );
    return { status: 200, body: page };
  },
};

async function bring(
  portal: Portal,
  account: Account,
  sent: { system_id?: string | undefined; document?: string | undefined },
) {
  if (sent.document !== undefined) {
    const { document } = sent;
    return takeRequest(portal, { document, cookieHash: undefined, account: account.id, origin: undefined });
  }
  const reading = readSystemId(sent.system_id ?? '');
  if (reading.outcome !== 'read') {
    return notDone('not-as-described', {
      errors: [{ pointer: '/system_id', detail: sentenceOf(reading, nobody(portal).t) }],
    });
  }
  return { outcome: 'taken', ...(await bringTyped(portal, account.id, reading.systemId)) } as const;
}

async function requestOut(portal: Portal, account: Account, request: BroughtRequest) {
  const instance = installationOf(request);
  const [standings, installation] = await Promise.all([
    standingsOf(portal.db, account.id, request.systemId),
    instance ? knownInstallation(portal.db, account.id, instance) : undefined,
  ]);
  const taken = standings.find((standing) => standing.state !== 'claimed');
  const own = standings.find((standing) => standing.who !== 'stranger');
  const isForeign = taken?.who === 'stranger';
  const yours = isForeign ? undefined : own;
  return {
    id: request.id,
    system_id: request.systemId,
    short_id: shortId(request.systemId),
    how: request.how,
    proven: request.proven,
    server: request.server ?? null,
    received_at: time(request.receivedAt),
    expires_at: time(new Date(request.receivedAt.getTime() + REQUEST_HOURS * 60 * 60 * 1000)),
    standing: isForeign ? ('another-account' as const) : yours ? ('yours' as const) : ('free' as const),
    registration: yours?.registration ?? null,
    installation_of: installation ?? null,
    association: request.association ?? null,
  };
}
