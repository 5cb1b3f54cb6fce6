import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ALLOWED_PATH, REFUSED_PATH } from '../../api/program-log-on.ts';
import { Failure } from '../problems.ts';

const MINUTES = 10;

/**
 * Listens on this machine until the portal's page sends the browser here. `exchange` turns the code into what is wanted;
 * what the browser then shows is the portal's own page again.
 */
export async function awaitAnswer<Wanted>(
  portal: string,
  challenge: string,
  exchange: (code: string) => Promise<Wanted>,
): Promise<{ port: number; wanted: Promise<Wanted> }> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const wanted = new Promise<Wanted>((got, failed) => {
    const nobody = () =>
      failed(new Failure(`Nobody allowed it within ${MINUTES} minutes. Type datestone login again.`));
    setTimeout(nobody, MINUTES * 60_000).unref();
    server.on('request', (request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
      // Any page in the browser can call here, but only the portal's was told the challenge.
      const ours = request.method === 'GET' && pathname === '/' && searchParams.get('challenge') === challenge;
      const code = searchParams.get('code');
      if (!ours) answer(response, 404, 'There is nothing here.');
      else if (code === null) {
        goTo(response, portal + REFUSED_PATH);
        failed(new Failure('It was not allowed at the portal. You are not logged on.'));
      } else {
        exchange(code).then(
          (value) => {
            goTo(response, portal + ALLOWED_PATH);
            got(value);
          },
          (error: unknown) => {
            answer(response, 502, 'It did not work. The program says why.');
            failed(error);
          },
        );
      }
    });
  }).finally(() => server.close());
  return { port: (server.address() as AddressInfo).port, wanted };
}

/** The connection ends with the answer: the program does not wait for a browser that keeps it. */
function answer(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
  response.end(`${sentence}\n`);
}

function goTo(response: ServerResponse, address: string): void {
  response.writeHead(303, { location: address, connection: 'close' });
  response.end();
}
