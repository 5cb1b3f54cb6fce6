import type { FastifyReply, FastifyRequest } from 'fastify';
import { isAlive } from '../../core/association.ts';
import { type InviteAnswer, readInvite } from '../../core/invitations.ts';
import { refused } from '../../core/refusals.ts';
import { type Answers, copiedAnswers, readStep, type Step } from '../../core/registration-form.ts';
import { COUNTRY_CODES } from '../countries.ts';
import { edit } from '../operations/edit.ts';
import { handOutCode } from '../operations/hand-out-code.ts';
import { prepare } from '../operations/prepare.ts';
import { register } from '../operations/register.ts';
import { CheckPage } from '../pages/check-answers.tsx';
import { CopyPage } from '../pages/copy-answers.tsx';
import { type FormOutline, LockedStepPage, StepPage } from '../pages/form-step.tsx';
import { INVITE, INVITE_ADDRESS } from '../pages/invite-fields.tsx';
import { discardDraft, saveDraft } from '../store/drafts.ts';
import { requestOf } from '../store/facts.ts';
import { usedFor } from '../store/reads/brought.ts';
import { registeredSystems } from '../store/reads/registered-systems.ts';
import { systemInformation } from '../store/reads/system-information.ts';
import { type Http, numberOf, type Posted, revisionIn, seeOther, send, text } from './context.tsx';
import { donePath } from './done.tsx';
import { notFound } from './errors.tsx';
import {
  asksEndUserIn,
  editFilling,
  type Filling,
  leaveUsed,
  newFilling,
  preparedFilling,
  unfinishedStep,
} from './filling.ts';
import { pageIn } from './paging.ts';
import { refuse } from './refuse.tsx';
import type { SignedIn } from './visitor.ts';

