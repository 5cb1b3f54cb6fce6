import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Client } from '../../api/client.ts';
import { CONSENT_VERSION } from '../../core/consents.ts';
import { ANSWERS, answered, apiAs, problemOf, registerAs } from '../support/api.ts';
import { type ServedPortal, servePortal } from '../support/pages.ts';
import { requestOf, secretOf, testServer } from '../support/portal.ts';

/** Seats and consents by a program: what the pages do. */

let served: ServedPortal;
let lena: Client;
let anna: Client;
let marek: Client;
beforeAll(async () => {
  served = await servePortal({ claimLimit: 1000 });
  const { cast } = served;
  [lena, anna, marek] = await Promise.all([
    apiAs(served, cast.integrator),
    apiAs(served, cast.endUser),
    apiAs(served, cast.stranger),
  ]);
});
afterAll(() => served.close());

const registration = async () => registerAs(lena, await requestOf(served.portal, testServer()));

async function show(api: Client, number: string) {
  const { body, etag } = answered(await api.showRegistration({ params: { number } }), 200);
  return { ...body, etag: etag ?? '' };
}

test('somebody is invited when the system is registered, accepts, and confirms with what they agree to', async () => {
  const { portal, cast } = served;
  const document = await requestOf(portal, testServer());
  const { id } = answered(await lena.bringRequest({ body: { document, authorised: true } }), 201).body;
  const body = { request: id, answers: ANSWERS, invite: cast.endUser.email };
  const made = answered(await lena.register({ body }), 201).body;
  expect(made.invitation).toMatchObject({ seat: 'end-user', how: 'mail', address: cast.endUser.email });
  expect(made.actions).toMatchObject({ invite: 'yes', consent: 'not-for-your-seat' });

  const secret = await secretOf(portal, made.invitation?.id ?? '');
  const seen = answered(await anna.lookAtInvitation({ body: { secret } }), 200).body;
  expect(seen).toMatchObject({ site: made.site, organisation: cast.integrator.organisation, registration: null });
  expect(answered(await anna.acceptInvitation({ body: { secret } }), 200).body).toEqual({
    outcome: 'accepted',
    registration: made.number,
    seat: 'end-user',
  });
  expect(answered(await anna.acceptInvitation({ body: { secret } }), 200).body.outcome).toBe('already');

  const { version, items } = answered(await anna.showConsentTexts(), 200).body;
  expect(items.map(({ kind, text }) => [kind, text.length])).toEqual([
    ['system', 6],
    ['personal', 6],
  ]);
  const { etag: ifMatch } = await show(anna, made.number);
  const consents = { kinds: ['personal' as const], version };
  answered(await anna.confirm({ body: { registration: made.number, consents }, ifMatch }), 200);
  const now = await show(anna, made.number);
  expect([now.state, now.invitation, now.consents]).toEqual([
    'confirmed',
    null,
    [{ kind: 'personal', given: true, version: CONSENT_VERSION, at: expect.any(String) }],
  ]);
});

test('a printed invitation has a code, which is answered once and replaced by the next', async () => {
  const { number } = await registration();
  const first = answered(await lena.invite({ body: { registration: number } }), 201).body;
  const second = answered(await lena.invite({ body: { registration: number } }), 201).body;
  expect(first.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{20}$/);
  const look = (secret: string | null) => anna.lookAtInvitation({ body: { secret: secret ?? '-' } });
  expect(problemOf(await look(first.code)).code).toBe('invitation-ended');
  answered(await look(second.code), 200);
  expect(JSON.stringify(await show(lena, number))).not.toContain(second.code);
  const withdrawal = { body: { registration: number, invitation: second.id } };
  expect(answered(await lena.withdrawInvitation(withdrawal), 200).body.outcome).toBe('withdrawn');
  expect(problemOf(await look(second.code)).code).toBe('invitation-ended');
});

test('a stranger is told the same of a registration that exists and of one that does not', async () => {
  const { number } = await registration();
  for (const registration of [number, '00000000']) {
    const body = { registration, address: 'x@example.com' };
    expect(problemOf(await marek.invite({ body })).code).toBe('not-among-yours');
    const consent = { registration, kind: 'system' as const, given: false, version: CONSENT_VERSION };
    expect(problemOf(await marek.changeConsent({ body: consent })).code).toBe('not-among-yours');
  }
});

test('what cannot be done says why', async () => {
  const { number } = await registration();
  const own = { registration: number, address: served.cast.integrator.email };
  expect(problemOf(await lena.invite({ body: own })).code).toBe('not-both-seats');
  const wrong = problemOf(await lena.invite({ body: { registration: number, address: 'a@b.example, c@d.example' } }));
  expect(wrong).toMatchObject({ code: 'not-as-described', errors: [{ pointer: '/address' }] });
  const { code } = answered(await lena.invite({ body: { registration: number } }), 201).body;
  expect(problemOf(await lena.acceptInvitation({ body: { secret: code ?? '' } })).code).toBe('not-both-seats');
  answered(await anna.refuseInvitation({ body: { secret: code ?? '' } }), 204);
  expect(problemOf(await anna.acceptInvitation({ body: { secret: code ?? '' } })).code).toBe('invitation-ended');
  const consent = { registration: number, kind: 'system' as const, given: true, version: CONSENT_VERSION };
  expect(problemOf(await lena.changeConsent({ body: consent })).code).toBe('not-for-your-seat');
});
