import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { freePort, type PortalSettings, Program, portalProgram } from './processes.ts';

/**
 * Two portal processes on one database behind one address. Every request goes to the next one in turn, so that what one
 * has in its memory alone is missed at the next click. What could not be delivered is asked of the other; what was
 * delivered and not answered only where that can do no harm.
 */
export class Cluster {
  readonly programs: readonly [Program, Program];
  /** How many requests each has answered. */
  readonly answered: [number, number] = [0, 0];
  /** How often one was killed by `killAfter`. */
  killed = 0;
  readonly #ports: readonly [number, number];
  readonly #server = createServer((incoming, outgoing) => void this.#passOn(incoming, outgoing));
  readonly #port: number;
  #turn = 0;
  #killAt: number | undefined;
  #startsAgain: Promise<unknown> = Promise.resolve();

  static async of(settings: PortalSettings): Promise<Cluster> {
    const port = settings.port ?? (await freePort());
    const ports: [number, number] = [await freePort(), await freePort()];
    const [first, second] = await Promise.all(
      ports.map((own) =>
        portalProgram({
          ...settings,
          port: own,
          env: { ...settings.env, DATESTONE_PORTAL_URL: `http://localhost:${port}` },
        }),
      ),
    );
    return new Cluster(port, ports, [first, second] as [Program, Program]);
  }

  private constructor(port: number, ports: [number, number], programs: [Program, Program]) {
    this.#port = port;
    this.#ports = ports;
    this.programs = programs;
  }

  get url(): string {
    return `http://localhost:${this.#port}`;
  }

  /** Which one gets the next request. */
  get next(): 0 | 1 {
    return (this.#turn % 2) as 0 | 1;
  }

  /** The address of one of them alone. */
  urlOf(n: 0 | 1): string {
    return `http://localhost:${this.#ports[n]}`;
  }

  /** Both at the very same moment. */
  async start(): Promise<this> {
    await Promise.all(this.programs.map((program) => program.start()));
    if (!this.#server.listening) {
      this.#server.listen(this.#port, '127.0.0.1');
      await once(this.#server, 'listening');
    }
    return this;
  }

  /** The request that comes after so many finds its process killed, which then starts again as under systemd. */
  async killAfter(requests: number): Promise<void> {
    await this.#startsAgain;
    this.#killAt = this.#turn + requests;
  }

  async stop(): Promise<void> {
    await this.#startsAgain;
    await Promise.all(this.programs.map((program) => program.stop()));
    this.#close();
  }

  async kill(): Promise<void> {
    await this.#startsAgain;
    await Promise.all(this.programs.map((program) => program.kill()));
    this.#close();
  }

  #close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #passOn(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const first = this.next;
    // Counted before anything is waited for: two requests may come at once.
    if (this.#turn++ === this.#killAt) {
      await this.programs[first].kill();
      this.killed++;
      this.#startsAgain = this.programs[first].start();
    }
    for (const n of [first, 1 - first]) {
      const answer = await this.#ask(n, incoming, body).catch((error: NodeJS.ErrnoException) => error);
      if (!(answer instanceof Error)) {
        this.answered[n as 0 | 1]++;
        outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.on('error', () => outgoing.destroy()).pipe(outgoing);
        return;
      }
      const mayHaveArrived = answer.code !== 'ECONNREFUSED';
      if (mayHaveArrived && incoming.method !== 'GET') break;
    }
    outgoing.writeHead(502).end('No portal has answered.');
  }

  #ask(n: number, { method, url, headers }: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
    return new Promise((answered, failed) => {
      const { port } = new URL(this.urlOf(n as 0 | 1));
      request({ host: '127.0.0.1', port, method, path: url, headers, agent: false }, answered)
        .on('error', failed)
        .end(body);
    });
  }
}
