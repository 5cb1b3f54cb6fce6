import { randomUUID } from 'node:crypto';
import { randomDigits } from '../../core/crypto.ts';
import type { Answers } from '../../core/registration-form.ts';
import { type Account, type Portal, seatOf } from '../portal.ts';
import { entriesIn, entryFor, type Mail } from '../store/changes.ts';
import { lookingAgain, type Transaction } from '../store/database.ts';
import { type Party, takingSeat } from '../store/facts.ts';
import { sql } from '../store/sql.ts';
import { noticesTo, oneForEachAddress } from './notices.ts';

/** *Prepare*: a registration is filled in before its System ID is known. The answers were checked. */
export interface PrepareCommand {
  account: Account;
  answers: Answers;
  /** The form that it was filled in on: sent twice, it makes one registration. */
  form?: string;
}

export interface PrepareResult {
  outcome: 'prepared' | 'already';
  registration: string;
}

export function prepare(portal: Portal, { account, answers, form }: PrepareCommand): Promise<PrepareResult> {
  const from = form ?? randomUUID();
  return lookingAgain(() =>
    portal.db.transaction(async (tx) => {
      const made = await tx.row(sql<{ number: string }>`
        select number from registration where prepared_from = ${from} and created_by = ${account.id}`);
      if (made) return { outcome: 'already', registration: made.number };
      const [registration = ''] = await prepareAll(tx, portal, account, from, [{ line: 1, answers }]);
      await tx.rows(sql`delete from draft where account = ${account.id} and preparation = ${from}`);
      return { outcome: 'prepared', registration };
    }),
  );
}

interface PreparedLine {
  line: number;
  answers: Answers;
}

/** Registrations of one form or file, each with its seat, its first history entry and its mails, in one statement. */
export async function prepareAll(
  tx: Transaction,
  portal: Portal,
  account: Account,
  from: string,
  lines: readonly PreparedLine[],
): Promise<string[]> {
  const at = portal.now();
  const seat = seatOf(account);
  const numbers = await freeNumbers(tx, lines.length);
  const { organisation, parties } = await takingSeat(tx, account.id, seat);
  const entries = numbers.map((number) => {
    const registration = { number, state: 'prepared' as const, head: { n: 0, hash: undefined }, organisation };
    return entryFor({ registration, act: 'prepared', actor: account, at, about: { seat } });
  });
  const step = (name: keyof Answers) => lines.map(({ answers }) => JSON.stringify(answers[name] ?? {}));
  const mails = mailsOf(account, parties, from, at, lines, numbers);
  await tx.rows(sql`
    with prepared_ as (
      insert into registration (number, state, installation, site_administrator, warranty, created_at, created_by,
        revision, history_n, history_hash, prepared_from, prepared_line)
      select number, 'prepared', installation, site_administrator, warranty, ${at}, ${account.id}, 1, 1, hash, ${from}, line
      from unnest(${numbers}::text[], ${step('installation')}::jsonb[], ${step('site-administrator')}::jsonb[],
        ${seat === 'integrator' ? step('warranty') : lines.map(() => '{}')}::jsonb[],
        ${entries.map(({ entry }) => Buffer.from(entry.hash))}::bytea[], ${lines.map((one) => one.line)}::int[])
        as p (number, installation, site_administrator, warranty, hash, line)
      returning number
    ), party_ as (
      insert into party (registration, seat, account, since) select number, ${seat}, ${account.id}, ${at} from prepared_
    ), ${entriesIn(entries, at)}
    insert into outbox (id, registration, recipient, address, template, facts, created_at, due_at)
    select id, registration, recipient, address, template, facts, ${at}, ${at}
    from unnest(${mails.map(() => randomUUID())}::uuid[], ${mails.map((m) => m.registration)}::text[],
      ${mails.map((m) => m.recipient)}::text[], ${mails.map((m) => m.address)}::text[],
      ${mails.map((m) => m.template)}::text[], ${mails.map((m) => JSON.stringify(m.facts))}::jsonb[])
      as m (id, registration, recipient, address, template, facts)`);
  return numbers;
}

/** Numbers that nobody has. Should somebody take one of them meanwhile, the whole is done again with others. */
async function freeNumbers(tx: Transaction, count: number): Promise<string[]> {
  const free = new Set<string>();
  while (free.size < count) {
    const drawn = Array.from({ length: count - free.size }, () => randomDigits(8));
    const rows = await tx.rows(sql<{ number: string }>`
      select number from unnest(${drawn}::text[]) as drawn (number)
      where not exists (select from registration where registration.number = drawn.number)`);
    for (const row of rows) free.add(row.number);
  }
  return [...free];
}

/** Whom a registration names hears of it: of several from one file in one mail. */
function mailsOf(
  account: Account,
  parties: readonly Party[],
  from: string,
  at: Date,
  lines: readonly PreparedLine[],
  numbers: readonly string[],
): (Mail & { registration: string | null })[] {
  const mails = lines.flatMap(({ answers }, n) => {
    const { name, organisation } = account;
    const email = answers['site-administrator']?.email;
    const recipients = {
      parties,
      siteAdministrator: typeof email === 'string' ? { email } : {},
    };
    const facts = { site: String(answers.installation?.site_name ?? ''), by: name, organisation, at };
    const registration = numbers[n] ?? null;
    return noticesTo(recipients, 'prepared', { ...facts, registration }).map((mail) => ({ ...mail, registration }));
  });
  return oneForEachAddress(mails, 'prepared-several', { preparation: from });
}
