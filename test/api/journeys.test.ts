import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Client, items } from '../../api/client.ts';
import { fromBase64url } from '../../core/bytes.ts';
import { verifyChain } from '../../core/history.ts';
import { takeSeat } from '../../portal/operations/take-seat.ts';
import { ANSWERS, answered, apiAs, problemOf, registerAs } from '../support/api.ts';
import { type ServedPortal, servePortal } from '../support/pages.ts';
import { rebuilt, requestOf, type TestServer, testServer } from '../support/portal.ts';
import { type ServedCluster, serveCluster } from '../support/served-cluster.ts';

/** What the pages do, done by a program: the typed client against a real portal. */

let served: Pick<ServedPortal, 'url' | 'portal' | 'cast' | 'close'>;
let cluster: ServedCluster['cluster'] | undefined;
let integrator: Client;
let endUser: Client;
let stranger: Client;

async function bring(api: Client, server: TestServer) {
  const document = await requestOf(served.portal, server);
  return answered(await api.bringRequest({ body: { document, authorised: true } }), 201).body;
}

/** A registration of a new server by the integrator, and the end user in its seat. */
async function registration(server = testServer()) {
  const made = await registerAs(integrator, await requestOf(served.portal, server));
  await takeSeat(served.portal, served.cast.endUser, made.number);
  return made;
}

const show = async (api: Client, number: string) => answered(await api.showRegistration({ params: { number } }), 200);

async function associateAgain(server: TestServer, number: string) {
  const request = await bring(integrator, rebuilt(server));
  const seen = (await show(integrator, number)).body.current?.association;
  return answered(await integrator.associate({ body: { request: request.id, registration: number, seen } }), 201).body;
}

/** Every journey meets the death of one of the two. */
const PORTALS = [
  { how: 'one portal', serve: () => servePortal({ claimLimit: 1000 }) },
  { how: 'two portal processes behind one address, one of them killed on the way', serve: serveCluster },
];

