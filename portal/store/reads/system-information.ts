import type { Consent } from '../../../core/consents.ts';
import type { RegistrationState, Seat } from '../../../core/permissions.ts';
import type { Answers } from '../../../core/registration-form.ts';
import type { Queries } from '../database.ts';
import { type ConflictKind, type How, hadEndUser, REQUEST_HOURS, registeredAt } from '../facts.ts';
import { sql } from '../sql.ts';
import { type CaseLine, casesAbout, type Look, looksAt } from './cases.ts';
import { consentsOf } from './consents.ts';
import { type Invitation, openInvitationOf, openOfferOf } from './invitations.ts';

/** Everything that the System information page shows. Each query joins the asker's seat: without one it finds nothing. */
export interface SystemInformation {
  number: string;
  site: string;
  state: RegistrationState;
  /** The asker's own. */
  seat: Seat;
  /** For whom the asker acts here: itself, or its organisation. */
  holder: string;
  revision: number;
  /** At which the answers were last changed. */
  answersRevision: number;
  answers: Required<Answers>;
  registeredAt: Date;
  /** `by`: the end user, if it still is one. */
  confirmed: { at: Date; by: string | null } | undefined;
  closedAt: Date | undefined;
  mergedInto: { number: string; site: string } | undefined;
  /** Of an organisation both names are its own: who took the seat for it may be gone. */
  parties: PartyShown[];
  /** Somebody is the end user, or was it once. */
  hadEndUser: boolean;
  /** At most one is current; the claims wait for the system's own word; the retired ones stay with the registration. */
  current: SystemOfRegistration | undefined;
  claims: SystemOfRegistration[];
  retired: SystemOfRegistration[];
  /** To the seat that is free. */
  invitation: Invitation | undefined;
  /** Of the reader's own seat. */
  offer: Invitation | undefined;
  consents: Consent[];
  cases: CaseLine[];
  /** Of portal administrators. */
  looks: Look[];
  conflicts: { id: string; kind: ConflictKind; systemId: string; openedAt: Date }[];
  historyLength: number;
}

interface PartyShown {
  seat: Seat;
  holder: string;
  name: string;
  organisation: string;
  /** When it leaves, if it has said so; as text, since it comes as JSON. */
  leavesAt: string | null;
}

export interface SystemOfRegistration {
  association: string;
  systemId: string;
  state: 'current' | 'claimed' | 'retired';
  how: How;
  asNew: boolean;
  former: string | null;
  /** The party for which it was made: an account, or an organisation. */
  madeFor: string;
  /** Whom the asker sees as who made it: a party, by name. */
  madeByName: string | null;
  /** When it was made, and if it had to be proven, when it was. */
  madeAt: Date;
  endedAt: Date | null;
  endUserNoticeAcceptedAt: Date | null;
  /** The asker's request that it came from, as long as the portal holds it: from there it can be moved or merged. */
  request: string | null;
  server: { kind: string | null; name: string | null; version: string | null };
  /** What it said last in a check-in, because the end user agreed to share it. */
  shared: { at: Date; agent: string; restored: boolean } | undefined;
  lastHeardAt: Date | null;
  /** Since when the system says that it shows this registration. */
  shownSince: Date | null;
}

interface RegistrationRow {
  number: string;
  state: RegistrationState;
  site: string;
  seat: Seat;
  holder: string;
  revision: number;
  answersRevision: number;
  answers: Required<Answers>;
  registeredAt: Date;
  confirmedAt: Date | null;
  confirmedBy: string | null;
  closedAt: Date | null;
  keptNumber: string | null;
  keptSite: string | null;
  parties: PartyShown[];
  hadEndUser: boolean;
  historyLength: number;
}

/** `undefined`: the number is unknown or none of the asker's; which of them, nobody can tell from here. */
export async function systemInformation(
  q: Queries,
  account: string,
  number: string,
  now: Date,
): Promise<SystemInformation | undefined> {
  const [row, systems, conflicts, invitation, offer, consents, cases, looks] = await Promise.all([
    registrationRow(q, account, number),
    systemsOf(q, account, number, now),
    conflictsOf(q, account, number),
    openInvitationOf(q, account, number, now),
    openOfferOf(q, account, number, now),
    consentsOf(q, account, number),
    casesAbout(q, account, number),
    looksAt(q, account, number),
  ]);
  if (!row) return undefined;
  const { confirmedAt, confirmedBy, closedAt, keptNumber, keptSite, ...registration } = row;
  return {
    ...registration,
    confirmed: confirmedAt ? { at: confirmedAt, by: confirmedBy } : undefined,
    closedAt: closedAt ?? undefined,
    mergedInto: keptNumber && keptSite ? { number: keptNumber, site: keptSite } : undefined,
    current: systems.find((system) => system.state === 'current'),
    claims: systems.filter((system) => system.state === 'claimed'),
    retired: systems.filter((system) => system.state === 'retired'),
    conflicts,
    invitation,
    offer,
    consents,
    cases,
    looks,
  };
}

