import { randomBytes, randomUUID } from 'node:crypto';
import { type Act, appendEntry, type HistoryHead } from '../../core/history-entries.ts';
import type { RegistrationState } from '../../core/permissions.ts';
import type { Transaction } from './database.ts';
import { type Part, sql } from './sql.ts';

/**
 * A change of a registration: its state, the entry in its history and the mails that follow, in one statement. The row
 * of the registration is locked by the caller.
 */
export interface Change {
  registration: LockedRegistration;
  act: Act;
  /** The account that acts; `undefined`: the system itself. */
  actor: string | undefined;
  at: Date;
  /** What the entry says in the clear: System IDs, numbers, states. */
  about?: Record<string, string | number | boolean>;
  /** Names, reasons and notes: the chain holds only a salted commitment to each. */
  texts?: Record<string, string>;
  state?: RegistrationState;
  mails: readonly Mail[];
}

/** What a change needs of the row that is locked. */
export interface LockedRegistration {
  number: string;
  state: RegistrationState;
  head: HistoryHead;
}

export interface Mail {
  recipient: 'integrator' | 'end-user' | 'site-administrator' | 'account' | 'invited';
  address: string;
  template: string;
  facts: Record<string, unknown>;
  association?: string | undefined;
  /** When it is to be sent, if not at once. */
  dueAt?: Date;
}

/** Writes the change of a registration whose row is locked; another change goes on from the head that is returned. */
export async function writeChange(tx: Transaction, change: Change): Promise<HistoryHead> {
  const { part, head } = partOf(change, sql.nothing);
  await tx.rows(sql`with ${part} select from registration_`);
  return head;
}

/**
 * The same as parts of a larger statement, for a caller that has no lock: nothing is written unless the row that
 * `registration_` updates still meets `stillHolds`. Parts of the caller's that read `registration_` depend on that too.
 */
export function changeIn(change: Change, stillHolds: Part): Part {
  return partOf(change, stillHolds).part;
}

function partOf(change: Change, stillHolds: Part): { part: Part; head: HistoryHead } {
  const { number, head } = change.registration;
  const texts = Object.entries(change.texts ?? {}).map(([field, text]) => ({ field, text, salt: randomBytes(16) }));
  const facts = { registration: number, at: toSeconds(change.at), act: change.act, actor: change.actor ?? 'system' };
  const entry = appendEntry(head, { ...facts, ...change.about }, texts);
  const { mails } = change;
  const part = sql.part`registration_ as (
      update registration
      set revision = revision + 1, history_n = ${entry.n}, history_hash = ${entry.hash},
        state = coalesce(${change.state ?? null}, state)
      where number = ${number} ${stillHolds}
      returning number
    ), history_ as (
      insert into history (registration, n, at, entry, hash)
      select number, ${entry.n}, ${change.at}, ${entry.canonical}, ${entry.hash} from registration_
    ), ${texts.length > 0 ? textsIn(entry.n, texts) : sql.nothing} mails_ as (
      insert into outbox (id, registration, association, recipient, address, template, facts, created_at, due_at)
      select id, number, association, recipient, address, template, facts, ${change.at}, due_at
      from registration_, unnest(${mails.map(() => randomUUID())}::uuid[],
        ${mails.map((m) => m.association ?? null)}::uuid[], ${mails.map((m) => m.recipient)}::text[],
        ${mails.map((m) => m.address)}::text[], ${mails.map((m) => m.template)}::text[],
        ${mails.map((m) => JSON.stringify(m.facts))}::jsonb[], ${mails.map((m) => m.dueAt ?? change.at)}::timestamptz[])
        as m (id, association, recipient, address, template, facts, due_at)
    )`;
  return { part, head: entry };
}

function textsIn(n: number, texts: readonly { field: string; text: string; salt: Buffer }[]): Part {
  return sql.part`texts_ as (
      insert into history_text (registration, n, field, salt, text)
      select number, ${n}, field, salt, text
      from registration_, unnest(${texts.map((t) => t.field)}::text[], ${texts.map((t) => t.salt)}::bytea[],
        ${texts.map((t) => t.text)}::text[]) as t (field, salt, text)
    ),`;
}

export function toSeconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}
