import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { decideCode } from '../core/code-at-site.ts';
import { verifyChain } from '../core/history.ts';
import { contentOf, type RegistrationCode } from '../core/registration-code.ts';
import { acceptInvitation } from '../portal/operations/answer-invitation.ts';
import { close, confirm } from '../portal/operations/confirm.ts';
import { confirmWithCode } from '../portal/operations/confirm-with-code.ts';
import { edit } from '../portal/operations/edit.ts';
import { endIntegrator, leaveSeats, resign } from '../portal/operations/end-seat.ts';
import { handOutCode } from '../portal/operations/hand-out-code.ts';
import { invite } from '../portal/operations/invite.ts';
import { merge } from '../portal/operations/merge.ts';
import { move } from '../portal/operations/move.ts';
import { register } from '../portal/operations/register.ts';
import { takeRequest } from '../portal/operations/take-request.ts';
import { undo } from '../portal/operations/undo.ts';
import type { Account } from '../portal/portal.ts';
import { answersOf } from '../portal/seed.ts';
import { sql } from '../portal/store/sql.ts';
import {
  asFile,
  carried,
  currentAssociation,
  press,
  registered,
  requestOf,
  shownFor,
  type TestPortal,
  type TestServer,
  testPortal,
  testServer,
  typed,
} from './support/portal.ts';
import { type TestDatabase, testDatabase } from './support/postgres.ts';

/**
 * Random histories of a portal with several sites, played against the real operations on a real database. A small model
 * knows what must be true afterwards; after every step the invariants of docs/behaviour.md are looked up in the database
 * itself. What is refused must have changed nothing.
 */

vi.setConfig({ testTimeout: 3_600_000 });

/** `MODEL_RUNS=1000` plays that many histories of its own; without it the same 25 are played, so that a red run is found again. */
const RUNS = process.env['MODEL_RUNS'];

let database: TestDatabase;
let portal: TestPortal;
beforeAll(async () => {
  database = await testDatabase();
  portal = await testPortal(database.db);
  portal.settings.claimLimit = 1000;
});
afterAll(() => database.drop());

const PEOPLE = { integrator: 'partner', endUser: 'end-user', stranger: 'partner' } as const;
type Person = keyof typeof PEOPLE;
const SYSTEMS = 5;
const SITES = 4;

interface World {
  people: Record<Person, Account>;
  servers: TestServer[];
  /** The numbers of the registrations, in the order in which they were made. */
  sites: string[];
  /** How the System IDs of a registration stood before each of its associations: what undoing the latest brings back. */
  before: Map<string, Standing[]>;
  /** The code that each server accepted last, by System ID. */
  accepted: Map<string, RegistrationCode>;
}

interface Step {
  name: string;
  person: Person;
  system: number;
  site: number;
  other: number;
  proven: boolean;
  /** Of what proves nothing: brought in a file, rather than typed. */
  file: boolean;
}

const steps = fc.array(
  fc.record<Step>({
    name: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom('register', 'associate', 'associate', 'speak') },
      { weight: 6, arbitrary: fc.constantFrom('undo', 'move', 'move', 'merge') },
      { weight: 6, arbitrary: fc.constantFrom('code', 'code', 'confirm-code', 'say-code') },
      { weight: 3, arbitrary: fc.constantFrom('seat', 'confirm', 'edit', 'edit-warranty', 'wait') },
      { weight: 3, arbitrary: fc.constantFrom('hand-over', 'hand-over', 'end', 'resign') },
      { weight: 1, arbitrary: fc.constant('close') },
    ),
    person: fc.constantFrom('integrator', 'integrator', 'endUser', 'stranger'),
    system: fc.nat(SYSTEMS - 1),
    site: fc.nat(SITES - 1),
    other: fc.nat(SITES - 1),
    proven: fc.boolean(),
    file: fc.boolean(),
  }),
  { minLength: 20, maxLength: 60, size: 'max' },
);

