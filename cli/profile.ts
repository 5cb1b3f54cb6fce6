import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { Failure } from './problems.ts';

/** With which portals this person is logged on, and the one that is meant where none is named. */
export interface Profile {
  current?: string;
  portals: Record<string, { token: string; email: string; until: string }>;
}

const folder = () => path.join(process.env.XDG_CONFIG_HOME || path.join(homedir(), '.config'), 'datestone');
const file = () => path.join(folder(), 'portals.json');

export function readProfile(): Profile {
  let text: string;
  try {
    text = readFileSync(file(), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { portals: {} };
    throw new Failure(`${file()} cannot be read: ${(error as Error).message}`);
  }
  try {
    const { current, portals } = JSON.parse(text) as Profile;
    return { portals: { ...portals }, ...(current && { current }) };
  } catch {
    throw new Failure(`${file()} is damaged. Delete it and log on again with "datestone login".`);
  }
}

/** Only its owner can read it: tokens are in it. Whoever reads meanwhile sees the old file or the new one. */
export function writeProfile(profile: Profile): void {
  const temporary = `${file()}.${process.pid}.new`;
  try {
    mkdirSync(folder(), { recursive: true, mode: 0o700 });
    writeFileSync(temporary, `${JSON.stringify(profile, null, 2)}\n`, { mode: 0o600 });
    chmodSync(temporary, 0o600);
    renameSync(temporary, file());
  } catch (error) {
    throw new Failure(`${file()} cannot be written: ${(error as Error).message}`);
  }
}

/** An address as people type it, as the one that a token is kept under. */
function portalAddress(typed: string): string {
  const text = /^[a-z]+:\/\//i.test(typed) ? typed : `https://${typed}`;
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.pathname !== '/' || url.search || url.hash) {
    throw new Failure(`"${typed}" is not the address of a portal. It looks like https://portal.example.`, 2);
  }
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol === 'http:' && !local) {
    throw new Failure(`${url.origin}: over plain http anybody on the way could read your token. Use https.`, 2);
  }
  return url.origin;
}

/** The portal that a name means: its address, or its host as one is logged on there. */
export function portalNamed(typed: string, { portals }: Profile): string {
  const known = Object.keys(portals).filter((address) => [address, new URL(address).host].includes(typed));
  return known.length === 1 && known[0] ? known[0] : portalAddress(typed);
}
