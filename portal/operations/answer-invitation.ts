import { readInvitationCode } from '../../core/invitation-code.ts';
import { CODE_TRIES_A_DAY, decideAnswer, type OpenInvitation } from '../../core/invitations.ts';
import type { Seat } from '../../core/permissions.ts';
import { type Refused, refused } from '../../core/refusals.ts';
import type { Account, Portal } from '../portal.ts';
import { writeChange } from '../store/changes.ts';
import { lookingAgain, type Queries, type Transaction } from '../store/database.ts';
import { lock, type RegistrationFacts, registrationUnasked } from '../store/facts.ts';
import { membersOf } from '../store/reads/organisation.ts';
import { sql } from '../store/sql.ts';
import { noticesTo } from './notices.ts';
import { hashToken } from './sessions.ts';
import { handOverIn, takeSeatIn } from './take-seat.ts';

/** For how long a wrong code counts. */
export const INVITATION_TRIES_COUNT_MS = 24 * 60 * 60 * 1000;

/** Who is invited looks, accepts or refuses. `secret`: of the link in the mail, or the printed code. */
export interface AnswerCommand {
  account: Account;
  secret: string;
}

/** What is shown before it is accepted: the site and who invites, and nothing else of the registration. */
export interface InvitationShown {
  site: string;
  /** Whose invitation it is. */
  organisation: string;
  seat: Seat;
  /** It is their own seat that they offer. */
  handsOver: boolean;
  expiresAt: Date;
}

interface Already {
  outcome: 'already';
  registration: string;
  seat: Seat;
}

export type LookResult = { outcome: 'open'; invitation: InvitationShown } | Already | Refused;

export function lookAtInvitation(portal: Portal, command: AnswerCommand): Promise<LookResult> {
  return whileTriesAreLeft(portal, command, async () => {
    const row = await invitationWith(portal.db, command.secret);
    if (!row) return refused('invitation-ended');
    const registration = await registrationUnasked(portal.db, row.registration);
    const answer = await answerTo(portal, portal.db, command, row, registration);
    if (answer.outcome !== 'may') return answer;
    const { seat, handsOver, organisation, expiresAt } = row;
    return {
      outcome: 'open',
      invitation: { site: registration?.site ?? '', organisation, seat, handsOver, expiresAt },
    };
  });
}

export type AcceptResult = { outcome: 'accepted'; registration: string; seat: Seat } | Already | Refused;

/** Accepting takes the seat, free or from who offers it. Whoever is first has it; for all others the invitation has ended. */
export function acceptInvitation(portal: Portal, command: AnswerCommand): Promise<AcceptResult> {
  const { account } = command;
  return answering(portal, command, 'accepted', async (tx, registration, { seat, handsOver }) => {
    const taking = { registration, account, seat, at: portal.now() };
    await (handsOver ? handOverIn(tx, taking) : takeSeatIn(tx, taking));
    return { outcome: 'accepted', registration: registration.number, seat };
  });
}

export type RefuseResult = { outcome: 'declined' } | Already | Refused;

/** The invitee does not want the seat: it stays as it is, and the parties are told. */
export function refuseInvitation(portal: Portal, command: AnswerCommand): Promise<RefuseResult> {
  const at = portal.now();
  return answering(portal, command, 'refused', async (tx, registration, { seat, handsOver }) => {
    const act = handsOver ? 'hand-over-refused' : 'invitation-refused';
    const facts = { site: registration.site, registration: registration.number, seat, at };
    await writeChange(tx, {
      registration,
      act,
      actor: command.account,
      at,
      about: { seat },
      mails: noticesTo(registration, act, facts),
    });
    return { outcome: 'declined' };
  });
}