function registrationRow(q: Queries, account: string, number: string): Promise<RegistrationRow | undefined> {
  return q.row(sql<RegistrationRow>`
    select r.number, r.state, r.site_name as site, mine.seat, mine.holder, r.revision, r.answers_revision as "answersRevision",
      ${registeredAt} as "registeredAt",
      jsonb_build_object('installation', r.installation, 'site-administrator', r.site_administrator,
        'warranty', r.warranty) as answers,
      r.confirmed_at as "confirmedAt", confirmer.name as "confirmedBy", r.closed_at as "closedAt",
      kept.number as "keptNumber", kept.site_name as "keptSite", r.history_n as "historyLength",
      ${hadEndUser} as "hadEndUser",
      (select json_agg(json_build_object('seat', p.seat, 'holder', p.holder, 'name', coalesce(o.name, c.name),
          'organisation', coalesce(o.name, c.organisation), 'leavesAt', p.leaves_at) order by p.seat desc)
        from party p join account c on c.id = p.account left join organisation o on o.id = p.organisation
        where p.registration = r.number) as parties
    from registration r
    join acting mine on mine.registration = r.number and mine.account = ${account}
    left join (acting p join account confirmer on confirmer.id = p.account)
      on p.registration = r.number and p.account = r.confirmed_by
    left join (registration kept join acting also on also.registration = kept.number and also.account = ${account})
      on kept.number = r.merged_into
    where r.number = ${number}`);
}

interface SystemRow extends Omit<SystemOfRegistration, 'server' | 'shared'> {
  kind: string | null;
  name: string | null;
  version: string | null;
  sharedAt: Date | null;
  agent: string | null;
  restored: boolean | null;
}

async function systemsOf(q: Queries, account: string, number: string, now: Date): Promise<SystemOfRegistration[]> {
  const heldSince = new Date(now.getTime() - REQUEST_HOURS * 60 * 60 * 1000);
  const rows = await q.rows(sql<SystemRow>`
    select a.id as association, a.system_id as "systemId", a.state, a.how, a.as_new as "asNew", a.former, coalesce(a.made_for, a.made_by) as "madeFor",
      maker.name as "madeByName", coalesce(a.proven_at, a.made_at) as "madeAt", a.ended_at as "endedAt",
      (select min(accepted_at) from outbox o where o.association = a.id and o.recipient = 'end-user')
        as "endUserNoticeAcceptedAt",
      (select q.id from request q
        where q.association = a.id and q.account = ${account} and q.received_at > ${heldSince} and q.cancelled_at is null
        order by q.received_at desc limit 1) as request,
      s.kind, coalesce(said.name, s.name) as name, coalesce(said.version, s.version) as version,
      said.said_at as "sharedAt", said.agent, said.restored, s.last_heard_at as "lastHeardAt",
      case when s.shows = a.registration then s.shows_since end as "shownSince"
    from association a
    join acting mine on mine.registration = a.registration and mine.account = ${account}
    join system s on s.system_id = a.system_id
    left join shared_server said on said.registration = a.registration and said.system_id = a.system_id
    left join (acting p join account maker on maker.id = p.account)
      on p.registration = a.registration and p.account = a.made_by
    where a.registration = ${number} and a.state in ('current', 'claimed', 'retired')
    order by coalesce(a.ended_at, a.made_at) desc`);
  return rows.map(({ kind, name, version, sharedAt, agent, restored, ...system }) => ({
    ...system,
    server: { kind, name, version },
    shared: sharedAt && agent ? { at: sharedAt, agent, restored: restored ?? false } : undefined,
  }));
}

function conflictsOf(q: Queries, account: string, number: string): Promise<SystemInformation['conflicts']> {
  return q.rows(sql<SystemInformation['conflicts'][number]>`
    select c.id, c.kind, c.system_id as "systemId", c.opened_at as "openedAt"
    from conflict c
    where c.settled_at is null and c.system_id in (
      select a.system_id from association a
      join acting mine on mine.registration = a.registration and mine.account = ${account}
      where a.registration = ${number} and a.state in ('current', 'retired'))
    order by c.opened_at`);
}
