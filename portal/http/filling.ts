import type { FastifyReply, FastifyRequest } from 'fastify';
import { type InviteAnswer, readInvite } from '../../core/invitations.ts';
import { editOf, may } from '../../core/permissions.ts';
import { refused } from '../../core/refusals.ts';
import { type Answers, readStep, STEPS, type Step } from '../../core/registration-form.ts';
import { COUNTRY_CODES } from '../countries.ts';
import type { FormOutline } from '../pages/form-step.tsx';
import { systemOf } from '../pages/proceed.tsx';
import { whyNot } from '../pages/why-not.ts';
import { type Account, seatOf } from '../portal.ts';
import { type Draft, draftOf, type Subject } from '../store/drafts.ts';
import type { BroughtRequest } from '../store/facts.ts';
import { preparedFrom } from '../store/reads/prepared.ts';
import { systemInformation } from '../store/reads/system-information.ts';
import { proceededRequest } from './brought.tsx';
import { type Http, numberOf, seeOther, signedIn, uuidOf } from './context.tsx';
import { refuse } from './refuse.tsx';
import type { SignedIn } from './visitor.ts';

/** A form that somebody is in: what it is for, what they filled in so far, and what they may fill in. */
export interface Filling {
  visitor: SignedIn;
  outline: FormOutline;
  subject: Subject;
  draft: Draft | undefined;
  /** What the form shows: the draft, and under it what the registration says. */
  answers: Answers;
  /** How the end user is invited, where the form asks for it. */
  invite: InviteAnswer;
  /** The registration that is edited. */
  edited: { number: string; site: string; answers: Answers; answersRevision: number } | undefined;
  /** The request that is to be registered as new. */
  brought: BroughtRequest | undefined;
  /** The form of a registration that is to be prepared. */
  preparation?: string;
}

/** The warranty is the integrator's. */
export const stepsOf = (account: Account): readonly Step[] =>
  STEPS.filter((step) => step !== 'warranty' || seatOf(account) === 'integrator');

/** The form of a new registration. Where there is none, the answer is sent here, and `undefined` is returned. */
export async function newFilling(
  http: Http,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Filling | undefined> {
  const known = await proceededRequest(http, request, reply, backOf(request));
  if (!known) return undefined;
  const { visitor, brought } = known;
  const subject = { systemId: brought.systemId };
  const draft = await draftOf(http.portal.db, visitor.account.id, subject);
  return {
    visitor,
    subject,
    draft,
    brought,
    edited: undefined,
    answers: draft?.answers ?? {},
    invite: draft?.invite ?? {},
    outline: {
      path: `/requests/${brought.id}/form`,
      before: `/requests/${brought.id}`,
      ...outlineOfNew(visitor, draft),
      system: systemOf(brought, visitor.t),
      isPrepared: false,
      asksEndUser: seatOf(visitor.account) === 'integrator',
    },
  };
}

/** What holds for a registration that does not exist yet, whether it has a System ID or not. */
function outlineOfNew(visitor: SignedIn, draft: Draft | undefined) {
  return {
    steps: stepsOf(visitor.account),
    locked: [],
    revision: undefined,
    draftSavedAt: draft?.updatedAt,
    mayCopy: true,
  };
}

/** The form of a registration that is to be prepared: the address holds an id of its own, so several can be open. */
export async function preparedFilling(
  http: Http,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Filling | undefined> {
  const visitor = await signedIn(http, request, reply, backOf(request));
  if (!visitor) return undefined;
  const preparation = uuidOf(request, 'id');
  const [made] = await preparedFrom(http.portal.db, visitor.account.id, preparation);
  if (made) {
    seeOther(reply, `/prepare/${preparation}`);
    return undefined;
  }
  const subject = { preparation };
  const draft = await draftOf(http.portal.db, visitor.account.id, subject);
  return {
    visitor,
    subject,
    draft,
    preparation,
    brought: undefined,
    edited: undefined,
    answers: draft?.answers ?? {},
    invite: {},
    outline: {
      path: `/prepare/${preparation}/form`,
      before: '/prepare',
      ...outlineOfNew(visitor, draft),
      system: undefined,
      isPrepared: true,
      asksEndUser: false,
    },
  };
}

/** The form of a registration that is edited: only the steps that this person may edit in its present state. */
export async function editFilling(
  http: Http,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Filling | undefined> {
  const visitor = await signedIn(http, request, reply, backOf(request));
  if (!visitor) return undefined;
  const { db } = http.portal;
  const number = numberOf(request, 'number');
  const subject = { registration: number };
  // The draft first: one that a submit has just removed then finds the registration as that submit left it.
  const draft = await draftOf(db, visitor.account.id, subject);
  const registration = await systemInformation(db, visitor.account.id, number, visitor.now);
  if (!registration) {
    await refuse(http, request, reply, visitor, refused('not-among-yours'));
    return undefined;
  }
  const { site, state, seat, revision, current } = registration;
  const answerFor = (step: Step) => may(editOf(step), state, seat);
  const steps = STEPS.filter((step) => answerFor(step) === 'yes');
  const locked = STEPS.flatMap((step) => {
    const code = answerFor(step);
    return code === 'yes' ? [] : [{ step, code, why: whyNot(visitor, editOf(step), code, registration) }];
  });
  const [first] = locked;
  if (steps.length === 0 && first) {
    await refuse(http, request, reply, visitor, refused(first.code, { site, registration: number }));
    return undefined;
  }
  return {
    visitor,
    subject,
    draft,
    brought: undefined,
    edited: { number, site, answers: registration.answers, answersRevision: registration.answersRevision },
    answers: { ...registration.answers, ...draft?.answers },
    invite: {},
    outline: {
      path: `/systems/${number}/form`,
      before: `/systems/${number}`,
      steps,
      locked,
      system: current && { systemId: current.systemId, label: site },
      revision,
      draftSavedAt: draft?.updatedAt,
      mayCopy: false,
      isPrepared: state === 'prepared',
      asksEndUser: false,
    },
  };
}

/** The first step that cannot be submitted as it is. */
export function unfinishedStep({ outline, answers, invite, visitor }: Filling): Step | undefined {
  const isUnfinished = (step: Step) =>
    Object.keys(readStep(step, answers[step] ?? {}, COUNTRY_CODES).problems).length > 0;
  return outline.steps.find(
    (step) => isUnfinished(step) || (asksEndUserIn(outline, step) && !isAnswered(invite, visitor)),
  );
}

/** Who registers for somebody else is asked who that is, where the site is described. */
export const asksEndUserIn = ({ asksEndUser }: FormOutline, step: Step): boolean =>
  asksEndUser && step === 'installation';

const isAnswered = (invite: InviteAnswer, { account }: SignedIn): boolean =>
  readInvite(invite, [account.email]).problem === undefined;

/** The page of a form that was posted by somebody who is no longer signed in. */
function backOf(request: FastifyRequest): string {
  const [path = ''] = request.url.split('?');
  return request.method === 'GET' ? request.url : path.replace(/\/draft$/, '');
}

/** A used request has no form any more: the page of the request says what became of it. */
export function leaveUsed(reply: FastifyReply, { brought }: Filling): FastifyReply | undefined {
  return brought?.association ? seeOther(reply, `/requests/${brought.id}`) : undefined;
}
