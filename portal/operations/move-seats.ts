import { randomUUID } from 'node:crypto';
import type { Account } from '../portal.ts';
import { entriesIn, entryFor, type Mail } from '../store/changes.ts';
import type { Transaction } from '../store/database.ts';
import { factsFrom, REGISTRATION_COLUMNS, type RegistrationFacts, type RegistrationRow } from '../store/facts.ts';
import { sql } from '../store/sql.ts';
import { noticesTo, oneForEachAddress } from './notices.ts';

/** Seats that go from an account to its organisation, or back from one that ends: all of them, in one transaction. */
interface Moving {
  account: Account;
  from: { holder: string };
  to: { holder: string; organisation: string | null };
  /** The organisation that it is about: its number and its name. */
  about: { id: string; name: string };
  act: 'brought-into-organisation' | 'taken-from-organisation';
  at: Date;
}

/** Locks all registrations on which the account acts for this holder, and reads them. */
export async function lockSeatsOf(tx: Transaction, account: string, holder: string): Promise<RegistrationFacts[]> {
  const rows = await tx.rows(sql<RegistrationRow>`
    select ${REGISTRATION_COLUMNS}
    from registration r
    join acting mine on mine.registration = r.number and mine.account = ${account} and mine.holder = ${holder}
    left join association a on a.registration = r.number and a.state = 'current'
    left join system s on s.system_id = a.system_id
    order by r.number
    for update of r`);
  return rows.map(factsFrom);
}

/** Each seat with its entry in the history; and who is told of several is told of them in one mail. */
export async function moveSeats(
  tx: Transaction,
  registrations: readonly RegistrationFacts[],
  { account, from, to, about, act, at }: Moving,
): Promise<void> {
  if (registrations.length === 0) return;
  const numbers = registrations.map(({ number }) => number);
  const written = registrations.map((registration) =>
    entryFor({
      registration: { ...registration, organisation: about.id },
      act,
      actor: account,
      at,
      about: { seat: registration.who },
    }),
  );
  const mails = oneForEachAddress(
    registrations.flatMap((registration) => {
      const facts = { site: registration.site, registration: registration.number, at };
      const more = { by: account.name, organisation: about.name, seat: registration.who };
      return noticesTo(registration, act, { ...facts, ...more }).map(
        (mail): Mail & { registration: string | null } => ({
          ...mail,
          registration: registration.number,
        }),
      );
    }),
    `${act}-several`,
  );
  await tx.rows(sql`
    with party_ as (
      update party set account = ${account.id}, organisation = ${to.organisation}
      where holder = ${from.holder} and registration = any(${numbers}::text[])
    ), association_ as (
      update association set made_for = ${to.holder}
      where coalesce(made_for, made_by) = ${from.holder} and registration = any(${numbers}::text[])
    ), registration_ as (
      update registration r set revision = revision + 1, history_n = n, history_hash = hash
      from unnest(${numbers}::text[], ${written.map(({ entry }) => entry.n)}::int[],
        ${written.map(({ entry }) => Buffer.from(entry.hash))}::bytea[]) as w (number, n, hash)
      where r.number = w.number
    ), ${entriesIn(written, at)}
    insert into outbox (id, registration, recipient, address, template, facts, created_at, due_at)
    select id, registration, recipient, address, template, facts, ${at}, ${at}
    from unnest(${mails.map(() => randomUUID())}::uuid[], ${mails.map((m) => m.registration)}::text[],
      ${mails.map((m) => m.recipient)}::text[], ${mails.map((m) => m.address)}::text[],
      ${mails.map((m) => m.template)}::text[], ${mails.map((m) => JSON.stringify(m.facts))}::jsonb[])
      as m (id, registration, recipient, address, template, facts)`);
}
