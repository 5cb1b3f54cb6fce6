import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { CONSENT_VERSION } from '../../core/consents.ts';
import {
  carried,
  press,
  rebuilt,
  registered,
  type TestPortal,
  type TestServer,
  testCast,
  testPortal,
  testServer,
} from '../../test/support/portal.ts';
import { type TestDatabase, testDatabase } from '../../test/support/postgres.ts';
import { Mailbox } from '../../test/support/smtp.ts';
import { until } from '../../test/support/until.ts';
import { dateTimeOf } from '../../ui/text.ts';
import { confirm } from '../operations/confirm.ts';
import { changeConsent } from '../operations/consents.ts';
import { chooseLanguage } from '../operations/language.ts';
import { sayOfAddress } from '../operations/mail-address.ts';
import { undo } from '../operations/undo.ts';
import { Secret } from '../secret.ts';
import { type Cast, forgetMails } from '../seed.ts';
import { sql } from '../store/sql.ts';
import { isWanted, type OutboxRow, takeDue } from './outbox.ts';
import { type Mailing, startMailing } from './sender.ts';

let database: TestDatabase;
let portal: TestPortal;
let cast: Cast;
let mailbox: Mailbox;
const running: Mailing[] = [];
const READER = { locale: 'en', timeZone: 'Europe/Copenhagen', namesZone: true } as const;

beforeAll(async () => {
  database = await testDatabase();
  portal = await testPortal(database.db);
  cast = await testCast(portal);
});
afterAll(() => database.drop());
beforeEach(async () => {
  mailbox = await new Mailbox().start();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((mailing) => mailing.stop()));
  await mailbox.stop();
  await portal.db.rows(sql`delete from outbox`);
});

function send(gatherSeconds = 0): void {
  const settings = { smtpUrl: new Secret(mailbox.url), from: 'Datestone <no-reply@portal.example>', gatherSeconds };
  running.push(startMailing(portal, settings, pino({ level: 'silent' })));
}

/** An association, and nothing before it in the outbox. */
async function associated(): Promise<{ registration: string; association: string }> {
  const server = testServer();
  const registration = await registered(portal, cast.integrator, server, { endUser: cast.endUser });
  await forgetMails(portal);
  return rebuiltAndAssociated(server, registration);
}

async function rebuiltAndAssociated(server: TestServer, registration: string) {
  const request = await carried(portal, cast.integrator, rebuilt(server));
  const made = await press(portal, { account: cast.integrator, request, registration });
  return made as { registration: string; association: string };
}

function mailsOf(registration: string) {
  return mailbox.mails.filter((mail) => mail.text.includes(registration));
}

test('each is written to in the language of their account, and who has none in that of the end user', async () => {
  onTestFinished(() => chooseLanguage(portal, cast.endUser, 'en'));
  await chooseLanguage(portal, cast.endUser, 'de');
  const { registration } = await associated();
  send();
  await until('three mails', () => mailsOf(registration).length === 3);
  const german = 'Hospital North, Building A: neue System ID zugeordnet';
  const mail = await mailbox.waitFor(cast.endUser.email, german);
  expect(mail.text).toMatch(/^Lena Brandt, Brandt Building Controls, hat am 24\. November 2026, 14:05 MEZ die neue/);
  expect(mail.text).toContain('Bis 27. November 2026, 14:05 MEZ lässt es sich rückgängig machen:');
  expect(mail.html).toContain('<html lang="de">');
  expect((await mailbox.waitFor('jonas@northfield.example', german)).text).toContain('als Site administrator');
  await mailbox.waitFor(cast.integrator.email, 'Hospital North, Building A: new System ID associated');
});

test('an association is mailed to both parties and to the site administrator', async () => {
  const { registration } = await associated();
  send();
  await until('three mails', () => mailsOf(registration).length === 3);
  const mail = await mailbox.waitFor(cast.endUser.email, 'Hospital North, Building A: new System ID associated');
  expect(mail.text).toContain('Lena Brandt, Brandt Building Controls, associated the new System ID');
  expect(mail.text).toContain('Undo it until 27 November 2026, 14:05 CET');
  expect(
    mailsOf(registration)
      .flatMap((m) => m.to)
      .sort(),
  ).toEqual([cast.endUser.email, cast.integrator.email, 'jonas@northfield.example'].sort());
});

test('a mail server that is down loses nothing, and each mail comes once', async () => {
  await mailbox.stop();
  const { registration } = await associated();
  send();
  await until('an attempt', async () => {
    const tried = await portal.db.row(
      sql`select from outbox where registration = ${registration} and last_error is not null`,
    );
    return tried !== undefined;
  });
  await mailbox.start();
  await until('three mails', () => mailsOf(registration).length >= 3);
  await until('all marked', async () => {
    const open = await portal.db.rows(
      sql`select from outbox where registration = ${registration} and accepted_at is null`,
    );
    return open.length === 0;
  });
  expect(mailsOf(registration)).toHaveLength(3);
});

