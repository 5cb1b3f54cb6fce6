import { randomBytes } from 'node:crypto';
import { CAST } from '../../portal/seed.ts';
import type { Somebody } from './buildings-exchange.tsx';

/** Who has an account at the demonstration's *Buildings Exchange*: the two of the cast, and two who come for the first time. */
export const PEOPLE: readonly Somebody[] = [
  { sub: 'lena', ...nameOf(CAST.integrator), verified: true, role: 'partner' },
  { sub: 'anna', ...nameOf(CAST.endUser), verified: true, role: 'customer' },
  { sub: 'mette', name: 'Mette Lund', email: 'mette@exchange.example', verified: true, role: 'employee' },
  { sub: 'tom', name: 'Tom Weber', email: 'tom@weber-plumbing.example', verified: false, role: undefined },
];

/** By these accounts of the cast one can also log on through the provider. */
export const LINKED = { integrator: 'lena', endUser: 'anna' } as const;

/** The portal as a client of the provider, and the provider as the portal is told of it. */
export function introduce(portal: string, issuer: string) {
  const [id, secret] = ['buildings-exchange', randomBytes(24).toString('base64url')];
  return {
    client: { id: 'datestone', secret, portal, providerId: id },
    provider: {
      id,
      name: 'Buildings Exchange',
      issuer,
      client_id: 'datestone',
      client_secret: secret,
      kind: { claim: 'role', branch: ['employee'], partner: ['partner'], 'end-user': ['customer'] },
    },
  };
}

function nameOf({ name, email }: { name: string; email: string }) {
  return { name, email };
}
