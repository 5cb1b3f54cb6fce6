import pg from 'pg';
import type { Statement } from './sql.ts';

/** Something that answers statements: the pool outside a transaction, one connection inside. */
export interface Queries {
  rows<Row>(statement: Statement<Row>): Promise<Row[]>;
  /** The first row, if any. */
  row<Row>(statement: Statement<Row>): Promise<Row | undefined>;
}

export interface Transaction extends Queries {
  /** Several statements without values, as a migration has them. */
  script(text: string): Promise<void>;
}

export interface Database extends Queries {
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
}

/** The database as who opened it holds it; operations are given no more than `Database`. */
export interface OpenDatabase extends Database {
  /** How many connections there are, and how much waits for one. */
  connections(): { busy: number; idle: number; waiting: number };
  close(): Promise<void>;
}

// 64-bit counters of ours stay far below 2^53; the default would hand them out as text.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

export function openDatabase(connection: pg.PoolConfig, onIdleError: (error: Error) => void = () => {}): OpenDatabase {
  const settings: pg.PoolConfig & { pipeline: true } = {
    max: 20,
    connectionTimeoutMillis: 5000,
    // Every statement is named and looks rows up by their keys: one plan serves all values, and planning the association
    // anew each time would cost as much as carrying it out.
    options: '-c plan_cache_mode=force_generic_plan',
    ...connection,
    pipeline: true,
  };
  const pool = new pg.Pool(settings);
  // A server that restarts ends idle connections; the pool opens others.
  pool.on('error', onIdleError);
  // One that ends while it is at work fails its statement; nobody listening to it would end the whole process.
  pool.on('connect', (client) => client.on('error', () => {}));
  return {
    ...queriesOn(pool),
    transaction: (work) => transaction(pool, work),
    connections: () => ({
      busy: pool.totalCount - pool.idleCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),
    close: () => pool.end(),
  };
}

function queriesOn(target: pg.Pool | pg.PoolClient): Queries {
  const rows = async <Row>({ name, text, values }: Statement<Row>): Promise<Row[]> => {
    const result = await target.query({ name, text, values });
    return result.rows as Row[];
  };
  return { rows, row: async (statement) => (await rows(statement))[0] };
}

/**
 * One transaction. `begin` is not waited for: it travels with the first statements of `work`, and statements that work
 * sends without waiting in between share a round trip too.
 */
async function transaction<T>(pool: pg.Pool, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    const begun = client.query('begin');
    begun.catch(() => {}); // whatever fails it fails the statements behind it too
    const result = await work({
      ...queriesOn(client),
      script: async (text) => {
        await client.query(text);
      },
    });
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failed: Error) => {
      broken = failed;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/**
 * A transaction as a database for an operation: what the operation commits is a savepoint, and all of it stands once the
 * whole does. One thing after another, since savepoints of one connection nest. Within a transaction of its own an
 * operation asks that transaction, as it does everywhere.
 */
export function within(tx: Transaction): Database {
  let before: Promise<unknown> = Promise.resolve();
  const transaction = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => {
    const result = before.then(() => savepoint(tx, work));
    before = result.catch(() => {});
    return result;
  };
  const rows = <Row>(statement: Statement<Row>) => transaction((inner) => inner.rows(statement));
  return { rows, row: async (statement) => (await rows(statement))[0], transaction };
}

async function savepoint<T>(tx: Transaction, work: (tx: Transaction) => Promise<T>): Promise<T> {
  await tx.script('savepoint part');
  try {
    const result = await work(tx);
    await tx.script('release savepoint part');
    return result;
  } catch (error) {
    await tx.script('rollback to savepoint part; release savepoint part');
    throw error;
  }
}

/** Which constraint a write ran into, if that is why it failed. */
export function violated(error: unknown): string | undefined {
  const { code, constraint } = error as { code?: string; constraint?: string };
  return code === '23505' || code === '23514' || code === '23503' ? constraint : undefined;
}

/** A deadlock or a serialization failure: nothing was changed, the same transaction may be tried again. */
function canBeRetried(error: unknown): boolean {
  const { code } = error as { code?: string };
  return code === '40P01' || code === '40001';
}

// Each look that is in vain means that somebody else's change was made meanwhile.
const MOST_LOOKS = 10;

/**
 * For who decides without a lock: looks again when the write found that something had changed, when a unique index
 * refused it, or when two waited for each other. Nothing was written then, and the next look says who was first.
 */
export async function lookingAgain<T>(look: () => Promise<T | 'look-again'>): Promise<T> {
  for (let n = 1; n <= MOST_LOOKS; n++) {
    try {
      const result = await look();
      if (result !== 'look-again') return result;
    } catch (error) {
      if (n === MOST_LOOKS || !(canBeRetried(error) || violated(error))) throw error;
    }
  }
  throw new Error('What was to be changed never stood still.');
}
