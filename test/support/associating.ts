import pg from 'pg';
import { startSession } from '../../portal/operations/sessions.ts';
import { type Cast, forgetMails } from '../../portal/seed.ts';
import {
  carried,
  currentAssociation,
  rebuilt,
  registered,
  type TestPortal,
  type TestServer,
  testServer,
} from './portal.ts';
import { until } from './until.ts';

/** A registered server whose database was deleted, and the person about to press *Associate*. */
export interface ToAssociate {
  server: TestServer;
  after: TestServer;
  registration: string;
  /** Sends *Associate* to the portal process, as the review page's form does. */
  send(): Promise<Response>;
}

export async function toAssociate(portal: TestPortal, cast: Cast, url: string): Promise<ToAssociate> {
  const server = testServer();
  const registration = await registered(portal, cast.integrator, server, { endUser: cast.endUser });
  await forgetMails(portal);
  const after = rebuilt(server);
  const request = await carried(portal, cast.integrator, after);
  const seen = (await currentAssociation(portal, registration)) ?? '';
  const token = await startSession(portal, cast.integrator.id);
  return {
    server,
    after,
    registration,
    send: () =>
      fetch(`${url}/requests/${request}/registrations/${registration}`, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          cookie: `datestone-portal-${new URL(url).port}-session=${token}`,
        },
        body: new URLSearchParams({ seen }),
      }),
  };
}

const LOCK = 4711;

/**
 * Makes whoever writes a table stand still in the open transaction: a trigger that only this database has waits there for
 * a lock that the test holds. Who only reads the table waits for the table itself.
 */
export class Gate {
  readonly #admin: pg.Client;
  /** Holds the locks. In an open transaction it would see no more than what was going on when it began. */
  readonly #holder: pg.Client;

  constructor(databaseUrl: string) {
    this.#admin = new pg.Client({ connectionString: databaseUrl });
    this.#holder = new pg.Client({ connectionString: databaseUrl });
  }

  async make(): Promise<this> {
    await Promise.all([this.#admin.connect(), this.#holder.connect()]);
    await this.#admin.query(`
      create or replace function wait_here() returns trigger language plpgsql as $$
      begin
        perform pg_advisory_xact_lock_shared(${LOCK});
        return coalesce(new, old);
      end $$`);
    return this;
  }

  /**
   * `when`: as of a trigger, "before insert"; "at commit"; or "before it is read". `row`: a condition, where only some of
   * the rows stand still.
   */
  async close(table: string, when: string, row = 'true'): Promise<void> {
    if (when === 'before it is read') {
      await this.#holder.query('begin');
      await this.#holder.query(`lock table ${table} in access exclusive mode`);
      return;
    }
    const trigger =
      when === 'at commit'
        ? `create constraint trigger wait_here after insert on ${table} deferrable initially deferred`
        : `create trigger wait_here ${when} on ${table}`;
    await this.#admin.query(`${trigger} for each row when (${row}) execute function wait_here()`);
    await this.#holder.query(`select pg_advisory_lock(${LOCK})`);
  }

  /** Waits until somebody stands here: the number of the database's process, and whether a transaction is open. */
  someone(): Promise<{ pid: number; open: boolean }> {
    return until('somebody to stand still', async () => {
      const { rows } = await this.#admin.query<{ pid: number; open: boolean }>(`
        select pid, xact_start is not null as open from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and wait_event in ('advisory', 'relation')`);
      return rows[0];
    });
  }

  /** Lets them go on, and stops nobody any more. */
  async open(): Promise<void> {
    await this.#holder.query('commit');
    await this.#holder.query('select pg_advisory_unlock_all()');
    const { rows } = await this.#admin.query(`
      select tgrelid::regclass as table from pg_trigger where tgname = 'wait_here'`);
    for (const { table } of rows) await this.#admin.query(`drop trigger wait_here on ${table}`);
  }

  /** Ends the database's own process: what it had begun is rolled back. */
  async terminate(pid: number): Promise<void> {
    await this.#admin.query('select pg_terminate_backend($1)', [pid]);
    await this.gone(pid);
  }

  async gone(pid: number): Promise<void> {
    await until('its transaction to end', async () => {
      const { rowCount } = await this.#admin.query('select from pg_stat_activity where pid = $1', [pid]);
      return rowCount === 0;
    });
  }

  async end(): Promise<void> {
    await Promise.all([this.#admin.end(), this.#holder.end()]);
  }
}
