import { randomBytes } from 'node:crypto';
import { confirmationAtSite } from '../../core/code-at-site.ts';
import { makeRequest, type NewRequest } from '../../core/documents/request.ts';
import { type InstanceKey, newInstanceKey } from '../../core/instance-key.ts';
import type { RegistrationCode } from '../../core/registration-code.ts';
import type { Answers } from '../../core/registration-form.ts';
import { newSeed, type SystemKeys, systemKeysFrom } from '../../core/system-keys.ts';
import { createAccount } from '../../portal/operations/accounts.ts';
import { addAdministrator } from '../../portal/operations/administrators.ts';
import { type AssociateCommand, type AssociateResult, associate } from '../../portal/operations/associate.ts';
import { bringFiles, bringTyped, proceed } from '../../portal/operations/bring.ts';
import { prepare } from '../../portal/operations/prepare.ts';
import { register } from '../../portal/operations/register.ts';
import { takeRequest } from '../../portal/operations/take-request.ts';
import { takeSeat } from '../../portal/operations/take-seat.ts';
import type { Account, Portal } from '../../portal/portal.ts';
import { answersOf, type Cast, seedAccounts } from '../../portal/seed.ts';
import type { Database } from '../../portal/store/database.ts';
import { loadKeys } from '../../portal/store/keys.ts';
import { sql } from '../../portal/store/sql.ts';

/** A portal's operations on a test database, with a clock that the test moves. */
export interface TestPortal extends Portal {
  pass(hours: number): void;
}

export async function testPortal(db: Database, url = 'http://localhost:8080'): Promise<TestPortal> {
  let now = new Date('2026-11-24T13:05:00Z');
  return {
    db,
    keys: await loadKeys(db, { url, name: 'Test portal', now }),
    settings: {
      url,
      name: 'Test portal',
      checkInSeconds: 3600,
      claimLimit: 5,
      resignationDays: 30,
      keepMailsDays: 90,
      keepClosedDays: 3650,
      requestsPerMinute: 1000,
      apiCallsPerMinute: 100_000,
      timeZone: 'Europe/Copenhagen',
      providers: [],
    },
    now: () => now,
    pass: (hours) => {
      now = new Date(now.getTime() + hours * 3_600_000);
    },
  };
}

export async function testCast(portal: Portal): Promise<Cast> {
  const cast = await seedAccounts(portal, 'datestone-demo');
  if (!cast) throw new Error('The cast is there already.');
  return cast;
}

/** Somebody who runs the portal, made so as on its machine. */
export async function testAdministrator(portal: Portal): Promise<Account> {
  const person = { email: 'greta@portal.example', name: 'Greta Lund', organisation: 'The portal' } as const;
  const made = await createAccount(portal, { ...person, kind: 'branch', password: 'datestone-demo' });
  if (made.outcome !== 'created') throw new Error('The administrator is there already.');
  await addAdministrator(portal, person.email, 'root');
  return made.account;
}

/** A server as the portal sees it: keys, an instance key, and a counter that grows with everything it signs. */
export interface TestServer {
  keys: SystemKeys;
  instance: InstanceKey;
  n: number;
  name: string;
}

export function testServer(name = 'HN-A-ES01', instance = newInstanceKey()): TestServer {
  return { keys: systemKeysFrom(newSeed()), instance, n: 0, name };
}

/** The same installation after its database was deleted. */
export function rebuilt(server: TestServer): TestServer {
  return testServer(server.name, server.instance);
}

export function requestOf(
  portal: Portal,
  server: TestServer,
  extra: Partial<Pick<NewRequest, 'registration' | 'returnTo' | 'server' | 'via' | 'sequence'>> = {},
): Promise<string> {
  return makeRequest({
    keys: server.keys,
    bundle: portal.keys.bundle,
    n: ++server.n,
    now: portal.now(),
    via: 'browser',
    server: { kind: 'enterprise-server', product: 'Enterprise Server', version: '3.2.4.1180', name: server.name },
    sequence: 0,
    instance: server.instance,
    shadows: 0,
    ...extra,
  });
}

/** The browser carried a request here, the person signed in and pressed *Proceed*. */
export async function carried(portal: Portal, account: Account, server: TestServer): Promise<string> {
  const document = await requestOf(portal, server);
  const taken = await takeRequest(portal, {
    document,
    cookieHash: randomBytes(32),
    account: account.id,
    origin: undefined,
  });
  if (taken.outcome === 'refused') throw new Error(`refused: ${taken.code}`);
  await proceed(portal, account.id, taken.request);
  return taken.request;
}

/** The person brought the server's request as a file and pressed *Proceed*. */
export async function asFile(
  portal: Portal,
  account: Account,
  server: TestServer,
  extra: Partial<Pick<NewRequest, 'registration' | 'via' | 'sequence'>> = {},
): Promise<string> {
  const document = await requestOf(portal, server, { via: 'file', ...extra });
  const [taken] = await bringFiles(portal, { documents: [document], account: account.id, cookieHash: undefined });
  if (taken?.outcome !== 'taken') throw new Error(`refused: ${taken?.code}`);
  await proceed(portal, account.id, taken.request);
  return taken.request;
}

