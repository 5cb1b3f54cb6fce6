import type { draftOperations } from '../../../api/contract/drafts.ts';
import { editOf, may } from '../../../core/permissions.ts';
import { type Refused, refused } from '../../../core/refusals.ts';
import type { Answers, Step } from '../../../core/registration-form.ts';
import type { Account, Portal } from '../../portal.ts';
import { type Draft, discardDraft, draftOf, openDrafts, replaceDraft, type Subject } from '../../store/drafts.ts';
import { REQUEST_HOURS, registrationOf } from '../../store/facts.ts';
import { holdsRequestOf } from '../../store/reads/brought.ts';
import { answersOut, readAnswers, warrantyNotYours } from './answers.ts';
import { type HandlersOf, notDone, time } from './handler.ts';

export const draftHandlers: HandlersOf<typeof draftOperations> = {
  listDrafts: async ({ portal, account }) => {
    const drafts = await openDrafts(portal.db, account.id, heldSince(portal));
    const items = drafts.map(({ site, systemId, registration, preparation, request, updatedAt }) => ({
      site,
      system_id: systemId,
      registration,
      preparation,
      request,
      updated_at: time(updatedAt),
    }));
    return { status: 200, body: { items } };
  },

  showDraft: async ({ portal, account, params }) => {
    const subject = subjectOf(params.subject);
    const draft = await draftOf(portal.db, account.id, subject);
    return draft ? { status: 200, body: draftOut(subject, draft) } : notDone('not-found');
  },

  saveDraft: async ({ portal, account, params, body }) => {
    const subject = subjectOf(params.subject);
    // Right or wrong: that is asked when it is submitted.
    const { answers } = readAnswers(portal, body, '');
    const kept = await mayKeep(portal, account, subject, answers);
    if (kept.outcome === 'refused') return kept;
    const at = portal.now();
    await replaceDraft(portal.db, account.id, subject, { answers, revision: kept.revision, at });
    const draft = await draftOf(portal.db, account.id, subject);
    return draft ? { status: 200, body: draftOut(subject, draft) } : notDone('not-among-yours');
  },

  discardDraft: async ({ portal, account, params }) => {
    const draft = await draftOf(portal.db, account.id, subjectOf(params.subject));
    if (!draft) return notDone('not-found');
    await discardDraft(portal.db, account.id, draft.id);
    return { status: 204, body: undefined };
  },
};

const heldSince = (portal: Portal) => new Date(portal.now().getTime() - REQUEST_HOURS * 60 * 60 * 1000);

function subjectOf(subject: string): Subject {
  if (subject.length === 8) return { registration: subject };
  return subject.includes('-') ? { preparation: subject } : { systemId: subject };
}

const draftOut = ({ systemId, registration, preparation }: Subject, { answers, updatedAt }: Draft) => ({
  system_id: systemId ?? null,
  registration: registration ?? null,
  preparation: preparation ?? null,
  answers: answersOut(answers),
  updated_at: time(updatedAt),
});

/** The pages open no form for what could not be submitted: nor is a draft of it kept here. */
async function mayKeep(
  portal: Portal,
  account: Account,
  subject: Subject,
  answers: Answers,
): Promise<{ outcome: 'may'; revision: number | undefined } | Refused> {
  const steps = Object.keys(answers) as Step[];
  if (subject.systemId !== undefined) {
    const holds = await holdsRequestOf(portal.db, account.id, subject.systemId, heldSince(portal));
    if (!holds) return refused('request-expired');
  }
  if (subject.registration === undefined) {
    return warrantyNotYours(account, answers) ?? { outcome: 'may', revision: undefined };
  }
  const registration = await registrationOf(portal.db, account.id, subject.registration);
  if (!registration) return refused('not-among-yours');
  const { state, who, revision, site, number } = registration;
  for (const step of steps) {
    const allowed = may(editOf(step), state, who);
    if (allowed !== 'yes') return refused(allowed, { site, registration: number });
  }
  return { outcome: 'may', revision };
}