/** One transaction: the registration is locked, the rule is asked again, the invitation ends, and what follows is done. */
function answering<Done>(
  portal: Portal,
  command: AnswerCommand,
  endedAs: 'accepted' | 'refused',
  then: (
    tx: Transaction,
    registration: RegistrationFacts,
    open: Pick<OpenInvitation, 'seat' | 'handsOver'>,
  ) => Promise<Done>,
): Promise<Done | Already | Refused> {
  const answer = () =>
    portal.db.transaction(async (tx): Promise<Done | Already | Refused> => {
      const row = await invitationWith(tx, command.secret);
      if (!row) return refused('invitation-ended');
      await lock(tx, [], [row.registration]);
      const [now, registration] = await Promise.all([
        invitationWith(tx, command.secret),
        registrationUnasked(tx, row.registration),
      ]);
      const open = await answerTo(portal, tx, command, now, registration);
      if (open.outcome !== 'may' || !registration) return open.outcome === 'may' ? refused('invitation-ended') : open;
      await tx.rows(sql`
        update invitation set ended_at = ${portal.now()}, ended_as = ${endedAs} where id = ${row.id} and ended_at is null`);
      return then(tx, registration, open);
    });
  // A colleague may have taken the other seat, or joined with it: the next look says so.
  return whileTriesAreLeft(portal, command, () => lookingAgain(answer));
}

interface InvitationRow extends OpenInvitation {
  id: string;
  registration: string;
  organisation: string;
}

function invitationWith(q: Queries, secret: string): Promise<InvitationRow | undefined> {
  const code = readInvitationCode(secret);
  return q.row(sql<InvitationRow>`
    select i.id, i.registration, i.seat, i.hands_over as "handsOver", i.address, i.expires_at as "expiresAt",
      i.ended_as as "endedAs", coalesce(o.name, theirs.organisation, a.organisation) as organisation
    from invitation i join account a on a.id = i.invited_by
    left join (party p join account theirs on theirs.id = p.account left join organisation o on o.id = p.organisation)
      on p.registration = i.registration and (p.seat = i.seat) = i.hands_over
    where i.token_hash = ${hashToken(code.outcome === 'read' ? code.code : secret)}`);
}

async function answerTo(
  portal: Portal,
  q: Queries,
  { account }: AnswerCommand,
  invitation: InvitationRow | undefined,
  registration: RegistrationFacts | undefined,
): Promise<{ outcome: 'may'; seat: Seat; handsOver: boolean } | Already | Refused> {
  if (!invitation || !registration) return refused('invitation-ended');
  const verified = await q.rows(sql<{ email: string }>`
    select email from account where id = ${account.id} and email_verified_at is not null`);
  const { state } = registration;
  const colleagues = await membersOf(q, account.id);
  const isOwn = ({ account: id }: { account: string }) => colleagues.some((colleague) => colleague.account === id);
  // Whatever seat a colleague has alone counts as one's own: nobody would act in both.
  const parties = registration.parties.map((party) => (isOwn(party) ? { ...party, account: account.id } : party));
  const answer = decideAnswer({
    now: portal.now(),
    invitation,
    state,
    account: account.id,
    parties,
    verified: verified.map((row) => row.email),
  });
  if (answer.outcome !== 'already') return answer;
  return { outcome: 'already', registration: registration.number, seat: invitation.seat };
}

/**
 * A code that is well written and unknown is a try, and an account has only so many a day. What somebody mistyped is found
 * by its check symbols and costs nothing, and nobody's tries count for anybody else.
 */
async function whileTriesAreLeft<Done>(
  portal: Portal,
  { account, secret }: AnswerCommand,
  answer: () => Promise<Done | Refused>,
): Promise<Done | Refused> {
  if (readInvitationCode(secret).outcome !== 'read') return answer();
  const since = new Date(portal.now().getTime() - INVITATION_TRIES_COUNT_MS);
  const tries = await portal.db.row(sql<{ count: number; first: Date | null }>`
    select count(*)::int as count, min(at) as first from invitation_try where account = ${account.id} and at > ${since}`);
  if (tries?.first && tries.count >= CODE_TRIES_A_DAY) {
    const at = new Date(tries.first.getTime() + INVITATION_TRIES_COUNT_MS);
    return refused('invitation-code-limit', { count: CODE_TRIES_A_DAY, at });
  }
  const result = await answer();
  if (!(await invitationWith(portal.db, secret))) {
    await portal.db.rows(sql`insert into invitation_try (account, at) values (${account.id}, ${portal.now()})`);
  }
  return result;
}
