import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { COLUMNS, guarded, writeRow } from '../../core/registration-sheet.ts';
import { BYTE_ORDER_MARK, csvLines } from '../csv/write.ts';
import { type ExportedSystem, exportedSystems } from '../store/reads/export.ts';
import { type Http, type Posted, signedIn } from './context.tsx';
import { narrowedBy } from './systems.tsx';

/** Registered systems as a file, as far as they fit the search: written while they are read. */
export function exportRoutes(http: Http): void {
  const { app, portal } = http;

  for (const [format, write] of Object.entries({ csv: asCsv, json: asJson })) {
    app.get(`/systems.${format}`, async (request, reply) => {
      const visitor = await signedIn(http, request, reply);
      if (!visitor) return reply;
      const batches = exportedSystems(portal.db, visitor.account.id, narrowedBy(request.query as Posted));
      const day = portal.now().toISOString().slice(0, 10);
      return download(reply, `registered-systems-${day}.${format}`, write(batches));
    });
  }
}

function download(reply: FastifyReply, name: string, pieces: AsyncIterable<string>): FastifyReply {
  return reply
    .type(name.endsWith('.csv') ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('cache-control', 'no-store')
    .send(Readable.from(pieces));
}

type Batches = AsyncIterable<ExportedSystem[]>;

/** What stands before the columns of the form. An import leaves these out. */
const OWN_COLUMNS = {
  registration: (system) => system.number,
  registration_state: (system) => system.state,
  since: (system) => system.since.toISOString(),
  system_id: (system) => system.systemId ?? '',
  server: (system) => system.server ?? '',
  kind: (system) => system.kind ?? '',
  version: (system) => system.version ?? '',
  last_heard_at: (system) => system.lastHeardAt?.toISOString() ?? '',
} satisfies Record<string, (system: ExportedSystem) => string>;

export async function* asCsv(batches: Batches): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLines([[...Object.keys(OWN_COLUMNS), ...COLUMNS.map((column) => column.name)]]);
  for await (const batch of batches) {
    const own = (system: ExportedSystem) => Object.values(OWN_COLUMNS).map((value) => guarded(value(system)));
    yield csvLines(batch.map((system) => [...own(system), ...writeRow(system.answers)]));
  }
}

async function* asJson(batches: Batches): AsyncGenerator<string> {
  let between = '[\n';
  for await (const batch of batches) {
    for (const system of batch) {
      const { number, state, since, systemId, server, kind, version, lastHeardAt, answers } = system;
      const said = { registration: number, state, since, system_id: systemId, server, kind, version };
      yield `${between}${JSON.stringify({ ...said, last_heard_at: lastHeardAt, answers })}`;
      between = ',\n';
    }
  }
  yield between === '[\n' ? '[]\n' : '\n]\n';
}
