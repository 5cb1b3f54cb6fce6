// What tells this machine from a copy of its disk. Kept as keyed hashes: machine-id(5) asks programs never to pass the
// identifier itself on, and a backup of the database carries these.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { toBase64url, utf8 } from '../core/bytes.ts';
import { hmacSha256 } from '../core/crypto.ts';

/**
 * `machine-id:…` and `mac:…`, as far as the machine has them. The machine id alone would not do: a cloned virtual
 * machine keeps it, while its hypervisor gives it other network addresses. The addresses alone would not do either:
 * adapters are replaced.
 */
export function machineIdentifiers(): string[] {
  const named = (kind: string, values: string[]) => values.map((value) => `${kind}:${hashed(value)}`);
  return [...named('machine-id', machineId()), ...named('mac', adapterAddresses())].sort();
}

/**
 * Whether two lists can be of one machine: of every kind that both have, at least one is in common. Where one has none
 * of a kind (a container, an adapter driver that has not loaded), that kind says nothing.
 */
export function sameMachine(one: readonly string[], other: readonly string[]): boolean {
  return ['machine-id:', 'mac:'].every((kind) => {
    const ofOne = one.filter((identifier) => identifier.startsWith(kind));
    const ofOther = other.filter((identifier) => identifier.startsWith(kind));
    if (ofOne.length === 0 || ofOther.length === 0) return true;
    return ofOne.some((identifier) => ofOther.includes(identifier));
  });
}

function machineId(): string[] {
  const text = readText('/etc/machine-id');
  return text && /^[0-9a-f]{32}$/.test(text) ? [text] : [];
}

/** Of adapters that are hardware to this machine. Bridges, tunnels and containers' ends are new at every start. */
function adapterAddresses(): string[] {
  const folder = '/sys/class/net';
  if (existsSync(folder)) {
    return readdirSync(folder)
      .filter((name) => existsSync(`${folder}/${name}/device`))
      .flatMap((name) => readText(`${folder}/${name}/address`) ?? []);
  }
  const addresses = Object.values(networkInterfaces()).flatMap((all = []) => all.filter((one) => !one.internal));
  // Elsewhere nothing marks hardware, but an address given by software has the second bit of its first byte set.
  return [...new Set(addresses.map(({ mac }) => mac))].filter((mac) => !(Number.parseInt(mac.slice(0, 2), 16) & 2));
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
}

function hashed(value: string): string {
  return toBase64url(hmacSha256(utf8('datestone machine v1'), utf8(value))).slice(0, 22);
}
