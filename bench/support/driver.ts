import { Agent, request } from 'node:http';

/** Drives a server over HTTP from this process, over a fixed number of connections that stay open. */
export interface Call {
  path: string;
  cookie: string;
  form: Record<string, string>;
}

export interface Reply {
  status: number;
  location: string;
  body: string;
}

export class Driver {
  /** Where each connection leads. */
  readonly #urls: URL[];
  readonly #agents: Agent[];

  /** With several addresses, the connections take them in turn. */
  constructor(urls: readonly string[], connections: number) {
    this.#urls = Array.from({ length: connections }, (_, i) => new URL(urls[i % urls.length] as string));
    this.#agents = Array.from({ length: connections }, () => new Agent({ keepAlive: true, maxSockets: 1 }));
  }

  /** Makes the calls, each connection one after the other, and returns each one's duration in milliseconds. */
  async drive<T>(items: readonly T[], call: (item: T, connection: number) => Promise<void>): Promise<number[]> {
    const durations: number[] = [];
    let next = 0;
    await Promise.all(
      this.#agents.map(async (_, connection) => {
        for (let i = next++; i < items.length; i = next++) {
          const started = performance.now();
          await call(items[i] as T, connection);
          durations.push(performance.now() - started);
        }
      }),
    );
    return durations;
  }

  post({ path, cookie, form }: Call, connection: number): Promise<Reply> {
    const body = new URLSearchParams(form).toString();
    const headers = {
      cookie,
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(body),
    };
    return this.#send({ method: 'POST', path, headers, body }, connection);
  }

  get(path: string, cookie = ''): Promise<Reply> {
    return this.#send({ method: 'GET', path, headers: { cookie }, body: '' }, 0);
  }

  close(): void {
    for (const agent of this.#agents) agent.destroy();
  }

  #send(
    { method, path, headers, body }: { method: string; path: string; headers: object; body: string },
    connection: number,
  ): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const { hostname, port } = this.#urls[connection] as URL;
      const sent = request(
        { hostname, port, path, method, headers: { ...headers }, agent: this.#agents[connection] },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk) => chunks.push(chunk));
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              location: response.headers.location ?? '',
              body: Buffer.concat(chunks).toString(),
            }),
          );
          response.on('error', reject);
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  }
}

/** The value below which this share of them lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
