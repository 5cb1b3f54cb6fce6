import { type BuildingsExchange, type Somebody, startBuildingsExchange } from '../../cli/demo/buildings-exchange.tsx';
import { Secret } from '../../portal/secret.ts';
import type { ProviderSettings } from '../../portal/sign-in/settings.ts';

/** A real provider on this machine, and a portal's settings for it. The port is known before either is started. */

const CLIENT = { id: 'datestone', secret: 'of a test', providerId: 'exchange' };

export function startExchange(portal: string, port: number, people: readonly Somebody[]): Promise<BuildingsExchange> {
  return startBuildingsExchange({ port, people, client: { ...CLIENT, portal } });
}

const KINDS = { employee: 'branch', partner: 'partner', customer: 'end-user' } as const;

export function exchangeSettings(port: number): ProviderSettings {
  return {
    id: CLIENT.providerId,
    name: 'Buildings Exchange',
    issuer: `http://localhost:${port}`,
    clientId: CLIENT.id,
    clientSecret: new Secret(CLIENT.secret),
    scope: 'openid profile email',
    kind: { claim: 'role', values: new Map(Object.entries(KINDS)) },
  };
}

/** Somebody with an account there: a partner whose address is known to be theirs, if nothing else is said. */
export function somebody(sub: string, more: Partial<Somebody> = {}): Somebody {
  const usual = { name: `Name of ${sub}`, email: `${sub}@exchange.example`, verified: true, role: 'partner' };
  return { sub, ...usual, ...more };
}

/** The same for a portal that is a process: what the file says that DATESTONE_OIDC_PROVIDERS names. */
export function providersFile(port: number): string {
  const { id, name, issuer, clientId, scope } = exchangeSettings(port);
  const kind = Object.fromEntries(Object.entries(KINDS).map(([value, as]) => [as, [value]]));
  return JSON.stringify([
    { id, name, issuer, client_id: clientId, client_secret: CLIENT.secret, scope, kind: { claim: 'role', ...kind } },
  ]);
}
