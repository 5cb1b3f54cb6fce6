import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Account } from '../portal.ts';
import { ConfigError, Secret } from '../secret.ts';

/** An OpenID Connect provider, as the file that `DATESTONE_OIDC_PROVIDERS` names describes it. */
export interface ProviderSettings {
  /** Stands in the addresses of the portal: a provider has to know them, so it never changes. */
  id: string;
  /** "Log on with {name}". */
  name: string;
  issuer: string;
  clientId: string;
  /** None: a public client, which proves itself by PKCE alone. */
  clientSecret: Secret | undefined;
  scope: string;
  /** Which claim says what kind of account somebody has, and by which values; none: the person is asked. */
  kind: { claim: string; values: ReadonlyMap<string, Account['kind']> } | undefined;
}

const text = z.string().trim().min(1).max(500);
const kindValues = z.array(text).min(1).optional();

const File = z.array(
  z.strictObject({
    id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be small letters, digits and single hyphens'),
    name: text,
    issuer: z.string().refine(isIssuer, 'must be an address of https, or of http on localhost'),
    client_id: text,
    client_secret: text.optional(),
    scope: text.default('openid profile email'),
    kind: z
      .strictObject({ claim: text, branch: kindValues, partner: kindValues, 'end-user': kindValues })
      .refine((kind) => kind.branch || kind.partner || kind['end-user'], 'names a claim, but no value of it')
      .optional(),
  }),
);
type InFile = z.infer<typeof File>[number];

export function readProviders(path: string): ProviderSettings[] {
  const read = File.safeParse(contentOf(path));
  if (!read.success) {
    const [issue] = read.error.issues;
    const where = issue?.path.length ? ` at ${issue.path.join('.')}` : '';
    throw wrong(path, `is not a list of providers${where}: ${issue?.message}`);
  }
  const providers = read.data;
  for (const member of ['id', 'issuer'] as const) {
    const twice = providers.find((one, i) => providers.findIndex((other) => other[member] === one[member]) < i);
    if (twice) throw wrong(path, `has two providers with the ${member} "${twice[member]}"`);
  }
  return providers.map((provider) => settingsOf(path, provider));
}

function settingsOf(path: string, { client_id, client_secret, kind, ...same }: InFile): ProviderSettings {
  if (!same.scope.split(' ').includes('openid')) {
    throw wrong(path, `gives "${same.id}" a scope without openid, which OpenID Connect needs`);
  }
  const values = new Map<string, Account['kind']>();
  for (const as of ['branch', 'partner', 'end-user'] as const) {
    for (const value of kind?.[as] ?? []) {
      if (values.has(value)) throw wrong(path, `makes "${value}" of "${same.id}" two kinds of account`);
      values.set(value, as);
    }
  }
  return {
    ...same,
    clientId: client_id,
    clientSecret: client_secret === undefined ? undefined : new Secret(client_secret),
    kind: kind && { claim: kind.claim, values },
  };
}

function contentOf(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const why = error instanceof SyntaxError ? 'is not JSON' : `cannot be read (${(error as Error).message})`;
    throw wrong(path, why);
  }
}

/** Tokens and passwords cross this address: on plain http they may not leave the machine. */
function isIssuer(issuer: string): boolean {
  const url = URL.parse(issuer);
  if (!url || url.search || url.hash || url.username) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && ['localhost', '127.0.0.1'].includes(url.hostname));
}

/** What is in the file is never quoted whole: it holds secrets. */
function wrong(path: string, what: string): ConfigError {
  return new ConfigError(`DATESTONE_OIDC_PROVIDERS: ${path} ${what}.`);
}
