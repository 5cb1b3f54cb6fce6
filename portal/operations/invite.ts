import { randomUUID } from 'node:crypto';
import { newInvitationCode } from '../../core/invitation-code.ts';
import { decideInvite, INVITATION_DAYS, type Invite } from '../../core/invitations.ts';
import { may, type Seat } from '../../core/permissions.ts';
import { type Refused, refused } from '../../core/refusals.ts';
import type { Account, Portal } from '../portal.ts';
import { writeChange } from '../store/changes.ts';
import type { Queries, Transaction } from '../store/database.ts';
import { lock, type RegistrationFacts, registrationOf } from '../store/facts.ts';
import { sql } from '../store/sql.ts';
import { noticesTo } from './notices.ts';
import { hashToken, newToken } from './sessions.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const REMINDED_AFTER_DAYS = [7, 21];

/**
 * A party invites somebody to the other seat, or offers its own, by mail or on paper. An invitation to that seat that is open
 * ends by that.
 */
export interface InviteCommand {
  account: Account;
  registration: string;
  invite: Invite;
  /** The own seat is offered: it changes hands when it is accepted, and not before. */
  handsOver?: boolean;
}

export type InviteResult =
  | {
      outcome: 'invited';
      registration: string;
      invitation: string;
      /** Of a printed one, what is printed: it is shown once, and only its hash is kept. */
      code: string | undefined;
      expiresAt: Date;
    }
  | Refused;

export function invite(
  portal: Portal,
  { account, registration: number, invite, handsOver = false }: InviteCommand,
): Promise<InviteResult> {
  return portal.db.transaction(async (tx) => {
    const [, registration] = await Promise.all([lock(tx, [], [number]), registrationOf(tx, account.id, number)]);
    if (!registration) return refused('not-among-yours');
    return inviteIn(tx, portal, registration, account, invite, handsOver);
  });
}

/** What an invitation needs to know of a registration whose row is locked. */
type Inviting = Pick<RegistrationFacts, 'number' | 'state' | 'site' | 'head' | 'who' | 'parties' | 'siteAdministrator'>;

export async function inviteIn(
  tx: Transaction,
  portal: Portal,
  registration: Inviting,
  account: Account,
  invite: Invite,
  handsOver = false,
): Promise<InviteResult> {
  const at = portal.now();
  const { number, site } = registration;
  const decision = decideInvite({ ...registration, invite, handsOver, sentToday: await sentToday(tx, number, at) });
  if (decision.outcome === 'refused') return decision;
  const { seat } = decision;
  const invitation = randomUUID();
  const code = invite.how === 'printed' ? newInvitationCode() : undefined;
  const token = code ?? newToken();
  const until = new Date(at.getTime() + INVITATION_DAYS * DAY_MS);
  const facts = { site, by: account.name, organisation: account.organisation, seat, at };
  const mail =
    invite.how === 'mail'
      ? await mailInvitation(tx, account, invite.address, handsOver ? 'hand-over' : 'invitation', {
          ...facts,
          until,
          path: `/invitations/${token}`,
        })
      : null;
  const replaced = await endOpen(tx, number, seat, at);
  await tx.rows(sql`
    insert into invitation
      (id, registration, seat, hands_over, how, address, token_hash, mail, invited_by, invited_at, expires_at)
    values (${invitation}, ${number}, ${seat}, ${handsOver}, ${invite.how}, ${invite.how === 'mail' ? invite.address : null},
      ${hashToken(token)}, ${mail}, ${account.id}, ${at}, ${until})`);
  if (mail) await remindLater(tx, mail, invitation, at);
  const template = handsOver ? 'hand-over-offered' : 'invited';
  const again = handsOver ? 'hand-over-replaced' : 'invitation-replaced';
  await writeChange(tx, {
    registration,
    act: replaced ? again : template,
    actor: account,
    at,
    about: { seat, how: invite.how },
    ...(invite.how === 'mail' && { texts: { address: invite.address } }),
    mails: noticesTo(registration, template, { ...facts, registration: number }),
  });
  return { outcome: 'invited', registration: number, invitation, code, expiresAt: until };
}

