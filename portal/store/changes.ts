import { randomBytes, randomUUID } from 'node:crypto';
import { type Act, appendEntry, type EntryText, type HistoryHead, type NewEntry } from '../../core/history-entries.ts';
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
  /** Who acts; `undefined`: the system itself. */
  actor: Actor | undefined;
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
  /** For which organisation the actor acts here, if for one: a random number, too. */
  organisation?: string | undefined;
}

/** An account, and of one that several people use, the name that whoever uses it now goes by. */
export interface Actor {
  id: string;
  person?: string | null | undefined;
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
  const { number } = change.registration;
  const { entry, texts } = entryFor(change);
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

/** An entry, and the texts that it commits to. */
interface Written {
  registration: string;
  entry: NewEntry;
  texts: (EntryText & { salt: Buffer })[];
}

/** The entry of a change. */
export function entryFor({ registration, act, actor, at, about, texts }: Omit<Change, 'mails'>): Written {
  const { number, head, organisation } = registration;
  const said = { ...texts, ...(actor?.person && { person: actor.person }) };
  const salted = Object.entries(said).map(([field, text]) => ({ field, text, salt: randomBytes(16) }));
  const facts = { registration: number, at: toSeconds(at), act, actor: actor?.id ?? 'system' };
  return {
    registration: number,
    entry: appendEntry(head, { ...facts, ...(actor && organisation && { organisation }), ...about }, salted),
    texts: salted,
  };
}

/** Entries of several registrations, with their texts, as parts of a larger statement: one of a kind for all of them. */
export function entriesIn(written: readonly Written[], at: Date): Part {
  const texts = written.flatMap(({ registration, entry, texts }) =>
    texts.map((text) => ({ ...text, registration, n: entry.n })),
  );
  return sql.part`history_ as (
      insert into history (registration, n, at, entry, hash)
      select number, n, ${at}, entry, hash
      from unnest(${written.map((one) => one.registration)}::text[], ${written.map(({ entry }) => entry.n)}::int[],
        ${written.map(({ entry }) => entry.canonical)}::text[],
        ${written.map(({ entry }) => Buffer.from(entry.hash))}::bytea[]) as h (number, n, entry, hash)
    ), texts_ as (
      insert into history_text (registration, n, field, salt, text)
      select * from unnest(${texts.map((t) => t.registration)}::text[], ${texts.map((t) => t.n)}::int[],
        ${texts.map((t) => t.field)}::text[], ${texts.map((t) => t.salt)}::bytea[], ${texts.map((t) => t.text)}::text[])
    )`;
}

function textsIn(n: number, texts: readonly (EntryText & { salt: Buffer })[]): Part {
  return sql.part`texts_ as (
      insert into history_text (registration, n, field, salt, text)
      select number, ${n}, field, salt, text
      from registration_, unnest(${texts.map((t) => t.field)}::text[], ${texts.map((t) => t.salt)}::bytea[],
        ${texts.map((t) => t.text)}::text[]) as t (field, salt, text)
    ),`;
}

function toSeconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}