/** What the server shows once this registration code was entered. */
export function shownFor(portal: Portal, { keys }: TestServer, code: RegistrationCode): string {
  return confirmationAtSite(code, { keys, bundle: portal.keys.bundle });
}

/** The person typed the System ID and pressed *Proceed*. */
export async function typed(portal: Portal, account: Account, server: TestServer): Promise<string> {
  const { request } = await bringTyped(portal, account.id, server.keys.systemId);
  await proceed(portal, account.id, request);
  return request;
}

/** What the link of a mailed invitation ends with, as long as its mail was not sent: afterwards only its reader has it. */
export async function secretOf(portal: Portal, invitation: string): Promise<string> {
  const row = await portal.db.row(sql<{ path: string | null }>`
    select o.facts ->> 'path' as path from invitation i join outbox o on o.id = i.mail where i.id = ${invitation}`);
  const secret = /^\/invitations\/([\w-]+)$/.exec(row?.path ?? '')?.[1];
  if (!secret) throw new Error('The mail of this invitation holds no link.');
  return secret;
}

/** What the link of a colleague's newest invitation ends with, as long as its mail was not sent. */
export async function colleagueSecretOf(portal: Portal, address: string): Promise<string> {
  const row = await portal.db.row(sql<{ path: string | null }>`
    select o.facts ->> 'path' as path from organisation_invitation i join outbox o on o.id = i.mail
    where lower(i.address) = lower(${address}) and i.ended_at is null order by i.invited_at desc limit 1`);
  const secret = /^\/organisation-invitations\/([\w-]+)$/.exec(row?.path ?? '')?.[1];
  if (!secret) throw new Error('No mail of an invitation holds a link.');
  return secret;
}

/** What the form says of a site. */
function answersAt(name: string): Answers {
  return answersOf({
    name,
    company: 'Northfield Health Trust',
    address: 'Palle Allé 10',
    city: 'Aarhus',
    country: 'DK',
    segment: 'healthcare',
  });
}

/** A registration by the integrator, proven; with the end user in its seat if one is given. */
export async function registered(
  portal: Portal,
  integrator: Account,
  server: TestServer,
  { site = 'Hospital North, Building A', endUser }: { site?: string; endUser?: Account } = {},
): Promise<string> {
  const answers = answersAt(site);
  const done = await register(portal, {
    account: integrator,
    request: await carried(portal, integrator, server),
    answers,
  });
  if (done.outcome === 'refused') throw new Error(`refused: ${done.code}`);
  if (endUser) await takeSeat(portal, endUser, done.registration);
  return done.registration;
}

/** What the form of a prepared registration says, for a server that will have this name. */
export function preparedAnswers(site: string, server?: string): Answers {
  const answers = answersAt(site);
  return { ...answers, installation: { ...answers.installation, ...(server && { planned_server: server }) } };
}

/** A registration that waits for its first System ID. */
export async function prepared(portal: Portal, account: Account, site: string, server?: string): Promise<string> {
  return (await prepare(portal, { account, answers: preparedAnswers(site, server) })).registration;
}

/** *Associate*, as the review page would post it: it names the association that it showed as the present one. */
export async function press(
  portal: Portal,
  command: Omit<AssociateCommand, 'seen' | 'reason'> & Partial<AssociateCommand>,
): Promise<AssociateResult> {
  const seen = 'seen' in command ? command.seen : await currentAssociation(portal, command.registration);
  return associate(portal, { reason: undefined, ...command, seen });
}

export async function currentAssociation(portal: Portal, registration: string): Promise<string | undefined> {
  const row = await portal.db.row(sql<{ id: string }>`
    select id from association where registration = ${registration} and state = 'current'`);
  return row?.id;
}

/** Which System IDs a registration has, by state. */
export async function systemIdsOf(portal: Portal, registration: string): Promise<Record<string, string[]>> {
  const rows = await portal.db.rows(sql<{ system_id: string; state: string }>`
    select system_id, state from association where registration = ${registration} order by made_at`);
  const byState: Record<string, string[]> = {};
  for (const row of rows) byState[row.state] = [...(byState[row.state] ?? []), row.system_id];
  return byState;
}

export async function actsOf(portal: Portal, registration: string): Promise<string[]> {
  const rows = await portal.db.rows(sql<{ act: string }>`
    select entry::json ->> 'act' as act from history where registration = ${registration} order by n`);
  return rows.map((row) => row.act);
}

/** Registrations of other sites, so that the right one has to be found. */
export async function seedRegistrations(portal: Portal, cast: Cast, count: number): Promise<void> {
  for (let i = 1; i <= count; i++) {
    await registered(portal, cast.integrator, testServer(`SERVER-${i}`), { site: `Other site ${i}` });
  }
}
