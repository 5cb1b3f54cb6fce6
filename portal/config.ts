import { resolve } from 'node:path';
import { LOG_LEVELS, type LogLevel } from '../ui/log.ts';
import { ConfigError, Secret } from './secret.ts';
import { type ProviderSettings, readProviders } from './sign-in/settings.ts';

/** What the portal reads from its environment: once, here, and nowhere else. */
export interface Config {
  url: string;
  name: string;
  host: string;
  port: number;
  /** Where the embedded PostgreSQL keeps its files, if no DATABASE_URL is given, and where the bundle is written. */
  data: string;
  databaseUrl: Secret | undefined;
  bundleFile: string;
  smtpUrl: Secret | undefined;
  mailFrom: string;
  /** Later changes of a registration are gathered so long into one mail. */
  mailGatherSeconds: number;
  checkInSeconds: number;
  claimLimit: number;
  /** How long an integrator that leaves its seat stays. */
  resignationDays: number;
  /** How long it is kept what a mail said, after it was sent or given up. */
  keepMailsDays: number;
  /** How long a closed registration keeps contact data, warranty and what people wrote. */
  keepClosedDays: number;
  /** How many carried requests and log-ons one address may send. */
  requestsPerMinute: number;
  /** How many calls of the API an account may make. */
  apiCallsPerMinute: number;
  timeZone: string;
  logLevel: LogLevel;
  /** Where Prometheus asks, apart from the pages: only if it is said. */
  metrics: { host: string; port: number } | undefined;
  /** The OpenID Connect providers that people may log on with, in the order of the page. */
  providers: readonly ProviderSettings[];
}

type Environment = Record<string, string | undefined>;

export function readConfig(env: Environment): Config {
  const data = resolve(env.DATESTONE_DATA ?? 'data/portal');
  const port = wholeNumber(env, 'PORT', 8080, 0, 65535);
  const host = env.HOST ?? '127.0.0.1';
  const url = portalUrl(env.DATESTONE_PORTAL_URL ?? `http://localhost:${port}`);
  return {
    url,
    name: env.DATESTONE_PORTAL_NAME ?? 'Datestone Registration Portal',
    host,
    port,
    data,
    databaseUrl: secret(env.DATABASE_URL),
    bundleFile: resolve(env.DATESTONE_BUNDLE_FILE ?? `${data}/portal.bundle`),
    smtpUrl: secret(env.SMTP_URL),
    mailFrom: env.DATESTONE_MAIL_FROM ?? `Datestone <no-reply@${new URL(url).hostname}>`,
    mailGatherSeconds: wholeNumber(env, 'DATESTONE_MAIL_GATHER_SECONDS', 900, 0, 24 * 3600),
    checkInSeconds: wholeNumber(env, 'DATESTONE_CHECK_IN_SECONDS', 3600, 1, 7 * 24 * 3600),
    claimLimit: wholeNumber(env, 'DATESTONE_CLAIM_LIMIT', 50, 1, 100_000),
    resignationDays: wholeNumber(env, 'DATESTONE_RESIGNATION_DAYS', 30, 0, 366),
    keepMailsDays: wholeNumber(env, 'DATESTONE_KEEP_MAILS_DAYS', 90, 1, 36_500),
    keepClosedDays: wholeNumber(env, 'DATESTONE_KEEP_CLOSED_DAYS', 3650, 1, 36_500),
    requestsPerMinute: wholeNumber(env, 'DATESTONE_REQUESTS_PER_MINUTE', 60, 1, 1_000_000),
    apiCallsPerMinute: wholeNumber(env, 'DATESTONE_API_CALLS_PER_MINUTE', 600, 1, 1_000_000),
    timeZone: timeZone(env.DATESTONE_TIME_ZONE ?? 'UTC'),
    logLevel: oneOf(env, 'DATESTONE_LOG_LEVEL', LOG_LEVELS, 'info'),
    metrics: env.DATESTONE_METRICS_PORT
      ? {
          host: env.DATESTONE_METRICS_HOST ?? '127.0.0.1',
          port: wholeNumber(env, 'DATESTONE_METRICS_PORT', 0, 0, 65535),
        }
      : undefined,
    providers: env.DATESTONE_OIDC_PROVIDERS ? readProviders(resolve(env.DATESTONE_OIDC_PROVIDERS)) : [],
  };
}

/** Passwords and codes cross this address: on plain http they may not leave the machine. */
function portalUrl(text: string): string {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search || url.hash || url.username) {
    throw new ConfigError(`DATESTONE_PORTAL_URL must be an address like https://portal.example, but is "${text}".`);
  }
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol === 'http:' && !local) {
    throw new ConfigError(
      `DATESTONE_PORTAL_URL is ${text}. Over plain http anybody on the way could read passwords: use https, or localhost.`,
    );
  }
  return url.origin;
}

function wholeNumber(env: Environment, name: string, otherwise: number, least: number, most: number): number {
  const text = env[name];
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw new ConfigError(`${name} must be a whole number from ${least} to ${most}, but is "${text}".`);
  }
  return value;
}

function oneOf<T extends string>(env: Environment, name: string, values: readonly T[], otherwise: T): T {
  const text = env[name] ?? otherwise;
  const value = values.find((v) => v === text);
  if (!value) throw new ConfigError(`${name} must be one of ${values.join(', ')}, but is "${text}".`);
  return value;
}

function timeZone(name: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return name;
  } catch {
    throw new ConfigError(`DATESTONE_TIME_ZONE must be a zone like Europe/Copenhagen, but is "${name}".`);
  }
}

function secret(value: string | undefined): Secret | undefined {
  return value ? new Secret(value) : undefined;
}