test('a mail server that is down for a day: each reader gets one mail of it all, and the end user’s clock begins then', async () => {
  await mailbox.stop();
  const { registration, association } = await associated();
  send(900);
  for (const given of [true, false, true, false]) {
    portal.pass(6);
    const consent = { registration, kind: 'system', given, version: CONSENT_VERSION } as const;
    expect(await changeConsent(portal, { account: cast.endUser, ...consent })).toMatchObject({ registration });
  }
  await until('an attempt with the last of it', async () => {
    const untried = await portal.db.rows(
      sql`select from outbox where registration = ${registration} and last_error is null`,
    );
    return untried.length === 0;
  });
  expect(mailbox.mails).toEqual([]);

  await mailbox.start();
  await until('a mail to the end user', () => mailsOf(registration).some(({ to }) => to.includes(cast.endUser.email)));
  await until('a mail to the integrator', () =>
    mailsOf(registration).some(({ to }) => to.includes(cast.integrator.email)),
  );
  const [told, ...more] = mailsOf(registration).filter(({ to }) => to.includes(cast.endUser.email));
  expect(more).toEqual([]);
  expect(told?.subject).toMatch(/new System ID associated.*4/);
  // The hours are those of the changes.
  for (const hours of [0, 6, 12, 18, 24]) {
    expect(told?.text).toContain(dateTimeOf(new Date(portal.now().getTime() - hours * 3_600_000), READER));
  }

  portal.pass(71);
  const undoing = { registration, association };
  expect(await undo(portal, { account: cast.integrator, ...undoing })).toMatchObject({ code: 'undo-expired' });
  expect(await undo(portal, { account: cast.endUser, ...undoing })).toMatchObject({ outcome: 'undone' });
});

test('two senders on one database send each mail once', async () => {
  const servers = Array.from({ length: 5 }, () => testServer());
  const registrations: string[] = [];
  for (const server of servers) {
    registrations.push(await registered(portal, cast.integrator, server, { endUser: cast.endUser }));
  }
  await forgetMails(portal);
  for (const [i, server] of servers.entries()) await rebuiltAndAssociated(server, registrations[i] as string);
  send();
  send();
  await until('all accepted', async () => {
    const open = await portal.db.rows(sql`select from outbox where accepted_at is null and given_up_at is null`);
    return open.length === 0;
  });
  for (const registration of registrations) expect(mailsOf(registration)).toHaveLength(3);
});

test('later changes of a registration are gathered into one mail', async () => {
  const { registration, association } = await associated();
  send(900);
  await until('the first notices', async () => {
    const open = await portal.db.rows(
      sql`select from outbox where registration = ${registration} and accepted_at is null`,
    );
    return open.length === 0;
  });
  await undo(portal, { account: cast.integrator, registration, association });
  await confirm(portal, { account: cast.endUser, registration });
  portal.pass(0.3);
  const mail = await mailbox.waitFor(cast.integrator.email, 'and one more change');
  expect(mail.text).toContain('undid the association');
  expect(mail.text).toContain('are correct');
});

test('a site administrator’s address that nobody verified gets the first notice and no more', async () => {
  const { registration, association } = await associated();
  send();
  await until('the first notices', async () => {
    const open = await portal.db.rows(
      sql`select from outbox where registration = ${registration} and accepted_at is null`,
    );
    return open.length === 0;
  });
  await undo(portal, { account: cast.integrator, registration, association });
  await until('two more', () => mailsOf(registration).length === 5);
  await until('the third given up', async () => {
    const row = await portal.db.row(sql`
      select from outbox where registration = ${registration} and given_up_at is not null`);
    return row !== undefined;
  });
  expect(mailbox.to('jonas@northfield.example').filter((mail) => mail.text.includes(registration))).toHaveLength(1);
});

test('“not me” stops all mails to an address', async () => {
  const { registration } = await associated();
  const mail = await portal.db.row(sql<{ id: string }>`
    select id from outbox where registration = ${registration} and recipient = 'site-administrator'`);
  await sayOfAddress(portal, mail?.id as string, 'stop');
  send();
  await until('two mails', () => mailsOf(registration).length === 2);
  await until('the third given up', async () => {
    const row = await portal.db.row(sql`
      select from outbox where registration = ${registration} and given_up_at is not null`);
    return row !== undefined;
  });
  expect(mailbox.to('jonas@northfield.example').some((m) => m.text.includes(registration))).toBe(false);
});

test('all that a reader is to be told of a registration is taken at once, the oldest first', async () => {
  const { registration, association } = await associated();
  portal.pass(0.1);
  await undo(portal, { account: cast.integrator, registration, association });
  await confirm(portal, { account: cast.endUser, registration });
  const due = await takeDue(portal.db, portal.now(), 900);
  const byReader = Map.groupBy(due, ({ address }) => address);
  expect([...byReader.values()].map((rows) => rows.length)).toEqual([3, 3, 3]);
  for (const rows of byReader.values()) expect(rows[0]?.template).toBe('associated');
  expect(await takeDue(portal.db, portal.now(), 900)).toEqual([]);
});

test('the first notice counts also while a sender that died has not said whether it was sent', async () => {
  const { registration, association } = await associated();
  await takeDue(portal.db, portal.now(), 0);
  portal.pass(0.001);
  await undo(portal, { account: cast.integrator, registration, association });
  const later = (await takeDue(portal.db, portal.now(), 0)).filter((row) => row.recipient === 'site-administrator');
  expect(later.map(({ template }) => template)).toEqual(['undone']);
  expect(await isWanted(portal.db, later[0] as OutboxRow)).toBe(false);
});
