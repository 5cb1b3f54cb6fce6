import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { PASSWORD } from './places.ts';
import type { DemoServer } from './servers.ts';

/** An agent in a process of its own, as beside a real server. */
export interface AgentProcess {
  url: string;
  stop(): Promise<void>;
}

interface Where {
  data: string;
  port: number;
  bundleFile: string;
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export async function startAgent(server: DemoServer, { data, port, bundleFile }: Where): Promise<AgentProcess> {
  const url = `http://localhost:${port}`;
  // The channel makes the agent notice when the demonstration is gone, however it went.
  const child = spawn(process.execPath, ['cli/datestone.mjs', 'agent', '--json'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // A process group of its own: Ctrl-C reaches the demonstration, which stops the agents in order.
    detached: true,
    env: {
      ...process.env,
      DATESTONE_AGENT_DATA: `${data}/${server.name}`,
      DATESTONE_BUNDLE_FILE: bundleFile,
      DATESTONE_SERVER_NAME: server.name,
      DATESTONE_SERVER_KIND: server.kind,
      DATESTONE_SERVER_PRODUCT: server.product,
      DATESTONE_SERVER_VERSION: server.version,
      DATESTONE_AGENT_URL: url,
      DATESTONE_ADMIN_PASSWORD: PASSWORD,
      PORT: `${port}`,
    },
  });
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said = (said + chunk).slice(-2000);
  });
  const exited = once(child, 'exit');
  if (!(await firstLine(child.stdout))) {
    await exited;
    throw new Error(`the server ${server.name} did not start: ${said.trim() || 'it said nothing'}`);
  }
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

async function firstLine(output: NodeJS.ReadableStream | null): Promise<string | undefined> {
  if (!output) return undefined;
  for await (const line of createInterface({ input: output })) {
    // Nothing else is read, and a full pipe must not stop the agent.
    output.resume();
    return line;
  }
  return undefined;
}