test('no history of registrations, claims, associations, undoing, moving and merging breaks an invariant', async () => {
  const outcomes = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(steps, async (history) => {
      const world = await newWorld();
      for (const step of history) {
        // What is brought is heard, and may open a conflict, whatever is done with it afterwards.
        const request = await bring(world, step);
        const before = await everything(world);
        const outcome = await take(world, step, request, before);
        const what = `${step.name}: ${outcome}`;
        outcomes.set(what, (outcomes.get(what) ?? 0) + 1);
        const after = await everything(world);
        if (outcome === 'refused' || outcome === 'already') expect(after, what).toEqual(before);
        invariantsHold(after);
        await numbersAreGivenOnce(world);
        doneByWhoMay(world, step, outcome, before);
        changedByEntries(world, before, after);
        systemIdsMoved(world, step, outcome, before, after);
      }
    }),
    RUNS ? { numRuns: Number(RUNS) } : { numRuns: 25, seed: 20261124, endOnFailure: true },
  );
  const counts = [...outcomes].map(([what, n]) => `${what} ${n}`).toSorted((a, b) => a.localeCompare(b));
  process.stdout.write(`${counts.join(', ')}\n`);
  // A history in which nothing ever succeeds would hold every invariant.
  expect([...outcomes.keys()]).toEqual(expect.arrayContaining(EVERYTHING_THAT_SUCCEEDS));
});

const ANSWERS = answersOf({
  name: 'A site',
  company: 'A company',
  address: 'A street',
  city: 'Aarhus',
  country: 'DK',
  segment: 'healthcare',
});

const EVERYTHING_THAT_SUCCEEDS = [
  ...['register: registered', 'register: claimed', 'associate: associated', 'associate: claimed', 'speak: proven'],
  ...['code: handed-out', 'confirm-code: confirmed', 'say-code: proven'],
  ...['undo: undone', 'undo: withdrawn', 'move: associated', 'merge: merged'],
  ...['confirm: confirmed', 'edit: edited', 'edit-warranty: edited', 'close: closed'],
  ...['hand-over: handed-over', 'end: ended', 'resign: left'],
];

async function newWorld(): Promise<World> {
  const people: Partial<World['people']> = {};
  for (const [person, kind] of Object.entries(PEOPLE)) {
    const id = randomUUID();
    const account = { id, email: `${person}-${id}@people.example`, name: person, organisation: person, kind };
    await portal.db.rows(sql`
      insert into account (id, email, name, organisation, kind, password_hash, email_verified_at, created_at)
      values (${id}, ${account.email}, ${person}, ${person}, ${kind}, 'none', ${portal.now()}, ${portal.now()})`);
    people[person as Person] = account;
  }
  const servers = Array.from({ length: SYSTEMS }, (_, i) => testServer(`SERVER-${i}`));
  const world: World = {
    people: people as World['people'],
    servers,
    sites: [],
    before: new Map(),
    accepted: new Map(),
  };
  const { integrator, endUser } = world.people;
  for (const server of servers.slice(0, 2)) {
    world.sites.push(await registered(portal, integrator, server, { endUser }));
  }
  return world;
}

/** One of the servers at which a code was entered. */
function entered(world: World, step: Step): TestServer | undefined {
  const servers = world.servers.filter(({ keys }) => world.accepted.has(keys.systemId));
  return servers[step.system % servers.length];
}

const siteOf = (world: World, n: number): string => world.sites[n % world.sites.length] ?? '';

/** The request that the step needs; for *move it*, of the server that was associated by mistake. */
async function bring(world: World, step: Step): Promise<string | undefined> {
  const account = world.people[step.person];
  if (step.name === 'move') {
    const current = await currentOf(siteOf(world, step.site));
    const wrong = world.servers.find(({ keys }) => keys.systemId === current);
    return wrong && carried(portal, account, wrong);
  }
  if (step.name !== 'register' && step.name !== 'associate') return undefined;
  const server = world.servers[step.system] as TestServer;
  if (step.proven) return carried(portal, account, server);
  return step.file ? asFile(portal, account, server) : typed(portal, account, server);
}