describe.each(PORTALS)('$how:', ({ serve }) => {
  beforeAll(async () => {
    const portals: typeof served & { cluster?: typeof cluster } = await serve();
    served = portals;
    cluster = portals.cluster;
    await cluster?.start();
    integrator = await apiAs(served, served.cast.integrator);
    endUser = await apiAs(served, served.cast.endUser);
    stranger = await apiAs(served, served.cast.stranger);
  });
  afterAll(async () => {
    if (cluster) expect(cluster.killed).toBeGreaterThan(10);
    await served.close();
  });
  beforeEach(() => cluster?.killAfter(3));

  test('an association is undone, and the former System ID is current again', async () => {
    const server = testServer();
    const { number } = await registration(server);
    const made = await associateAgain(server, number);
    const undo = { body: { registration: number, association: made.id } };
    expect(answered(await integrator.undo(undo), 200).body).toEqual({ outcome: 'undone', registration: number });
    expect(answered(await integrator.undo(undo), 200).body.outcome).toBe('already');
    expect((await show(integrator, number)).body.current?.system_id).toBe(server.keys.systemId);
    const after = answered(await integrator.showAssociation({ params: { id: made.id } }), 200).body;
    expect(after).toMatchObject({ state: 'undone', undo: { allowed: 'undo-not-latest' } });
  });

  test('a System ID that went to the wrong registration is offered to be moved, and is moved', async () => {
    const server = testServer();
    const wrong = await registration(testServer('OTHER'));
    const right = await registration(server);
    const request = await bring(integrator, rebuilt(server));
    const seenWrong = wrong.current?.association;
    const body = {
      request: request.id,
      registration: wrong.number,
      seen: seenWrong,
      reason: 'server-replaced' as const,
    };
    const made = answered(await integrator.associate({ body }), 201).body;

    const seen = right.current?.association;
    const chosen = { request: request.id, registration: right.number, seen };
    const offered = problemOf(await integrator.associate({ body: chosen }));
    expect(offered).toMatchObject({ code: 'move-offered', from: { registration: wrong.number, association: made.id } });
    const from = { registration: wrong.number, association: made.id };
    const moved = answered(await integrator.move({ body: { ...chosen, from } }), 201).body;
    expect(moved).toMatchObject({ registration: right.number, state: 'current', system_id: request.system_id });
    expect((await show(integrator, wrong.number)).body.current?.association).toBe(seenWrong);
  });

  test('what was registered as new by mistake is merged into the registration that existed', async () => {
    const server = testServer();
    const kept = await registration(server);
    const fresh = await registerAs(integrator, await requestOf(served.portal, rebuilt(server)));
    const merge = { body: { fresh: fresh.number, kept: kept.number } };
    const merged = answered(await integrator.merge(merge), 201).body;
    expect(merged).toMatchObject({ registration: kept.number, system_id: fresh.current?.system_id, state: 'current' });
    expect(answered(await integrator.merge(merge), 200).body.id).toBe(merged.id);
    const led = (await show(integrator, fresh.number)).body;
    expect(led).toMatchObject({
      state: 'merged',
      merged_into: kept.number,
      actions: { edit_details: 'registration-closed' },
    });
  });

  test('the end user confirms what it saw; then the integrator edits the warranty only', async () => {
    const { number } = await registration();
    const seen = await show(endUser, number);
    const changed = await integrator.edit({
      params: { number },
      ifMatch: seen.etag ?? '',
      body: { installation: { ...ANSWERS.installation, city: 'Odense' } },
    });
    expect(answered(changed, 200).body.answers.installation?.city).toBe('Odense');

    const stale = await endUser.confirm({ ifMatch: seen.etag ?? '', body: { registration: number } });
    expect(problemOf(stale)).toMatchObject({ code: 'stale-etag', status: 412 });
    const now = await show(endUser, number);
    const confirmed = await endUser.confirm({ ifMatch: now.etag ?? '', body: { registration: number } });
    expect(answered(confirmed, 200).body.outcome).toBe('confirmed');

    const { etag = '' } = await show(integrator, number);
    const edit = (body: Parameters<Client['edit']>[0]['body']) =>
      integrator.edit({ params: { number }, ifMatch: etag, body });
    expect(problemOf(await edit({ installation: ANSWERS.installation })).code).toBe('edit-locked');
    const warranty = { start: '2026-01-01', end: '2028-01-01' };
    expect(answered(await edit({ warranty }), 200).body.answers.warranty).toEqual(warranty);
    expect(problemOf(await edit({ warranty: { ...warranty, project: 'P-1' } })).code).toBe('stale-etag');
  });

  test('a registration is closed by its end user once it was confirmed, and by nobody twice', async () => {
    const { number } = await registration();
    const { etag = '' } = await show(endUser, number);
    answered(await endUser.confirm({ ifMatch: etag, body: { registration: number } }), 200);
    expect(problemOf(await integrator.close({ body: { registration: number } })).code).toBe('not-for-your-seat');
    expect(answered(await endUser.close({ body: { registration: number } }), 200).body.outcome).toBe('closed');
    expect(answered(await endUser.close({ body: { registration: number } }), 200).body.outcome).toBe('already');
    expect(await show(endUser, number)).toMatchObject({ body: { state: 'closed', current: null } });
  });

  test('a conflict is seen and settled', async () => {
    const server = testServer();
    const { number } = await registration(server);
    await associateAgain(server, number);
    // The retired System ID speaks again: an old backup was restored.
    await bring(integrator, server);
    const [conflict] = (await show(endUser, number)).body.conflicts;
    expect(conflict?.kind).toBe('retired-speaks');
    const settle = { body: { registration: number, conflict: conflict?.id ?? '' } };
    expect(answered(await endUser.settleConflict(settle), 200).body.outcome).toBe('settled');
    expect((await show(endUser, number)).body.conflicts).toEqual([]);
  });

  test('a stranger with the System ID is told one thing, and may ask for a seat without learning anything', async () => {
    const server = testServer();
    await registration(server);
    const typed = { system_id: server.keys.systemId, authorised: true as const };
    const request = answered(await stranger.bringRequest({ body: typed }), 201).body;
    expect(request).toMatchObject({
      standing: 'another-account',
      registration: null,
      installation_of: null,
      server: null,
    });
    const refused = problemOf(await stranger.register({ body: { request: request.id, answers: ANSWERS } }));
    expect(Object.keys(refused).sort()).toEqual(['code', 'detail', 'status', 'title', 'type']);
    expect(refused.code).toBe('system-id-registered-to-other');
    const asked = answered(await stranger.askForSeat({ body: { request: request.id, what: 'seat' } }), 202).body;
    const unknown = { system_id: testServer().keys.systemId, authorised: true as const };
    const other = answered(await stranger.bringRequest({ body: unknown }), 201).body;
    expect(answered(await stranger.askForSeat({ body: { request: other.id, what: 'seat' } }), 202).body).toEqual(asked);
  });

  test('a request is cancelled, and then it is one that we no longer hold', async () => {
    const request = await bring(integrator, testServer());
    answered(await integrator.cancelRequest({ params: { id: request.id } }), 204);
    expect(problemOf(await integrator.showRequest({ params: { id: request.id } })).code).toBe('request-expired');
  });

  test('a draft is kept as it is, listed, replaced and discarded', async () => {
    const request = await bring(integrator, testServer());
    const params = { subject: request.system_id };
    const half = { installation: { site_name: 'Half a House', country: 'nowhere' } };
    expect(answered(await integrator.saveDraft({ params, body: half }), 200).body.answers.installation).toEqual({
      site_name: 'Half a House',
      country: 'NOWHERE',
    });
    answered(await integrator.saveDraft({ params, body: { site_administrator: { name: 'Ida' } } }), 200);
    const kept = answered(await integrator.showDraft({ params }), 200).body;
    expect(kept.answers).toEqual({ site_administrator: { name: 'Ida' } });
    const listed = answered(await integrator.listDrafts(), 200).body.items;
    expect(listed).toContainEqual(expect.objectContaining({ system_id: request.system_id, request: request.id }));
    expect(problemOf(await stranger.showDraft({ params })).code).toBe('not-found');
    answered(await integrator.discardDraft({ params }), 204);
    expect(problemOf(await integrator.showDraft({ params })).code).toBe('not-found');
  });

  test('the history is read page by page to its end, and its chain verifies', async () => {
    const server = testServer();
    const { number } = await registration(server);
    await associateAgain(server, number);
    const entries = [];
    for await (const entry of items(integrator, 'listHistory', { params: { number }, query: { limit: 1 } })) {
      entries.unshift(entry);
    }
    expect(entries.map((entry) => entry.act)).toEqual(['registered', 'seat-taken', 'associated']);
    const chain = entries.map(({ entry, hash }) => ({
      canonical: entry,
      hash: fromBase64url(hash) ?? new Uint8Array(),
    }));
    expect(verifyChain(chain)).toMatchObject({ outcome: 'intact', n: 3 });
  });

  test('a reason is asked for while the old System ID is alive and nothing proves continuity', async () => {
    const { number, current } = await registration();
    const request = await bring(integrator, testServer());
    const body = { request: request.id, registration: number, seen: current?.association };
    expect(problemOf(await integrator.associate({ body }))).toMatchObject({ code: 'reason-needed', status: 409 });
    const reason = { reason: 'other', reason_text: 'The board was struck by lightning.' } as const;
    expect(answered(await integrator.associate({ body: { ...body, ...reason } }), 201).body.state).toBe('current');
  });

  test('who has not seen the present association is told who was first', async () => {
    const server = testServer();
    const { number, current } = await registration(server);
    await associateAgain(server, number);
    const request = await bring(integrator, testServer());
    const body = { request: request.id, registration: number, seen: current?.association, reason: 'other' as const };
    const late = problemOf(await integrator.associate({ body: { ...body, reason_text: 'again' } }));
    expect(late).toMatchObject({ code: 'lost-race', site: 'Hospital North, Building A' });
  });

  test('the choices of the form have names', async () => {
    const { form, countries } = answered(await stranger.showCatalogue(), 200).body;
    expect(form.installation.find((field) => field.name === 'segments')?.options).toContainEqual({
      code: 'data-centre',
      name: 'Data centre',
    });
    expect(countries).toContainEqual({ code: 'DK', name: 'Denmark' });
  });
});