async function sentToday(q: Queries, number: string, now: Date): Promise<number> {
  const row = await q.row(sql<{ count: number }>`
    select count(*)::int as count from invitation
    where registration = ${number} and invited_at > ${new Date(now.getTime() - DAY_MS)}`);
  return row?.count ?? 0;
}

/**
 * A mail of its own, that no notice of the registration is gathered with: it goes to somebody who has no seat yet. Who has no
 * account is written to in the language of who invites.
 */
export async function mailInvitation(
  tx: Transaction,
  inviter: Account,
  address: string,
  template: 'invitation' | 'hand-over' | 'member-invitation',
  facts: Record<string, unknown> & { at: Date },
): Promise<string> {
  const mail = randomUUID();
  await tx.rows(sql`
    insert into outbox (id, recipient, address, template, facts, created_at, due_at)
    select ${mail}, 'invited', ${address}, ${template}, ${JSON.stringify(facts)}::jsonb || jsonb_build_object('language',
        coalesce((select language from account where lower(email) = lower(${address})), inviter.language)),
      ${facts.at}, ${facts.at}
    from account inviter where inviter.id = ${inviter.id}`);
  return mail;
}

/** The mail once more on later days, as long as it was not answered (`mail/outbox.ts`). Nothing gathers them. */
async function remindLater(tx: Transaction, mail: string, invitation: string, at: Date): Promise<void> {
  const days = REMINDED_AFTER_DAYS.map((day) => new Date(at.getTime() + day * DAY_MS));
  await tx.rows(sql`
    insert into outbox (id, recipient, address, template, facts, created_at, due_at)
    select gen_random_uuid(), recipient, address, 'invitation-reminder',
      facts || jsonb_build_object('invitation', ${invitation}::text), created_at, day
    from outbox, unnest(${days}::timestamptz[]) as d (day) where id = ${mail}`);
}

/** Ends the invitation that is open. `true`: it could still have been accepted. */
async function endOpen(tx: Transaction, number: string, seat: Seat, at: Date): Promise<boolean> {
  const row = await tx.row(sql<{ replaced: boolean }>`
    update invitation
    set ended_at = ${at}, ended_as = case when expires_at <= ${at} then 'expired' else 'replaced' end
    where registration = ${number} and seat = ${seat} and ended_at is null
    returning ended_as = 'replaced' as replaced`);
  return row?.replaced ?? false;
}

export interface WithdrawCommand {
  account: Account;
  registration: string;
  invitation: string;
}

export type WithdrawResult = { outcome: 'withdrawn' | 'already'; registration: string } | Refused;

/**
 * A party takes an invitation back; what it offers of its own seat, nobody else does. One that has ended by itself meanwhile
 * needs nothing more.
 */
export function withdrawInvitation(portal: Portal, command: WithdrawCommand): Promise<WithdrawResult> {
  const { account, registration: number, invitation } = command;
  const at = portal.now();
  return portal.db.transaction(async (tx) => {
    const [, registration] = await Promise.all([lock(tx, [], [number]), registrationOf(tx, account.id, number)]);
    if (!registration) return refused('not-among-yours');
    const allowed = may('invite', registration.state, registration.who);
    if (allowed !== 'yes') return refused(allowed, { site: registration.site, registration: number });
    const ended = await tx.row(sql<{ seat: Seat; handsOver: boolean }>`
      update invitation set ended_at = ${at}, ended_as = 'withdrawn'
      where id = ${invitation} and registration = ${number} and ended_at is null
        and (not hands_over or seat = ${registration.who})
      returning seat, hands_over as "handsOver"`);
    if (!ended) return { outcome: 'already', registration: number };
    const { seat, handsOver } = ended;
    const act = handsOver ? 'hand-over-withdrawn' : 'invitation-withdrawn';
    const { name, organisation } = account;
    const facts = { site: registration.site, registration: number, by: name, organisation, seat, at };
    await writeChange(tx, {
      registration,
      act,
      actor: account,
      at,
      about: { seat },
      mails: noticesTo(registration, act, facts),
    });
    return { outcome: 'withdrawn', registration: number };
  });
}