/** One step: what it came to, in a word. Steps that have nothing to act on are skipped. */
async function take(world: World, step: Step, request: string | undefined, before: Registration[]): Promise<string> {
  const account = world.people[step.person];
  const server = world.servers[step.system] as TestServer;
  const registration = siteOf(world, step.site);
  if (step.name === 'wait') {
    portal.pass(30);
    return 'waited';
  }
  if (step.name === 'register') {
    if (!request || world.sites.length === SITES) return 'skipped';
    const made = await register(portal, { account, request, answers: ANSWERS });
    if (made.outcome !== 'refused' && made.outcome !== 'already') world.sites.push(made.registration);
    return made.outcome;
  }
  const site = before.find(({ number }) => number === registration);
  switch (step.name) {
    case 'associate':
      if (!request) return 'skipped';
      return (await press(portal, { account, request, registration, reason: 'server-replaced' })).outcome;
    case 'speak': {
      // The server says by itself which registration it shows: nobody has to be signed in for that.
      const document = await requestOf(portal, server, { registration });
      const cookieHash = randomBytes(32);
      const waited = site?.claims.includes(server.keys.systemId);
      const taken = await takeRequest(portal, { document, cookieHash, account: undefined, origin: undefined });
      if (taken.outcome === 'refused') return 'refused';
      return waited && (await currentOf(registration)) === server.keys.systemId ? 'proven' : 'heard';
    }
    case 'code': {
      const association = await standing(registration);
      const result = await handOutCode(portal, { account, registration, association, anew: step.file });
      if (result.outcome === 'refused') return 'refused';
      // Somebody goes there and enters it, unless a newer one was entered meanwhile.
      const last = world.accepted.get(result.systemId);
      if (step.proven && (!last || contentOf(last).sequence <= result.sequence)) {
        world.accepted.set(result.systemId, result.code);
      }
      return 'handed-out';
    }
    case 'confirm-code': {
      const association = await standing(registration);
      const systemId = await systemOf(association);
      const owner = world.servers.find(({ keys }) => keys.systemId === systemId);
      const code = world.accepted.get(systemId ?? '');
      if (!owner || !code) return 'skipped';
      const shown = shownFor(portal, owner, code);
      return (await confirmWithCode(portal, { account, registration, association, typed: shown })).outcome;
    }
    case 'say-code': {
      // The server knows no number, but which code it accepted: it says so in a file, or when a browser carries it.
      const speaker = entered(world, step);
      const code = speaker && world.accepted.get(speaker.keys.systemId);
      if (!code) return 'skipped';
      const said = { via: step.file ? 'file' : 'browser', sequence: contentOf(code).sequence } as const;
      const document = await requestOf(portal, speaker, said);
      const taken = await takeRequest(portal, {
        document,
        cookieHash: randomBytes(32),
        account: undefined,
        origin: undefined,
      });
      if (taken.outcome === 'refused') return 'refused';
      const wasCurrent = before.some(({ current }) => current === speaker.keys.systemId);
      const isCurrent = (await everything(world)).some(({ current }) => current === speaker.keys.systemId);
      return isCurrent && !wasCurrent ? 'proven' : 'heard';
    }
    case 'undo':
      return (await undo(portal, { account, registration, association: await standing(registration) })).outcome;
    case 'move': {
      const to = siteOf(world, step.other);
      if (!request || to === registration) return 'skipped';
      const from = { registration, association: await standing(registration) };
      const seen = await currentAssociation(portal, to);
      return (await move(portal, { account, request, registration: to, from, seen, reason: 'wrong-registration' }))
        .outcome;
    }
    case 'merge': {
      const kept = siteOf(world, step.other);
      return (await merge(portal, { account, fresh: registration, kept })).outcome;
    }
    case 'seat': {
      if (site?.parties['end-user'] || site?.state === 'closed' || site?.state === 'merged') return 'skipped';
      const { integrator, endUser } = world.people;
      const invited = await invite(portal, { account: integrator, registration, invite: { how: 'printed' } });
      if (invited.outcome === 'refused') return 'skipped';
      const answer = { account: endUser, secret: invited.code ?? '' };
      return (await acceptInvitation(portal, answer)).outcome === 'accepted' ? 'seated' : 'refused';
    }
    case 'hand-over': {
      // To whoever has no seat there, or to somebody who has.
      const to = world.people[(Object.keys(PEOPLE) as Person[])[step.other % 3] ?? 'stranger'];
      const offer = await invite(portal, { account, registration, invite: { how: 'printed' }, handsOver: true });
      if (offer.outcome === 'refused') return 'skipped';
      const accepted = await acceptInvitation(portal, { account: to, secret: offer.code ?? '' });
      return accepted.outcome === 'accepted' ? 'handed-over' : 'offered';
    }
    case 'end': {
      const seen = site?.parties['integrator'] ?? randomUUID();
      return (await endIntegrator(portal, { account, registration, seen, reason: 'It is over' })).outcome;
    }
    case 'resign': {
      const said = await resign(portal, { account, registration, insists: step.proven });
      if (said.outcome !== 'resigned') return said.outcome === 'nobody-left' ? 'refused' : said.outcome;
      portal.pass(24 * portal.settings.resignationDays);
      await leaveSeats(portal);
      return 'left';
    }
    case 'confirm':
      return (await confirm(portal, { account, registration })).outcome;
    case 'close':
      return (await close(portal, { account, registration })).outcome;
    default: {
      const changed = { ...ANSWERS.installation, zip: `${portal.now().getTime()}-${Math.random()}` };
      const answers = step.name === 'edit' ? { installation: changed } : { warranty: { project: `${Math.random()}` } };
      return (await edit(portal, { account, registration, revision: 1e6, answers })).outcome;
    }
  }
}

