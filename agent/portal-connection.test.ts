import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, expect, test } from 'vitest';
import { freePort } from '../test/support/processes.ts';
import { failureOf, postCheckIn } from './portal-connection.ts';

const open: Server[] = [];
const never = new AbortController().signal;

async function listening(server: Server): Promise<number> {
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function replyOf(handler: RequestListener) {
  const port = await listening(createServer(handler));
  return postCheckIn(`http://127.0.0.1:${port}`, 'a.check.in', never);
}

afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

test('an answer is what comes back as application/jose', async () => {
  const reply = await replyOf((_request, response) =>
    response.setHeader('content-type', 'application/jose').end('a.b.c'),
  );
  expect(reply).toEqual({ outcome: 'answered', document: 'a.b.c' });
});

test('a problem of the portal is a refusal with its code', async () => {
  const reply = await replyOf((_request, response) =>
    response.writeHead(409, { 'content-type': 'application/problem+json' }).end('{"code":"signing-key-differs"}'),
  );
  expect(reply).toEqual({ outcome: 'refused', code: 'signing-key-differs' });
});

test.each<[string, RequestListener]>([
  [
    'the log-on page of a network',
    (_request, response) => response.setHeader('content-type', 'text/html').end('<h1>Wi-Fi</h1>'),
  ],
  ['a redirect to one', (_request, response) => response.writeHead(302, { location: 'http://192.0.2.1/' }).end()],
  ['a page that is not found', (_request, response) => response.writeHead(404).end('?')],
  [
    'a refusal without a code',
    (_request, response) => response.writeHead(400, { 'content-type': 'application/problem+json' }).end('['),
  ],
  [
    'an answer without end',
    (_request, response) => response.setHeader('content-type', 'application/jose').end('a'.repeat(2_000_000)),
  ],
])('%s is not the portal', async (_what, handler) => {
  expect(await replyOf(handler)).toEqual({ outcome: 'failed', failure: 'not-the-portal' });
});

test.each([500, 503, 429])('status %i means that the portal cannot answer now', async (status) => {
  expect(await replyOf((_request, response) => response.writeHead(status).end())).toEqual({
    outcome: 'failed',
    failure: 'busy',
  });
});

test('a connection that is closed before the answer is told from one that was never made', async () => {
  expect(await replyOf((request) => request.socket.destroy())).toEqual({ outcome: 'failed', failure: 'interrupted' });
  expect(await postCheckIn(`http://127.0.0.1:${await freePort()}`, 'x', never)).toEqual({
    outcome: 'failed',
    failure: 'refused',
  });
});

test('a name that nobody knows is a matter of DNS', async () => {
  expect(await postCheckIn('http://portal.invalid', 'x', never)).toEqual({ outcome: 'failed', failure: 'dns' });
});

test('a portal that speaks no TLS, or TLS that nobody trusts, is a matter of TLS', async () => {
  const plain = await listening(createTcpServer((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n')));
  expect(await postCheckIn(`https://127.0.0.1:${plain}`, 'x', never)).toMatchObject({ failure: 'tls' });
  const withoutCertificate = await listening(createTlsServer());
  expect(await postCheckIn(`https://127.0.0.1:${withoutCertificate}`, 'x', never)).toMatchObject({ failure: 'tls' });
});

test.each([
  [{ name: 'TimeoutError' }, 'timeout'],
  [{ cause: { code: 'ETIMEDOUT' } }, 'timeout'],
  [{ cause: { code: 'ENETUNREACH' } }, 'unreachable'],
  [{ cause: { code: 'CERT_HAS_EXPIRED' } }, 'tls'],
  [{ cause: { code: 'SELF_SIGNED_CERT_IN_CHAIN' } }, 'tls'],
  [{ cause: { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' } }, 'tls'],
  // Tried over IPv6 and IPv4: the first says it.
  [{ cause: { errors: [{ code: 'ECONNREFUSED' }] } }, 'refused'],
])('%j is called %s', (error, failure) => {
  expect(failureOf(error)).toBe(failure);
});
