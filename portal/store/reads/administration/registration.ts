import { randomUUID } from 'node:crypto';
import type { Consent } from '../../../../core/consents.ts';
import type { RegistrationState, Seat } from '../../../../core/permissions.ts';
import type { Answers } from '../../../../core/registration-form.ts';
import type { SystemId } from '../../../../core/system-id.ts';
import type { Database, Transaction } from '../../database.ts';
import { sql } from '../../sql.ts';
import { CASE_LINE, type CaseLine, type Look } from '../cases.ts';
import { entryFrom, type HistoryRow, type PastEntry } from '../history.ts';

/**
 * What a portal administrator reads of a registration. Each look is written down in the transaction that reads, where the
 * parties can read it, with the reason that was given once in this log-on: there is no other way in.
 */

/** Who looks: an account that administers the portal, in a log-on of its. */
export interface Looker {
  account: string;
  session: string;
}

export interface AdministeredRegistration {
  number: string;
  site: string;
  state: RegistrationState;
  createdAt: Date;
  confirmedAt: Date | null;
  closedAt: Date | null;
  mergedInto: string | null;
  answers: Required<Answers>;
  parties: { seat: Seat; name: string; organisation: string; email: string; since: Date }[];
  systems: {
    systemId: SystemId;
    state: 'current' | 'claimed' | 'retired';
    madeAt: Date;
    kind: string | null;
    name: string | null;
    version: string | null;
    lastHeardAt: Date | null;
  }[];
  consents: Consent[];
  cases: CaseLine[];
  looks: Look[];
  history: PastEntry[];
  historyLength: number;
}

/** The number of a registration, from what is known of it: its own number, or a System ID that it has or had. */
export async function registrationNamed(
  db: Database,
  looker: Looker,
  named: { number: string } | { systemId: string },
): Promise<string | undefined> {
  const row = await db.row(sql<{ number: string }>`
    select r.number from registration r
    join administrator d on d.account = ${looker.account} and d.until is null
    where r.number = ${'number' in named ? named.number : null} or exists (
      select from association a
      where a.registration = r.number and a.system_id = ${'systemId' in named ? named.systemId : null}
        and a.state in ('current', 'retired'))`);
  return row?.number;
}

/** Why this registration is looked at: asked once in a log-on. */
export async function giveReason(
  db: Database,
  looker: Looker,
  number: string,
  reason: string,
  at: Date,
): Promise<boolean> {
  const row = await db.row(sql`
    insert into administrator_act (id, administrator, session, act, registration, reason, at)
    select ${randomUUID()}, d.account, ${looker.session}, 'gave-reason', r.number, ${reason}, ${at}
    from registration r join administrator d on d.account = ${looker.account} and d.until is null
    where r.number = ${number}
    returning id`);
  return row !== undefined;
}

/** `no-reason`: none was given in this log-on, or there is no such registration; nothing is read then. */
export async function look<T>(
  db: Database,
  looker: Looker,
  number: string,
  at: Date,
  read: (tx: Transaction) => Promise<T>,
): Promise<{ outcome: 'looked'; what: T } | { outcome: 'no-reason' }> {
  return db.transaction(async (tx) => {
    const written = await tx.row(sql`
      insert into administrator_act (id, administrator, session, act, registration, reason, at)
      select ${randomUUID()}, d.account, ${looker.session}, 'looked', given.registration, given.reason, ${at}
      from administrator_act given
      join administrator d on d.account = given.administrator and d.until is null
      where given.administrator = ${looker.account} and given.session = ${looker.session}
        and given.registration = ${number} and given.act = 'gave-reason'
      order by given.at desc limit 1
      returning id`);
    return written ? { outcome: 'looked', what: await read(tx) } : { outcome: 'no-reason' };
  });
}

interface Row extends Omit<AdministeredRegistration, 'systems' | 'consents' | 'cases' | 'looks' | 'history'> {
  parties: AdministeredRegistration['parties'];
}

/** All of it, inside of a look. */
export async function administeredRegistration(tx: Transaction, number: string): Promise<AdministeredRegistration> {
  const [row, systems, consents, cases, looks, history] = await Promise.all([
    tx.row(sql<Row>`
      select r.number, r.site_name as site, r.state, r.created_at as "createdAt", r.confirmed_at as "confirmedAt",
        r.closed_at as "closedAt", r.merged_into as "mergedInto", r.history_n as "historyLength",
        jsonb_build_object('installation', r.installation, 'site-administrator', r.site_administrator,
          'warranty', r.warranty) as answers,
        coalesce((select json_agg(json_build_object('seat', p.seat, 'name', c.name,
            'organisation', coalesce(o.name, c.organisation), 'email', c.email, 'since', p.since) order by p.seat desc)
          from party p join account c on c.id = p.account left join organisation o on o.id = p.organisation
          where p.registration = r.number), '[]') as parties
      from registration r where r.number = ${number}`),
    tx.rows(sql<AdministeredRegistration['systems'][number]>`
      select a.system_id as "systemId", a.state, coalesce(a.proven_at, a.made_at) as "madeAt", s.kind, s.name, s.version,
        s.last_heard_at as "lastHeardAt"
      from association a join system s on s.system_id = a.system_id
      where a.registration = ${number} and a.state in ('current', 'claimed', 'retired')
      order by a.state, a.made_at desc`),
    tx.rows(sql<Consent>`
      select distinct on (kind) kind, given, version, at from consent where registration = ${number}
      order by kind, n desc`),
    tx.rows(sql<CaseLine>`
      select ${CASE_LINE} from case_file f where f.registration = ${number} order by f.opened_at desc`),
    tx.rows(sql<Look>`
      select c.name, l.reason, min(l.at) as first, max(l.at) as last, count(*)::int as count
      from administrator_act l join account c on c.id = l.administrator
      where l.registration = ${number} and l.act = 'looked'
      group by l.session, l.administrator, c.name, l.reason order by last desc`),
    tx.rows(sql<HistoryRow>`
      select h.n, h.at, h.entry::jsonb as entry, actor.name as "actorName",
        (select json_object_agg(t.field, t.text) from history_text t where t.registration = h.registration and t.n = h.n)
          as texts
      from history h left join account actor on actor.id::text = h.entry::jsonb ->> 'actor'
      where h.registration = ${number} order by h.n desc`),
  ]);
  if (!row) throw new Error('A registration that was looked at is gone.');
  const parties = row.parties.map((party) => ({ ...party, since: new Date(party.since) }));
  return { ...row, parties, systems, consents, cases, looks, history: history.map(entryFrom) };
}