interface Standing {
  current: string | undefined;
  retired: string[];
}

interface Registration extends Standing {
  number: string;
  state: string;
  parties: Record<string, string>;
  claims: string[];
  revision: number;
  history: { canonical: string; hash: Buffer; act: string }[];
  head: Buffer | null;
  mails: string[];
}

/** How the registrations of this world stand in the database. */
async function everything(world: World): Promise<Registration[]> {
  const rows = await portal.db.rows(sql<
    Omit<Registration, 'current' | 'retired' | 'claims'> & { systems: [string, string][] }
  >`
    select r.number, r.state, r.revision, r.history_hash as head,
      (select coalesce(json_object_agg(p.seat, p.account), '{}') from party p where p.registration = r.number) as parties,
      (select coalesce(json_agg(json_build_array(a.system_id, a.state) order by a.system_id), '[]')
        from association a where a.registration = r.number) as systems,
      (select coalesce(array_agg(o.address order by o.created_at, o.address), '{}')
        from outbox o where o.registration = r.number) as mails
    from registration r where r.number = any(${world.sites}) order by r.number`);
  return Promise.all(
    rows.map(async ({ systems, ...row }) => {
      const those = (state: string) => systems.filter(([, is]) => is === state).map(([id]) => id);
      const history = await portal.db.rows(sql<Registration['history'][number]>`
        select entry as canonical, hash, entry::json ->> 'act' as act from history
        where registration = ${row.number} order by n`);
      const [current] = those('current');
      return { ...row, history, current, retired: those('retired'), claims: those('claimed') };
    }),
  );
}

async function currentOf(registration: string): Promise<string | undefined> {
  const row = await portal.db.row(sql<{ system_id: string }>`
    select system_id from association where registration = ${registration} and state = 'current'`);
  return row?.system_id;
}

