import { countedSince, type IssuedCode, waitsUntil } from '../../core/code-quota.ts';
import { may } from '../../core/permissions.ts';
import { type Refused, refused } from '../../core/refusals.ts';
import { dayOf, makeRegistrationCode, type RegistrationCode } from '../../core/registration-code.ts';
import type { SystemId } from '../../core/system-id.ts';
import type { Account, Portal } from '../portal.ts';
import { sideOf } from '../store/codes.ts';
import type { Queries, Transaction } from '../store/database.ts';
import { lock, type RegistrationFacts, registrationOf } from '../store/facts.ts';
import { LAST_SEQUENCE, type PresentCode, presentCode } from '../store/reads/codes.ts';
import { sql } from '../store/sql.ts';

/** A party wants the registration code of an association, to be carried to a server without a line. */
export interface HandOutCommand {
  account: Account;
  registration: string;
  association: string;
  /** Another one, though nothing has changed: the one before is lost, or its tries are used up. */
  anew?: boolean;
}

/** `new`: it has a number of its own; otherwise it is the same 25 symbols as before. */
export type HandOutResult = ({ outcome: 'handed-out'; new: boolean } & PresentCode) | Refused;

/**
 * Hands a code out: the same one again as long as it says the same and the system has not gone on to a higher number.
 * Another gets the next number of this System ID, whatever registrations it has had.
 */
export function handOutCode(portal: Portal, command: HandOutCommand): Promise<HandOutResult> {
  return portal.db.transaction((tx) => handOutIn(tx, portal, command));
}

export async function handOutIn(tx: Transaction, portal: Portal, command: HandOutCommand): Promise<HandOutResult> {
  const { account, association, anew = false } = command;
  const found = await codedAssociation(tx, command);
  if (found.outcome === 'refused') return found;
  const { systemId, registration } = found;
  // Whoever hands out for this System ID at the same time waits here, and then sees our number.
  await lock(tx, [systemId], []);
  const [system, latest, ofToday] = await Promise.all([
    tx.row(sql<SystemRow>`
      select s.sequence, s.accepted_sequence, a.state
      from association a join system s on s.system_id = a.system_id where a.id = ${association}`),
    tx.row(sql<LatestRow>`
      select sequence, key_id, answers_revision from registration_code
      where association = ${association} order by sequence desc limit 1`),
    tx.rows(sql<IssuedCode>`
      select issued_at as at, issued_by = ${account.id} as mine from registration_code
      where system_id = ${systemId} and issued_at > ${countedSince(portal.now())} order by issued_at`),
  ]);
  if (!system) throw new Error(`Association ${association} is of a System ID that is not there.`);
  if (system.state !== 'claimed' && system.state !== 'current') {
    // It ended while we waited: the same question says how.
    const ended = await codedAssociation(tx, command);
    if (ended.outcome === 'refused') return ended;
  }
  const keyId = portal.keys.forDocuments.minCodeKey;
  const saysTheSame = latest?.answers_revision === registration.answersRevision && latest.key_id === keyId;
  const canBeEntered = latest !== undefined && latest.sequence >= system.accepted_sequence && latest.key_id >= keyId;
  if (!anew && saysTheSame && canBeEntered) return shown(tx, command, false);

  const limit = limitOf(system, ofToday, registration, portal.now());
  // An edit does not take away the code that somebody has in hand.
  if (limit) return !anew && canBeEntered ? shown(tx, command, false) : limit;
  const content = {
    keyId,
    advisory: false,
    asksConfirmation: system.state === 'claimed',
    sequence: system.sequence + 1,
    day: dayOf(portal.now()),
  };
  await Promise.all([
    tx.rows(sql`update system set sequence = ${content.sequence} where system_id = ${systemId}`),
    anew &&
      tx.rows(sql`
        update registration_code set replaced_at = ${portal.now()}
        where association = ${association} and replaced_at is null`),
    tx.rows(sql`
      insert into registration_code
        (system_id, sequence, association, code, key_id, answers_revision, issued_at, issued_by)
      values (${systemId}, ${content.sequence}, ${association}, ${codeFor(portal, systemId, content)}, ${keyId},
        ${registration.answersRevision}, ${portal.now()}, ${account.id})`),
  ]);
  return shown(tx, command, true);
}

interface SystemRow {
  sequence: number;
  accepted_sequence: number;
  state: string;
}

interface LatestRow {
  sequence: number;
  key_id: number;
  answers_revision: number;
}

type CodedAssociation =
  | {
      outcome: 'found';
      registration: RegistrationFacts;
      systemId: SystemId;
      state: 'claimed' | 'current';
    }
  | Refused;

/** The association that a code is for, if the asker has a seat there and it still stands. */
export async function codedAssociation(
  q: Queries,
  { account, registration: number, association }: Pick<HandOutCommand, 'account' | 'registration' | 'association'>,
): Promise<CodedAssociation> {
  const [registration, row] = await Promise.all([
    registrationOf(q, account.id, number),
    q.row(sql<{ system_id: SystemId; state: string; ended_at: Date | null }>`
      select system_id, state, ended_at from association where id = ${association} and registration = ${number}`),
  ]);
  if (!registration || !row) return refused('not-among-yours');
  const { site } = registration;
  const allowed = may('associate', registration.state, registration.who);
  if (allowed !== 'yes') return refused(allowed, { site, registration: number });
  const { system_id: systemId, state } = row;
  if (state === 'claimed' || state === 'current') return { outcome: 'found', registration, systemId, state };
  const facts = { site, registration: number, systemId, ...(row.ended_at && { at: row.ended_at }) };
  return refused(state === 'beaten' ? 'claim-ended' : 'association-ended', facts);
}

function limitOf(
  system: SystemRow,
  ofToday: readonly IssuedCode[],
  { site, number }: RegistrationFacts,
  now: Date,
): Refused | undefined {
  const facts = { site, registration: number };
  if (system.sequence >= LAST_SEQUENCE) return refused('codes-used-up', facts);
  const at = waitsUntil(ofToday, now);
  return at && refused('code-limit', { ...facts, at });
}

function codeFor(
  portal: Portal,
  systemId: SystemId,
  content: Parameters<typeof makeRegistrationCode>[0],
): RegistrationCode {
  const known = sideOf(portal.keys, content.keyId, systemId);
  if (!known) throw new Error(`The secret of code key ${content.keyId} is not in the database.`);
  return makeRegistrationCode(content, known.side, known.pair);
}

async function shown(tx: Transaction, command: HandOutCommand, isNew: boolean): Promise<HandOutResult> {
  const present = await presentCode(tx, command.account.id, command.registration, command.association);
  if (!present) throw new Error(`Association ${command.association} has no code.`);
  return { outcome: 'handed-out', new: isNew, ...present };
}
