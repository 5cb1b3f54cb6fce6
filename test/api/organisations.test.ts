import { afterAll, beforeAll, expect, test } from 'vitest';
import { answered, apiAs, problemOf, registerAs } from '../support/api.ts';
import { type ServedPortal, servePortal } from '../support/pages.ts';
import { colleagueSecretOf, requestOf, testServer } from '../support/portal.ts';

/** Organisations by a program: what the pages do, but for what needs a person who shows who they are. */

let served: ServedPortal;
beforeAll(async () => {
  served = await servePortal();
});
afterAll(() => served.close());

test('an organisation is made, a colleague joins and acts, and leaves', async () => {
  const { portal, cast } = served;
  const [lena, marek] = [await apiAs(served, cast.integrator), await apiAs(served, cast.stranger)];
  expect(problemOf(await lena.showOrganisation())).toMatchObject({ code: 'no-organisation' });
  const { number } = await registerAs(lena, await requestOf(portal, testServer()));
  const made = answered(await lena.makeOrganisation({ body: { name: 'Works', bring: true } }), 201).body;
  expect(made).toMatchObject({ name: 'Works', role: 'administrator', registrations: 1, invitations: [] });
  const again = await lena.makeOrganisation({ body: { name: 'Works', bring: true } });
  expect(problemOf(again)).toMatchObject({ code: 'already-member' });

  const address = cast.stranger.email;
  expect(answered(await lena.inviteColleague({ body: { address } }), 200).body).toEqual({ outcome: 'invited' });
  expect(answered(await lena.inviteColleague({ body: { address } }), 200).body).toEqual({ outcome: 'already' });
  const secret = await colleagueSecretOf(portal, address);
  const looked = answered(await marek.lookAtColleagueInvitation({ body: { secret } }), 200).body;
  expect(looked).toMatchObject({ organisation: 'Works', by: 'Lena Brandt', alone: 0, member: false });
  const joined = answered(await marek.acceptColleagueInvitation({ body: { secret, bring: false } }), 200).body;
  expect(joined.members.map(({ name, role }) => [name, role])).toEqual([
    ['Lena Brandt', 'administrator'],
    ['Marek Novak', 'member'],
  ]);
  expect(answered(await marek.showRegistration({ params: { number } }), 200).body.number).toBe(number);
  expect(problemOf(await marek.inviteColleague({ body: { address: 'x@y.example' } }))).toMatchObject({
    code: 'not-organisation-administrator',
  });

  expect(answered(await marek.showAccount(), 200).body.shared).toBe(false);
  expect(answered(await marek.editAccount({ body: { shared: true } }), 200).body.shared).toBe(true);
  expect(problemOf(await marek.leaveOrganisation({ body: { ends: true } }))).toMatchObject({ code: 'stale-etag' });
  const left = answered(await marek.leaveOrganisation({ body: { ends: false } }), 200).body;
  expect(left).toEqual({ ended: false, kept: 0 });
  expect(problemOf(await marek.showRegistration({ params: { number } }))).toMatchObject({
    code: 'not-among-yours',
  });
});
