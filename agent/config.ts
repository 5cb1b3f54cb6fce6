// The environment, read once. What is missing or contradicts itself is refused in words, all of it at once.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CATALOGUE } from '../core/catalogue.ts';
import { type Bundle, openBundle } from '../core/documents/bundle.ts';
import { acceptableReturnTo, type Server } from '../core/documents/request.ts';
import { LOG_LEVELS, type LogLevel } from '../ui/log.ts';
import { machineIdentifiers } from './machine.ts';

export interface Config {
  dataFolder: string;
  bundle: Bundle;
  server: Server;
  /** Where browsers reach the agent. Without it, wherever the browser at hand says that it did. */
  url: string | undefined;
  host: string;
  port: number;
  /** For the first administrator of a new database. Without it one is made and left in the data folder. */
  adminPassword: string | undefined;
  machine: string[];
  timeZone: string;
  logLevel: LogLevel;
  now: () => Date;
}

/** The message has one sentence for each thing to mend. */
export class ConfigError extends Error {}

type Environment = Record<string, string | undefined>;

export async function readConfig(environment: Environment): Promise<Config> {
  const wrong: string[] = [];
  const refuse = (sentence: string) => {
    wrong.push(sentence);
    return undefined;
  };
  const required = (name: string, meaning: string) =>
    environment[name]?.trim() || refuse(`${name} is missing: ${meaning}.`);

  const dataFolder = required('DATESTONE_AGENT_DATA', 'the folder for the database of this server');
  const bundleFile = required(
    'DATESTONE_BUNDLE_FILE',
    'the file with the bundle of the portal that this server trusts',
  );
  const server = {
    name: required('DATESTONE_SERVER_NAME', 'the name of this server'),
    kind: required('DATESTONE_SERVER_KIND', `one of ${Object.keys(CATALOGUE.kinds).join(', ')}`),
    product: required('DATESTONE_SERVER_PRODUCT', 'the product that runs on this server'),
    version: required('DATESTONE_SERVER_VERSION', 'its version, as 7.0.2.348'),
  };
  if (server.kind && !CATALOGUE.kinds[server.kind]) {
    refuse(`DATESTONE_SERVER_KIND is ${server.kind}, not one of ${Object.keys(CATALOGUE.kinds).join(', ')}.`);
  }
  for (const [part, value] of Object.entries(server)) {
    if (value && value.length > 200) refuse(`DATESTONE_SERVER_${part.toUpperCase()} has more than 200 characters.`);
  }
  const url = environment.DATESTONE_AGENT_URL?.replace(/\/$/, '') || undefined;
  if (url && !acceptableReturnTo(`${url}/registration/back`)) {
    refuse(`DATESTONE_AGENT_URL is ${url}: it must be http:// or https:// with a host and nothing behind it.`);
  }
  const port = Number(environment.PORT ?? 4080);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) refuse(`PORT is ${environment.PORT}, not a port.`);
  const adminPassword = environment.DATESTONE_ADMIN_PASSWORD || undefined;
  if (adminPassword && adminPassword.length < 8) refuse('DATESTONE_ADMIN_PASSWORD has fewer than 8 characters.');
  const levelText = environment.DATESTONE_LOG_LEVEL ?? 'warn';
  const logLevel = LOG_LEVELS.find((level) => level === levelText);
  if (!logLevel) refuse(`DATESTONE_LOG_LEVEL is ${levelText}, not one of ${LOG_LEVELS.join(', ')}.`);
  const bundle = bundleFile ? await readBundle(bundleFile, refuse) : undefined;

  const { name, kind, product, version } = server;
  if (wrong.length > 0 || !dataFolder || !bundle || !name || !kind || !product || !version || !logLevel) {
    throw new ConfigError(wrong.join('\n'));
  }
  return {
    dataFolder: resolve(dataFolder),
    bundle,
    server: { name, kind, product, version },
    url,
    host: environment.HOST ?? '127.0.0.1',
    port,
    adminPassword,
    machine: machineIdentifiers(),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    logLevel,
    now: () => new Date(),
  };
}

async function readBundle(file: string, refuse: (sentence: string) => undefined): Promise<Bundle | undefined> {
  let document: string;
  try {
    document = readFileSync(file, 'utf8');
  } catch {
    return refuse(
      `DATESTONE_BUNDLE_FILE names ${file}, which cannot be read. The portal serves its bundle at /bundle.`,
    );
  }
  const reading = await openBundle(document);
  if (reading.outcome === 'genuine') return reading.bundle;
  return refuse(`DATESTONE_BUNDLE_FILE names ${file}, which is not the bundle of a portal (${reading.code}).`);
}
