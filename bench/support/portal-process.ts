import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** The real portal in a process of its own. */
export interface PortalProcess {
  url: string;
  /** From the start of the process until it had sent its first page. */
  firstPageMs: number;
  /** Resident memory now, in MB. */
  residentMb(): number;
  stop(): Promise<void>;
}

export async function startPortalProcess(env: Record<string, string>): Promise<PortalProcess> {
  const started = performance.now();
  const child = spawn(process.execPath, ['cli/datestone.mjs', 'portal', '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  await listening(child);
  const url = `http://localhost:${env['PORT']}`;
  const page = await fetch(`${url}/log-on`);
  await page.text();
  if (page.status !== 200) throw new Error(`The portal's first page answered ${page.status}.`);
  return {
    url,
    firstPageMs: performance.now() - started,
    residentMb: () => residentKb(child.pid ?? 0) / 1024,
    stop: async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

async function listening(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('The portal has no output.');
  for await (const line of createInterface({ input: child.stdout })) {
    const { listening } = JSON.parse(line) as { listening?: string };
    if (listening) return listening;
  }
  throw new Error('The portal ended before it listened.');
}

function residentKb(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN);
}
