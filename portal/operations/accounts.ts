import { argon2, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { Language } from '../../core/languages.ts';
import type { Refused } from '../../core/refusals.ts';
import type { Account, Portal } from '../portal.ts';
import { type Queries, type Transaction, violated } from '../store/database.ts';
import { sql } from '../store/sql.ts';
import { clearTries, countTry } from './password-tries.ts';

/** Accounts, and the passwords of those that have one. */

// OWASP's first choice for argon2id: 19 MiB, two passes, one lane.
const COST = { memory: 19456, passes: 2, parallelism: 1, tagLength: 32 } as const;
const hash = promisify(argon2);

/** `argon2id$memory$passes$parallelism$salt$tag`, so that the cost can be raised later. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await hash('argon2id', { message: password.normalize('NFKC'), nonce, ...COST });
  const { memory, passes, parallelism } = COST;
  return ['argon2id', memory, passes, parallelism, nonce.toString('base64url'), tag.toString('base64url')].join('$');
}

async function passwordMatches(password: string, stored: string): Promise<boolean> {
  const [, memory, passes, parallelism, nonce, tag] = stored.split('$');
  const expected = Buffer.from(tag ?? '', 'base64url');
  const actual = await hash('argon2id', {
    message: password.normalize('NFKC'),
    nonce: Buffer.from(nonce ?? '', 'base64url'),
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: expected.length,
  });
  return timingSafeEqual(actual, expected);
}

export interface NewAccount extends Omit<Account, 'id'> {
  password: string;
}

export type CreateAccountResult = { outcome: 'created'; account: Account } | { outcome: 'address-taken' };

export async function createAccount(
  portal: Pick<Portal, 'db' | 'now'>,
  wanted: NewAccount,
): Promise<CreateAccountResult> {
  const { password, ...rest } = wanted;
  const account = { id: randomUUID(), ...rest };
  const passwordHash = await hashPassword(password);
  return orAddressTaken(async () => {
    await insertAccount(portal.db, account, passwordHash, portal.now());
    return { outcome: 'created', account };
  });
}

/** Its address is its person's own: the caller has seen to it. No password: it logs on through a provider only. */
export async function insertAccount(
  q: Queries,
  account: Account & { language?: Language },
  passwordHash: string | null,
  now: Date,
): Promise<void> {
  const { id, email, name, organisation, kind, language = 'en' } = account;
  await q.rows(sql`
    insert into account (id, email, name, organisation, kind, language, password_hash, email_verified_at, created_at)
    values (${id}, ${email}, ${name}, ${organisation}, ${kind}, ${language}, ${passwordHash}, ${now}, ${now})`);
}

/** Of many at once who change what one account has, each sees what the ones before it left. */
export async function lockAccount(tx: Transaction, { id }: Pick<Account, 'id'>): Promise<void> {
  await tx.rows(sql`select from account where id = ${id} for no key update`);
}

/** The database decides whose an address is. */
export async function orAddressTaken<T>(create: () => Promise<T>): Promise<T | { outcome: 'address-taken' }> {
  try {
    return await create();
  } catch (error) {
    if (violated(error) === 'account_email') return { outcome: 'address-taken' };
    throw error;
  }
}

// Checked when the address is unknown or its account has no password, so that the answer takes as long as when it is known.
const NOBODY = hashPassword(randomBytes(16).toString('hex'));

export type PasswordCheck =
  | { outcome: 'right'; account: Account }
  | { outcome: 'wrong' }
  | Refused<'too-many-wrong-passwords'>;

/** Whose password it is. An unknown address and a wrong password are one answer, also in how long one has to wait. */
export async function checkPassword(
  portal: Pick<Portal, 'db' | 'now'>,
  typed: string,
  password: string,
): Promise<PasswordCheck> {
  const email = typed.trim();
  const tooMany = await countTry(portal, email);
  if (tooMany) return tooMany;
  const row = await portal.db.row(sql<Account & { password_hash: string | null }>`
    select id, email, name, organisation, kind, password_hash from account where lower(email) = lower(${email})`);
  const matches = await passwordMatches(password, row?.password_hash ?? (await NOBODY));
  if (!row || !matches) return { outcome: 'wrong' };
  await clearTries(portal.db, email);
  const { password_hash: _, ...account } = row;
  return { outcome: 'right', account };
}
