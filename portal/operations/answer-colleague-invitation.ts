import { type Refused, refused } from '../../core/refusals.ts';
import type { Account, Portal } from '../portal.ts';
import { lookingAgain, type Queries, type Transaction } from '../store/database.ts';
import { registrationsAlone } from '../store/reads/organisation.ts';
import { sql } from '../store/sql.ts';
import { joinIn } from './join.ts';
import { tellAdministrators } from './members.ts';
import { hashToken } from './sessions.ts';

/** Who is invited into an organisation looks, accepts or refuses. `secret`: of the link in the mail. */
export interface AnswerColleagueCommand {
  account: Account;
  secret: string;
}

/** What is shown before it is accepted: which organisation, by whom, and what would become of one's own. */
export interface ColleagueInvitationShown {
  organisation: string;
  by: string;
  expiresAt: Date;
  /** How many registrations the account has alone. */
  alone: number;
}

type Already = { outcome: 'already' };

export async function lookAtColleagueInvitation(
  portal: Portal,
  { account, secret }: AnswerColleagueCommand,
): Promise<{ outcome: 'open'; invitation: ColleagueInvitationShown } | Already | Refused> {
  const { db } = portal;
  const found = await invitationFor(db, account, secret, portal.now());
  if (!found) return refused('invitation-ended');
  if (found.isMember) return { outcome: 'already' };
  const { organisation, by, expiresAt } = found;
  const alone = await registrationsAlone(db, account.id);
  return { outcome: 'open', invitation: { organisation, by, expiresAt, alone } };
}

export type AcceptColleagueResult = { outcome: 'accepted'; organisation: string; brought: number } | Already | Refused;

/** Accepting makes a member. `bring`: what the account has alone becomes the organisation's. */
export function acceptColleagueInvitation(
  portal: Portal,
  { account, secret, bring }: AnswerColleagueCommand & { bring: boolean },
): Promise<AcceptColleagueResult> {
  const at = portal.now();
  return lookingAgain(() =>
    portal.db.transaction(async (tx): Promise<AcceptColleagueResult> => {
      await lockInvitation(tx, secret);
      const found = await invitationFor(tx, account, secret, at);
      if (!found) return refused('invitation-ended');
      if (found.isMember) return { outcome: 'already' };
      const organisation = { id: found.organisationId, name: found.organisation };
      const joined = await joinIn(tx, { account, organisation, role: 'member', bring, at });
      if (joined.outcome === 'refused') return joined;
      await tx.rows(sql`
        update organisation_invitation set ended_at = ${at}, ended_as = 'accepted' where id = ${found.id}`);
      const facts = { name: account.name, organisation: organisation.name, count: String(joined.brought), at };
      await tellAdministrators(tx, organisation.id, account.id, 'member-joined', facts);
      return { outcome: 'accepted', organisation: organisation.name, brought: joined.brought };
    }),
  );
}

export function refuseColleagueInvitation(
  portal: Portal,
  { account, secret }: AnswerColleagueCommand,
): Promise<{ outcome: 'declined' } | Already | Refused> {
  const at = portal.now();
  return portal.db.transaction(async (tx) => {
    await lockInvitation(tx, secret);
    const found = await invitationFor(tx, account, secret, at);
    if (!found) return refused('invitation-ended');
    if (found.isMember) return { outcome: 'already' };
    await tx.rows(sql`
      update organisation_invitation set ended_at = ${at}, ended_as = 'refused' where id = ${found.id}`);
    return { outcome: 'declined' };
  });
}

interface Found {
  id: string;
  organisationId: string;
  organisation: string;
  by: string;
  expiresAt: Date;
  /** It was accepted by this very account. */
  isMember: boolean;
}

/** Of many who answer at once, each sees what the ones before did. */
async function lockInvitation(tx: Transaction, secret: string): Promise<void> {
  await tx.rows(sql`select from organisation_invitation where token_hash = ${hashToken(secret)} for update`);
}

/** Unknown, ended, expired and another's are one answer. */
async function invitationFor(q: Queries, account: Account, secret: string, now: Date): Promise<Found | undefined> {
  return q.row(sql<Found>`
    select i.id, o.id as "organisationId", o.name as organisation, inviter.name as by, i.expires_at as "expiresAt",
      i.ended_as is not null as "isMember"
    from organisation_invitation i
    join organisation o on o.id = i.organisation
    join account inviter on inviter.id = i.invited_by
    join account mine on mine.id = ${account.id}
      and mine.email_verified_at is not null and lower(mine.email) = lower(i.address)
    where i.token_hash = ${hashToken(secret)} and (
      (i.ended_at is null and i.expires_at > ${now})
      or (i.ended_as = 'accepted' and exists (
        select from acts_for where account = ${account.id} and organisation = i.organisation)))`);
}
