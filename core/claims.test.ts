import { expect, test } from 'vitest';
import { decideProof, type WaitingClaim } from './claims.ts';

const SYSTEM = 'S'.repeat(60);
const claim = (registration: string, sequences: number[] = []): WaitingClaim => ({
  association: `a-${registration}`,
  registration,
  systemId: SYSTEM,
  sequences,
});
const said = (registration: string | undefined, sequence = 0) => ({ systemId: SYSTEM, registration, sequence });
const [one, other] = [claim('00000001', [1, 3]), claim('00000002', [2])];

test('a claim is proven by the number that the system shows, and ends the others', () => {
  expect(decideProof(said('00000002'), [one, other], undefined)).toEqual({
    outcome: 'proven',
    claim: other,
    beaten: [one],
  });
});

test('a claim is proven by any code that was issued for it and that the system accepted', () => {
  for (const sequence of [1, 3]) {
    expect(decideProof(said(undefined, sequence), [other, one], undefined)).toMatchObject({
      claim: one,
      beaten: [other],
    });
  }
});

test('the number that the system shows counts before the code: a record that it loaded names its registration', () => {
  expect(decideProof(said('00000001', 2), [one, other], undefined)).toMatchObject({ claim: one });
  expect(decideProof(said('00000009', 2), [one, other], undefined)).toEqual({ outcome: 'nothing-to-prove' });
});

test('nothing is proven by no word, by a code of nobody, by another system, or where the System ID is current', () => {
  const nothing = { outcome: 'nothing-to-prove' };
  expect(decideProof(said(undefined), [one, other], undefined)).toEqual(nothing);
  expect(decideProof(said(undefined, 4), [one, other], undefined)).toEqual(nothing);
  expect(decideProof({ ...said('00000001'), systemId: 'T'.repeat(60) }, [one], undefined)).toEqual(nothing);
  expect(decideProof(said('00000001'), [one], '00000009')).toEqual(nothing);
});
