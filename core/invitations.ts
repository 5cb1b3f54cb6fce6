import { may, type RegistrationState, type Seat, type Who } from './permissions.ts';
import { type Refused, refused } from './refusals.ts';
import { looksLikeEmail } from './registration-form.ts';

/**
 * Invitations: a party asks somebody to take the other seat, or hands its own over. By mail it is for the account that has
 * verified that very address; printed it is for whoever has its code.
 */

/** How long an invitation can be accepted. */
export const INVITATION_DAYS = 30;
/** How many invitations a registration may send a day, whatever became of them: each can be a mail to a stranger. */
const MOST_A_DAY = 10;
/** How many wrong codes an account may try in 24 hours. Only its own count, so nobody can use up another's. */
export const CODE_TRIES_A_DAY = 20;

/** An invitation as it is asked for. */
export type Invite = { how: 'mail'; address: string } | { how: 'printed' };
/** What the form asks an integrator: `unknown` invites nobody yet. */
export const INVITE_CHOICES = ['mail', 'unknown', 'printed'] as const;
export type InviteChoice = (typeof INVITE_CHOICES)[number];

/** What somebody chose, as it was typed. The address is kept also while something else is chosen. */
export interface InviteAnswer {
  choice?: InviteChoice;
  address?: string;
}

export type InviteProblem = 'choose' | 'not-an-email' | 'own-address';

/** Reads the answer as it was typed. `taken`: the addresses of those who have a seat, who cannot take the other. */
export function readInvite(
  typed: { choice?: unknown; address?: unknown },
  taken: readonly string[],
): { answer: InviteAnswer; problem: InviteProblem | undefined } {
  const choice = INVITE_CHOICES.find((known) => known === typed.choice);
  // A NUL is in no address, and PostgreSQL keeps none.
  const address = typeof typed.address === 'string' ? typed.address.replaceAll('\0', '').trim().slice(0, 300) : '';
  const answer = { ...(choice && { choice }), ...(address && { address }) };
  return { answer, problem: problemOf(answer, taken) };
}

function problemOf({ choice, address = '' }: InviteAnswer, taken: readonly string[]): InviteProblem | undefined {
  if (!choice) return 'choose';
  if (choice !== 'mail') return undefined;
  if (!looksLikeEmail(address)) return 'not-an-email';
  return taken.some((one) => sameAddress(one, address)) ? 'own-address' : undefined;
}

/** One mailbox is one address, however it is capitalised. */
export const sameAddress = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** The seat that an invitation of this party is to. */
export const otherSeat = (seat: Seat): Seat => (seat === 'integrator' ? 'end-user' : 'integrator');

interface InviteProposal {
  state: RegistrationState;
  site: string;
  who: Who;
  parties: readonly { seat: Seat; email: string }[];
  invite: Invite;
  /** The own seat is offered, rather than the other one. */
  handsOver: boolean;
  /** Invitations of this registration in the last 24 hours. */
  sentToday: number;
}

/** May somebody be invited to the seat now? An invitation that is open does not hinder: it is replaced. */
export function decideInvite(p: InviteProposal): { outcome: 'may'; seat: Seat } | Refused {
  const allowed = may(p.handsOver ? 'hand-over' : 'invite', p.state, p.who);
  if (allowed !== 'yes' || p.who === 'stranger') {
    return refused(allowed === 'yes' ? 'not-among-yours' : allowed, { site: p.site });
  }
  const seat = p.handsOver ? p.who : otherSeat(p.who);
  if (!p.handsOver && p.parties.some((party) => party.seat === seat))
    return refused('seat-taken', { site: p.site, seat });
  const { invite } = p;
  if (invite.how === 'mail' && p.parties.some(({ email }) => sameAddress(email, invite.address))) {
    return refused('not-both-seats', { site: p.site, seat: p.who });
  }
  if (p.sentToday >= MOST_A_DAY) return refused('invitation-limit', { site: p.site, count: MOST_A_DAY });
  return { outcome: 'may', seat };
}

export interface OpenInvitation {
  seat: Seat;
  /** Where it was mailed to; printed, it is for whoever has its code. */
  address: string | null;
  /** The party of the seat offers it: until it is accepted, it keeps everything. */
  handsOver: boolean;
  expiresAt: Date;
  endedAs: InvitationEnd | null;
}

export type InvitationEnd = 'accepted' | 'refused' | 'withdrawn' | 'replaced' | 'expired' | 'closed';

export interface Answering {
  now: Date;
  invitation: OpenInvitation | undefined;
  state: RegistrationState;
  /** The addresses that the account has verified. */
  verified: readonly string[];
  account: string;
  parties: readonly { seat: Seat; account: string }[];
}

/**
 * Is the invitation open to this account? Unknown, ended, expired and another's are one answer: the invitee needs the same
 * of each, and a stranger learns nothing.
 */
export function decideAnswer(
  a: Answering,
): { outcome: 'may'; seat: Seat; handsOver: boolean } | { outcome: 'already' } | Refused {
  const { invitation, parties } = a;
  const has = parties.find((party) => party.account === a.account)?.seat;
  if (!invitation) return refused('invitation-ended');
  const { seat, address, handsOver, endedAs } = invitation;
  if (address !== null && !a.verified.some((own) => sameAddress(own, address))) return refused('invitation-ended');
  if (endedAs === 'accepted' && has === seat) return { outcome: 'already' };
  if (endedAs !== null || invitation.expiresAt <= a.now) return refused('invitation-ended');
  const allowed = handsOver ? may('hand-over', a.state, seat) : may('invite', a.state, otherSeat(seat));
  if (allowed !== 'yes') return refused('invitation-ended');
  if (handsOver && has === seat) return { outcome: 'already' };
  if (has !== undefined) return refused('not-both-seats', { seat: has });
  const isTaken = parties.some((party) => party.seat === seat);
  return isTaken === handsOver ? { outcome: 'may', seat, handsOver } : refused('invitation-ended');
}