async function systemOf(association: string): Promise<string | undefined> {
  const row = await portal.db.row(sql<{ system_id: string }>`
    select system_id from association where id = ${association}`);
  return row?.system_id;
}

/** The association that the System information page offers to undo: a claim that waits, or the present one. */
async function standing(registration: string): Promise<string> {
  const row = await portal.db.row(sql<{ id: string }>`
    select id from association where registration = ${registration} and state in ('current', 'claimed')
    order by made_at desc, state limit 1`);
  return row?.id ?? randomUUID();
}

/** Invariants 1, 2, 8 and 14, on the whole of what there is. */
function invariantsHold(registrations: readonly Registration[]): void {
  const held = registrations.flatMap(({ current, retired }) => [...(current ? [current] : []), ...retired]);
  expect(new Set(held).size, 'a System ID is held by one registration').toBe(held.length);
  for (const { parties, state, history, head, revision } of registrations) {
    expect(Object.keys(parties).length === 0).toBe(state === 'without-party');
    expect(new Set(Object.values(parties)).size).toBe(Object.values(parties).length);
    expect(verifyChain(history)).toMatchObject({ outcome: 'intact', n: history.length });
    expect(head).toEqual(history.at(-1)?.hash);
    expect(revision).toBe(history.length);
  }
}

/** A System ID counts its codes for ever, whatever becomes of its registrations: each number once, and none left out. */
async function numbersAreGivenOnce({ servers, accepted }: World): Promise<void> {
  const rows = await portal.db.rows(sql<{ sequence: number; codes: number; last: number; different: number }>`
    select s.sequence, count(*)::int as codes, max(c.sequence) as last, count(distinct c.code)::int as different
    from system s join registration_code c on c.system_id = s.system_id
    where s.system_id = any(${servers.map(({ keys }) => keys.systemId)}::text[]) group by s.system_id`);
  for (const { sequence, codes, last, different } of rows) {
    expect([codes, last, different]).toEqual([sequence, sequence, sequence]);
  }
  for (const [systemId, code] of accepted) {
    const owner = servers.find(({ keys }) => keys.systemId === systemId) as TestServer;
    // Nobody else's server takes it.
    for (const server of servers) {
      const { bundle } = portal.keys;
      const site = { keys: server.keys, bundle, minCodeKey: 0, lastSequence: 0, secondsToWait: 0 };
      const { answer } = decideCode(code, { ...site, lastCode: undefined, lastRecordAt: undefined });
      expect(answer.outcome).toBe(server === owner ? 'accepted' : 'not-for-this-system');
    }
  }
}

/** Invariants 2 and 4: whoever did something had the seat for it. */
function doneByWhoMay(world: World, step: Step, outcome: string, before: readonly Registration[]): void {
  const site = before.find(({ number }) => number === siteOf(world, step.site));
  if (!site || !DONE.has(outcome) || ['register', 'speak', 'say-code', 'seat'].includes(step.name)) return;
  const { id } = world.people[step.person];
  const seat = Object.entries(site.parties).find(([, account]) => account === id)?.[0];
  expect(seat, `${step.name} by ${step.person}`).toBeDefined();
  if (step.name === 'edit-warranty') expect(seat).toBe('integrator');
  if (step.name === 'confirm' || step.name === 'end') expect(seat).toBe('end-user');
  if (step.name === 'resign') expect(seat).toBe('integrator');
  if (step.name === 'edit' && site.state === 'confirmed') expect(seat).toBe('end-user');
  expect(['closed', 'merged']).not.toContain(site.state);
}

const DONE = new Set(EVERYTHING_THAT_SUCCEEDS.map((what) => what.split(': ')[1]));

