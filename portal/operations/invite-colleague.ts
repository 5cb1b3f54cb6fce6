import { randomUUID } from 'node:crypto';
import { sameAddress } from '../../core/invitations.ts';
import { MEMBER_INVITATION_DAYS, mayInOrganisation, mayInviteColleague } from '../../core/organisations.ts';
import { type Refused, refused } from '../../core/refusals.ts';
import type { Account, Portal } from '../portal.ts';
import { lookingAgain, type Queries } from '../store/database.ts';
import { sql } from '../store/sql.ts';
import { mailInvitation } from './invite.ts';
import { lockOrganisation } from './members.ts';
import { hashToken, newToken } from './sessions.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** An administrator invites a colleague by mail. */
export interface InviteColleagueCommand {
  account: Account;
  address: string;
}

/** `already`: an invitation to this address is open, or it is a member's. */
export type InviteColleagueResult = { outcome: 'invited'; invitation: string } | { outcome: 'already' } | Refused;

export function inviteColleague(portal: Portal, command: InviteColleagueCommand): Promise<InviteColleagueResult> {
  const { account, address } = command;
  const at = portal.now();
  return portal.db.transaction(async (tx): Promise<InviteColleagueResult> => {
    const { organisation, role, members } = await lockOrganisation(tx, account.id);
    const allowed = mayInOrganisation('invite', role);
    if (allowed !== 'yes' || !organisation) return refused(allowed === 'yes' ? 'no-organisation' : allowed);
    if (members.some(({ email }) => sameAddress(email, address))) return { outcome: 'already' };
    await tx.rows(sql`
      update organisation_invitation set ended_at = ${at}, ended_as = 'expired'
      where organisation = ${organisation.id} and ended_at is null and expires_at <= ${at}`);
    const open = await tx.row(sql`
      select from organisation_invitation
      where organisation = ${organisation.id} and lower(address) = lower(${address}) and ended_at is null`);
    if (open) return { outcome: 'already' };
    const limit = mayInviteColleague(await sentToday(tx, organisation.id, at));
    if (limit) return limit;
    const [invitation, token] = [randomUUID(), newToken()];
    const until = new Date(at.getTime() + MEMBER_INVITATION_DAYS * DAY_MS);
    const facts = { by: account.name, organisation: organisation.name, at, until };
    const path = `/organisation-invitations/${token}`;
    const mail = await mailInvitation(tx, account, address, 'member-invitation', { ...facts, path });
    await tx.rows(sql`
      insert into organisation_invitation
        (id, organisation, address, token_hash, mail, invited_by, invited_at, expires_at)
      values (${invitation}, ${organisation.id}, ${address}, ${hashToken(token)}, ${mail}, ${account.id}, ${at}, ${until})`);
    return { outcome: 'invited', invitation };
  });
}

async function sentToday(q: Queries, organisation: string, now: Date): Promise<number> {
  const row = await q.row(sql<{ count: number }>`
    select count(*)::int as count from organisation_invitation
    where organisation = ${organisation} and invited_at > ${new Date(now.getTime() - DAY_MS)}`);
  return row?.count ?? 0;
}

export interface WithdrawColleagueCommand {
  account: Account;
  invitation: string;
}

export type WithdrawColleagueResult = { outcome: 'withdrawn' | 'already' } | Refused;

/** One that has ended meanwhile, and one of another organisation, need nothing more. */
export function withdrawColleague(
  portal: Portal,
  { account, invitation }: WithdrawColleagueCommand,
): Promise<WithdrawColleagueResult> {
  return lookingAgain(() =>
    portal.db.transaction(async (tx): Promise<WithdrawColleagueResult> => {
      const { organisation, role } = await lockOrganisation(tx, account.id);
      const allowed = mayInOrganisation('withdraw', role);
      if (allowed !== 'yes' || !organisation) return refused(allowed === 'yes' ? 'no-organisation' : allowed);
      const ended = await tx.row(sql`
      update organisation_invitation set ended_at = ${portal.now()}, ended_as = 'withdrawn'
      where id = ${invitation} and organisation = ${organisation.id} and ended_at is null returning id`);
      return { outcome: ended ? 'withdrawn' : 'already' };
    }),
  );
}
