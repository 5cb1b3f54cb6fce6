import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { routeOf } from '../ui/log.ts';
import { outboxWaiting } from './mail/outbox.ts';
import type { OpenDatabase } from './store/database.ts';

/**
 * What Prometheus is told of this process. Labels are words of the program: routes, outcomes, codes. Nothing that somebody
 * sent or that says who or what it was about is one.
 */
const registry = new Registry();
const registers = [registry];

const requests = new Histogram({
  name: 'datestone_http_request_duration_seconds',
  help: 'Requests by method, pattern of the route and class of the status',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers,
});
export const associations = new Counter({
  name: 'datestone_associations_total',
  help: 'What became of pressing Associate or Move it: associated, claimed, already there, or the code of the refusal',
  labelNames: ['outcome'],
  registers,
});
export const checkIns = new Counter({
  name: 'datestone_check_ins_total',
  help: 'Check-ins of systems: answered, or the code of the refusal',
  labelNames: ['outcome'],
  registers,
});
const databaseUp = new Gauge({
  name: 'datestone_database_up',
  help: 'Whether the database answered just now',
  registers,
});
const mailsWaiting = new Gauge({
  name: 'datestone_outbox_mails',
  help: 'Mails that are due and not yet accepted by the mail server, of all processes',
  registers,
});
const oldestMail = new Gauge({
  name: 'datestone_outbox_oldest_seconds',
  help: 'For how long the oldest of them has been due',
  registers,
});
const connections = new Gauge({
  name: 'datestone_database_connections',
  help: 'Connections of this process to the database, and what waits for one',
  labelNames: ['state'],
  registers,
});

/** The word that says what became of it: the code, where it was refused. */
export function outcomeOf(result: { outcome: string; code?: string }): { outcome: string } {
  return { outcome: result.code ?? result.outcome };
}

export function measureRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const status = `${Math.floor(reply.statusCode / 100)}xx`;
    requests.observe({ method: request.method, route: routeOf(request), status }, reply.elapsedTime / 1000);
  });
}

/** Answers `/metrics` at an address of its own, so that whoever reaches the pages does not reach it. */
export async function serveMetrics(
  db: OpenDatabase,
  now: () => Date,
  { host, port }: { host: string; port: number },
): Promise<{ url: string; close(): Promise<void> }> {
  collectDefaultMetrics({ register: registry });
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') return response.writeHead(404).end();
    return metrics(db, now()).then(
      (text) => response.setHeader('content-type', registry.contentType).end(text),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(port, host, listening);
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}/metrics`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

async function metrics(db: OpenDatabase, now: Date): Promise<string> {
  const waiting = await outboxWaiting(db, now).catch(() => undefined);
  databaseUp.set(waiting ? 1 : 0);
  mailsWaiting.set(waiting?.mails ?? Number.NaN);
  oldestMail.set(waiting?.oldestSeconds ?? Number.NaN);
  for (const [state, count] of Object.entries(db.connections())) connections.set({ state }, count);
  return registry.metrics();
}
