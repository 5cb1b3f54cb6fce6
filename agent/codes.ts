// A registration code is typed, judged, and what follows from it is kept: all in one transaction.

import { type CodeAnswer, confirmationAtSite, decideCode } from '../core/code-at-site.ts';
import type { ConfirmationCode } from '../core/confirmation-code.ts';
import { contentOf, dateOfDay, type RegistrationCode } from '../core/registration-code.ts';
import type { SystemKeys } from '../core/system-keys.ts';
import type { Agent } from './agent.ts';
import { forgiveFailedCodes, type KeptCodes, keepCode, keptCodes, noteFailedCode } from './store/codes.ts';
import { inTransaction } from './store/database.ts';
import { conversation } from './store/registration.ts';
import { forgetRestored, restoredAt } from './store/settings.ts';

/** `heals`: the database is a backup that was put in place, with an older code; that code's day. */
export type TypedCode = { answer: CodeAnswer; enteredAt: Date | undefined; heals: Date | undefined };

export async function takeCode(agent: Agent, typed: string): Promise<TypedCode> {
  const { bundle, fingerprint } = agent.portal;
  return agent.store.use(({ db, keys }) =>
    inTransaction(db, () => {
      const kept = keptCodes(db, bundle);
      const { accepted } = conversation(db, fingerprint);
      const { answer, failed } = decideCode(typed, {
        keys,
        bundle,
        minCodeKey: kept.minCodeKey,
        lastSequence: kept.lastSequence,
        lastCode: kept.lastCode?.code,
        lastRecordAt: accepted?.sequence === kept.lastSequence ? accepted.acceptedAt : undefined,
        secondsToWait: agent.codePause.left(kept.failures),
      });
      const before = { enteredAt: kept.lastCode?.at, heals: undefined };
      if (failed) {
        noteFailedCode(db, fingerprint);
        agent.codePause.begin();
      }
      if (answer.outcome === 'already') forgiveFailedCodes(db, fingerprint);
      if (answer.outcome !== 'accepted') return { answer, ...before };

      const { code, content } = answer;
      keepCode(db, bundle, { code, ...content }, agent.now());
      const wasRestored = restoredAt(db) !== undefined;
      forgetRestored(db);
      const older = kept.lastCode && contentOf(kept.lastCode.code);
      const heals = wasRestored && older && older.sequence < content.sequence ? dateOfDay(older.day) : undefined;
      return { answer, ...before, heals };
    }),
  );
}

/** The code by which this server knows that it is registered. */
export interface CodeInUse {
  code: RegistrationCode;
  issuedOn: Date;
  enteredAt: Date;
  /** None if the portal has replaced the keys of this code: it would not take the answer any more. */
  confirmation: ConfirmationCode | undefined;
  /** The portal asks for the confirmation code. */
  asksConfirmation: boolean;
  /** A security advisory was waiting for this system when the code was issued. */
  advisory: boolean;
}

/** Undefined if there is none, or what came later speaks for itself. */
export function codeInUse(
  kept: KeptCodes,
  { keys, bundle }: { keys: SystemKeys; bundle: Agent['portal']['bundle'] },
): CodeInUse | undefined {
  if (!kept.lastCode) return undefined;
  const { code, at } = kept.lastCode;
  const { sequence, day, asksConfirmation, advisory } = contentOf(code);
  if (sequence !== kept.lastSequence) return undefined;
  const confirmation = kept.keysAreTheSame ? confirmationAtSite(code, { keys, bundle }) : undefined;
  return { code, issuedOn: dateOfDay(day), enteredAt: at, confirmation, asksConfirmation, advisory };
}
