import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Some hundred processes are started by the tests, and each would compile all that it loads. */
export const COMPILED = {
  NODE_COMPILE_CACHE: fileURLToPath(new URL('../../node_modules/.cache/compiled', import.meta.url)),
};

/** A program of ours as a real process: started, killed, and started again on the same port and data. */
export class Program {
  readonly #command: string;
  readonly #env: Record<string, string>;
  #child: ChildProcess | undefined;
  #log = '';
  url = '';

  constructor(command: 'portal' | 'agent', env: Record<string, string>) {
    this.#command = command;
    this.#env = env;
  }

  async start(): Promise<this> {
    const child = spawn(process.execPath, ['cli/datestone.mjs', this.#command, '--json'], {
      cwd: fileURLToPath(new URL('../../', import.meta.url)),
      // The channel ends with this process, and a program notices that it does.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: process.env.TMPDIR, ...COMPILED, ...this.#env },
    });
    this.#child = child;
    child.stderr?.on('data', (chunk) => {
      this.#log += chunk;
    });
    if (!child.stdout) throw new Error('The program has no output.');
    for await (const line of createInterface({ input: child.stdout })) {
      this.url = (JSON.parse(line) as { listening: string }).listening;
      child.stdout.resume();
      return this;
    }
    throw new Error(`The ${this.#command} ended before it listened:\n${this.#log}`);
  }

  /** As the power going: nothing in it runs any more. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  /** Tells it to stop, and waits for nothing. */
  signal(name: 'SIGTERM' | 'SIGINT'): void {
    this.#child?.kill(name);
  }

  /** How it ended: the code that it gave, or the signal that ended it. */
  async ended(): Promise<number | string | null> {
    const child = this.#child;
    if (!child) throw new Error('It was never started.');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    return child.exitCode ?? child.signalCode;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** What it wrote to standard error. */
  get log(): string {
    return this.#log;
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await this.ended();
  }
}

export interface PortalSettings {
  databaseUrl: string;
  data: string;
  smtpUrl?: string;
  port?: number;
  env?: Record<string, string>;
}

export async function portalProgram({ databaseUrl, data, smtpUrl, port, env }: PortalSettings): Promise<Program> {
  const listening = port ?? (await freePort());
  return new Program('portal', {
    DATABASE_URL: databaseUrl,
    DATESTONE_DATA: data,
    DATESTONE_BUNDLE_FILE: `${data}/portal.bundle`,
    DATESTONE_PORTAL_URL: `http://localhost:${listening}`,
    DATESTONE_REQUESTS_PER_MINUTE: '100000',
    PORT: `${listening}`,
    ...(smtpUrl && { SMTP_URL: smtpUrl }),
    ...env,
  });
}

export interface AgentSettings {
  data: string;
  bundleFile: string;
  name: string;
  kind?: string;
  port?: number;
}

export const ADMINISTRATOR_PASSWORD = 'administrator-of-a-test';

export async function agentProgram({ data, bundleFile, name, kind, port }: AgentSettings): Promise<Program> {
  const listening = port ?? (await freePort());
  return new Program('agent', {
    DATESTONE_AGENT_DATA: data,
    DATESTONE_BUNDLE_FILE: bundleFile,
    DATESTONE_SERVER_NAME: name,
    DATESTONE_SERVER_KIND: kind ?? 'enterprise-server',
    DATESTONE_SERVER_PRODUCT: 'Enterprise Server',
    DATESTONE_SERVER_VERSION: '3.2.4.1180',
    DATESTONE_AGENT_URL: `http://localhost:${listening}`,
    DATESTONE_ADMIN_PASSWORD: ADMINISTRATOR_PASSWORD,
    PORT: `${listening}`,
  });
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