/** The registration form in steps, for a registration that is new, prepared or edited; all end in *Check your answers*. */
export function formRoutes(http: Http): void {
  const { app, portal } = http;
  const { db } = portal;

  formOf('/requests/:id/form', newFilling, submitNew);
  formOf('/systems/:number/form', editFilling, submitEdit);
  formOf('/prepare/:id/form', preparedFilling, submitPrepared);
  copyOf('/requests/:id/form', newFilling);
  copyOf('/prepare/:id/form', preparedFilling);

  function formOf(
    path: string,
    fillingOf: typeof newFilling,
    submit: (request: FastifyRequest, reply: FastifyReply, filling: Filling) => Promise<FastifyReply>,
  ): void {
    app.get(path, async (request, reply) => {
      const filling = await fillingOf(http, request, reply);
      return filling ? seeOther(reply, `${filling.outline.path}/${filling.outline.steps[0]}`) : reply;
    });

    app.get(`${path}/check`, async (request, reply) => {
      const filling = await fillingOf(http, request, reply);
      if (!filling) return reply;
      return leaveUsed(reply, filling) ?? leaveUnfinished(reply, filling) ?? send(reply, checkPage(filling));
    });

    app.post(`${path}/check`, async (request, reply) => {
      const filling = await fillingOf(http, request, reply);
      return filling ? submit(request, reply, filling) : reply;
    });

    app.post(`${path}/check/draft`, async (request, reply) => {
      const filling = await fillingOf(http, request, reply);
      return filling ? seeOther(reply, overviewOf(filling)) : reply;
    });

    app.get(`${path}/:step`, async (request, reply) => {
      const filling = await fillingOf(http, request, reply);
      if (!filling) return reply;
      const locked = filling.outline.locked.find((known) => known.step === stepIn(request));
      if (locked) return send(reply, lockedPage(filling, locked));
      const step = await stepOf(request, reply, filling);
      if (!step) return reply;
      const answers = filling.answers[step] ?? {};
      const isUnfinished = (request.query as Posted)['unfinished'] !== undefined;
      const problems = isUnfinished ? readStep(step, answers, COUNTRY_CODES).problems : {};
      const invite = inviteIn(filling, step, filling.invite);
      const asked = invite && { answer: invite.answer, problem: isUnfinished ? invite.problem : undefined };
      return leaveUsed(reply, filling) ?? send(reply, stepPage(filling, step, answers, problems, asked));
    });

    app.post(`${path}/:step`, async (request, reply) => {
      const filling = await fillingOf(http, request, reply);
      if (!filling) return reply;
      const step = await stepOf(request, reply, filling);
      if (!step) return reply;
      const posted = (request.body ?? {}) as Posted;
      const { answers, problems } = readStep(step, posted, COUNTRY_CODES);
      const invite = inviteIn(filling, step, typedInvite(posted));
      if (Object.keys(problems).length > 0 || invite?.problem) {
        return send(reply, stepPage(filling, step, answers, problems, invite), 422);
      }
      await keep(request, filling, { [step]: answers }, invite?.answer);
      const { steps, path } = filling.outline;
      return seeOther(reply, `${path}/${steps[steps.indexOf(step) + 1] ?? 'check'}`);
    });

    // Kept as it was typed: whether it is right is asked when it is to go on.
    app.post(`${path}/:step/draft`, async (request, reply) => {
      const filling = await fillingOf(http, request, reply);
      if (!filling) return reply;
      const step = await stepOf(request, reply, filling);
      if (!step) return reply;
      const posted = (request.body ?? {}) as Posted;
      const { answers } = readStep(step, posted, COUNTRY_CODES);
      await keep(request, filling, { [step]: answers }, inviteIn(filling, step, typedInvite(posted))?.answer);
      return seeOther(reply, overviewOf(filling));
    });
  }

  function copyOf(path: string, fillingOf: typeof newFilling): void {
    app.get(`${path}/copy`, async (request, reply) => {
      const filling = await fillingOf(http, request, reply);
      if (!filling) return reply;
      const query = request.query as Posted;
      const search = text(query['q']).trim();
      const wanted = { search, state: undefined, page: pageIn(query) };
      const systems = await registeredSystems(db, filling.visitor.account.id, wanted);
      return send(reply, <CopyPage {...filling} portalName={portal.settings.name} systems={systems} search={search} />);
    });

    app.post(`${path}/copy/:number`, async (request, reply) => {
      const filling = await fillingOf(http, request, reply);
      if (!filling) return reply;
      const { visitor, outline } = filling;
      const from = await systemInformation(db, visitor.account.id, numberOf(request, 'number'), visitor.now);
      if (!from) return refuse(http, request, reply, visitor, refused('not-among-yours'));
      await keep(request, filling, copiedAnswers(from.answers, outline.steps));
      return seeOther(reply, `${outline.path}/${outline.steps[0]}`);
    });
  }

  async function submitNew(request: FastifyRequest, reply: FastifyReply, filling: Filling): Promise<FastifyReply> {
    const { visitor, brought, draft, outline, answers } = filling;
    if (!brought) return reply;
    const { account, now } = visitor;
    // Without a draft an equal submit may have been a moment faster: then the request says by now what came of it.
    const used = draft ? brought : await requestOf(db, account.id, brought.id, now);
    if (used?.association) {
      const done = await usedFor(db, account.id, used.association);
      return seeOther(reply, done ? donePath(done.registration, used.association) : `/requests/${brought.id}`);
    }
    const unfinished = leaveUnfinished(reply, filling);
    if (unfinished) return unfinished;
    const { choice, address } = filling.invite;
    const result = await register(portal, {
      account,
      request: brought.id,
      answers: chosen(answers, outline.steps),
      ...(outline.asksEndUser && choice === 'mail' && { invite: address }),
    });
    if (result.outcome === 'refused') return refuse(http, request, reply, visitor, result, { brought });
    if (draft) await discardDraft(db, account.id, draft.id);
    if (result.outcome === 'claimed') await handOutCode(portal, { account, ...result });
    const done = donePath(result.registration, result.association);
    return seeOther(reply, outline.asksEndUser && choice === 'printed' ? `${done}?print` : done);
  }

  async function submitEdit(request: FastifyRequest, reply: FastifyReply, filling: Filling): Promise<FastifyReply> {
    const { visitor, edited, draft, outline } = filling;
    if (!edited) return reply;
    // Nothing was filled in, or an equal submit was a moment faster.
    if (!draft) return seeOther(reply, `/systems/${edited.number}`);
    const unfinished = leaveUnfinished(reply, filling);
    if (unfinished) return unfinished;
    const { account } = visitor;
    const answers = chosen(draft.answers, outline.steps);
    const result = await edit(portal, {
      account,
      registration: edited.number,
      // The one that stood beside the answers when they were read back: nothing is replaced that was not seen.
      revision: revisionIn(request.body),
      answers,
    });
    if (result.outcome === 'refused' && result.code === 'lost-race') {
      const now = await editFilling(http, request, reply);
      return now ? send(reply, checkPage(now), 409) : reply;
    }
    if (result.outcome === 'refused') return refuse(http, request, reply, visitor, result);
    await discardDraft(db, account.id, draft.id);
    return seeOther(reply, (await wayOfAnEdit(visitor, edited.number)) ?? `/systems/${edited.number}`);
  }

  /** A system that is not heard from fetches nothing: then the code and the file are shown that take the edit there. */
  async function wayOfAnEdit({ account, now }: SignedIn, number: string): Promise<string | undefined> {
    const registration = await systemInformation(db, account.id, number, now);
    const system = registration?.current ?? registration?.claims[0];
    const { checkInSeconds } = portal.settings;
    if (!system || isAlive(system.lastHeardAt ?? undefined, { now, checkInSeconds })) return undefined;
    const { association } = system;
    await handOutCode(portal, { account, registration: number, association });
    return `${donePath(number, association)}?edited`;
  }

  async function submitPrepared(_: FastifyRequest, reply: FastifyReply, filling: Filling): Promise<FastifyReply> {
    const { visitor, draft, outline, answers, preparation } = filling;
    if (!preparation) return reply;
    const done = `/prepare/${preparation}`;
    // Without a draft nothing was filled in, or it was submitted already: the page says which.
    if (!draft) return seeOther(reply, done);
    const unfinished = leaveUnfinished(reply, filling);
    if (unfinished) return unfinished;
    await prepare(portal, { account: visitor.account, answers: chosen(answers, outline.steps), form: preparation });
    return seeOther(reply, done);
  }

  async function stepOf(request: FastifyRequest, reply: FastifyReply, filling: Filling): Promise<Step | undefined> {
    const { outline, visitor, edited } = filling;
    const wanted = stepIn(request);
    const step = outline.steps.find((known) => known === wanted);
    if (step) return step;
    const locked = outline.locked.find((known) => known.step === wanted);
    if (locked && edited) {
      const facts = { site: edited.site, registration: edited.number };
      await refuse(http, request, reply, visitor, refused(locked.code, facts));
    } else await notFound(http, request, reply);
    return undefined;
  }

  function keep(request: FastifyRequest, filling: Filling, answers: Answers, invite?: InviteAnswer): Promise<void> {
    const { edited, visitor, subject } = filling;
    // The revision that this very form showed: a later one may have been made since.
    const revision = edited && revisionIn(request.query);
    return saveDraft(db, visitor.account.id, subject, { answers, invite, revision, at: portal.now() });
  }

  function stepPage(
    filling: Filling,
    step: Step,
    answers: Answers[Step],
    problems: Parameters<typeof StepPage>[0]['problems'],
    invite: Parameters<typeof StepPage>[0]['invite'],
  ) {
    const { visitor, outline } = filling;
    const page = { visitor, portalName: portal.settings.name, outline, step, answers: answers ?? {} };
    return <StepPage {...page} {...(problems && { problems })} invite={invite} />;
  }

  function lockedPage({ visitor, outline, answers }: Filling, locked: FormOutline['locked'][number]) {
    const page = { visitor, portalName: portal.settings.name, outline, locked, answers: answers[locked.step] ?? {} };
    return <LockedStepPage {...page} />;
  }

  function checkPage({ visitor, outline, answers, invite, edited, draft }: Filling) {
    const changedSince = edited !== undefined && draft !== undefined && (draft.revision ?? 0) < edited.answersRevision;
    const page = {
      visitor,
      portalName: portal.settings.name,
      outline,
      answers,
      invite,
      before: edited?.answers,
      changedSince,
    };
    return <CheckPage {...page} />;
  }
}

const stepIn = (request: FastifyRequest): string | undefined => (request.params as Record<string, string>)['step'];

/** How the end user is invited, read as it was typed; `undefined`: this step does not ask. */
const inviteIn = ({ outline, visitor }: Filling, step: Step, typed: Parameters<typeof readInvite>[0]) =>
  asksEndUserIn(outline, step) ? readInvite(typed, [visitor.account.email]) : undefined;

const typedInvite = (posted: Posted) => ({ choice: posted[INVITE], address: posted[INVITE_ADDRESS] });

/** Back to the first step that something is wrong with, which says what. */
function leaveUnfinished(reply: FastifyReply, filling: Filling): FastifyReply | undefined {
  const step = unfinishedStep(filling);
  return step && seeOther(reply, `${filling.outline.path}/${step}?unfinished`);
}

const overviewOf = ({ edited }: Filling): string => (edited ? `/systems/${edited.number}` : '/systems');

const chosen = (answers: Answers, steps: readonly Step[]): Answers =>
  Object.fromEntries(steps.flatMap((step) => (answers[step] ? [[step, answers[step]]] : [])));