/** Invariants 14 and 15: what changed has an entry behind the others, and both parties have a mail of it. */
function changedByEntries(world: World, before: readonly Registration[], after: readonly Registration[]): void {
  const addresses = new Map(Object.values(world.people).map(({ id, email }) => [id, email]));
  for (const now of after) {
    const then = before.find(({ number }) => number === now.number);
    const added = now.history.slice(then?.history.length ?? 0);
    if (then) expect(now.history.slice(0, then.history.length)).toEqual(then.history);
    if (then && added.length === 0) expect(now).toEqual(then);
    // Of the registration that leads to another from now on, that other one tells.
    if (added.every(({ act }) => act === 'merged-into-another')) continue;
    const told = now.mails.length - (then?.mails.length ?? 0);
    expect(told, added.map(({ act }) => act).join(' ')).toBeGreaterThanOrEqual(Object.keys(now.parties).length);
    for (const account of Object.values(now.parties)) expect(now.mails).toContain(addresses.get(account));
  }
}

/** Invariants 8 to 11: where the System IDs went. */
function systemIdsMoved(
  world: World,
  step: Step,
  outcome: string,
  before: readonly Registration[],
  after: readonly Registration[],
): void {
  const [site, other] = [siteOf(world, step.site), siteOf(world, step.other)];
  const then = (number: string) => before.find((one) => one.number === number) as Registration;
  const now = (number: string) => after.find((one) => one.number === number) as Registration;
  const brought = (world.servers[step.system] as TestServer).keys.systemId;
  const touched = new Set<string>();

  const becameCurrent = (number: string, systemId: string) => {
    touched.add(number);
    expect(now(number).current).toBe(systemId);
    const { current: former, retired } = then(number);
    const left = [...retired, ...(former ? [former] : [])].filter((id) => id !== systemId);
    expect(now(number).retired.toSorted()).toEqual(left.toSorted());
    expect(after.flatMap(({ claims }) => claims)).not.toContain(systemId);
    world.before.set(number, [...(world.before.get(number) ?? []), { current: former, retired }]);
  };
  const wentBack = (number: string) => {
    touched.add(number);
    const { current, retired } = now(number);
    expect({ current, retired: retired.toSorted() }).toEqual(world.before.get(number)?.pop());
  };

  switch (`${step.name}: ${outcome}`) {
    case 'register: registered':
      expect(now(world.sites.at(-1) ?? '')).toMatchObject({ current: brought, retired: [], claims: [] });
      expect(after.flatMap(({ claims }) => claims)).not.toContain(brought);
      break;
    case 'register: claimed':
      expect(now(world.sites.at(-1) ?? '')).toMatchObject({ current: undefined, retired: [], claims: [brought] });
      break;
    case 'associate: associated':
    case 'speak: proven':
      becameCurrent(site, brought);
      break;
    case 'say-code: proven': {
      const said = entered(world, step)?.keys.systemId ?? '';
      const proven = after.find(({ current }) => current === said) as Registration;
      expect(then(proven.number).claims).toContain(said);
      becameCurrent(proven.number, said);
      break;
    }
    case 'confirm-code: confirmed': {
      const proven = now(site).current ?? '';
      expect(then(site).claims).toContain(proven);
      becameCurrent(site, proven);
      break;
    }
    case 'associate: claimed':
      expect(now(site).claims).toContain(brought);
      break;
    case 'move: associated':
      wentBack(site);
      becameCurrent(other, then(site).current ?? '');
      break;
    case 'merge: merged': {
      touched.add(site);
      const { current, claims } = then(site);
      expect(now(site)).toMatchObject({ state: 'merged', current: undefined, claims: [] });
      if (current) becameCurrent(other, current);
      else expect(now(other).claims).toEqual(expect.arrayContaining(claims));
      break;
    }
    case 'undo: undone':
      wentBack(site);
      break;
    case 'undo: withdrawn':
      expect(now(site).claims.length).toBe(then(site).claims.length - 1);
      break;
    case 'close: closed':
      touched.add(site);
      expect(now(site)).toMatchObject({ current: undefined, claims: [], retired: then(site).retired });
      break;
  }
  for (const { number, current, retired } of before) {
    if (!touched.has(number)) expect(now(number)).toMatchObject({ current, retired });
  }
}
