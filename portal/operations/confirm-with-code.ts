import { decideProof } from '../../core/claims.ts';
import {
  type ConfirmationCode,
  type ConfirmationCodeReading,
  confirmer,
  readConfirmationCode,
} from '../../core/confirmation-code.ts';
import { type Refused, refused } from '../../core/refusals.ts';
import type { RegistrationCode } from '../../core/registration-code.ts';
import type { SystemId } from '../../core/system-id.ts';
import type { Account, Portal } from '../portal.ts';
import { sideOf } from '../store/codes.ts';
import type { Queries, Transaction } from '../store/database.ts';
import { lock } from '../store/facts.ts';
import { TRIES_A_CODE } from '../store/reads/codes.ts';
import { sql } from '../store/sql.ts';
import { lockAccount } from './accounts.ts';
import { codedAssociation } from './hand-out-code.ts';
import { claimsOn, isCodeOfClaim, makeCurrent } from './prove-claim.ts';

/** A party types what the server showed after it had accepted the registration code. */
export interface ConfirmCommand {
  account: Account;
  registration: string;
  association: string;
  typed: string;
}

export type ConfirmResult =
  | { outcome: 'confirmed' | 'already'; registration: string }
  /** What was typed cannot be a confirmation code: where to look. It costs no try. */
  | { outcome: 'mistyped'; reading: Exclude<ConfirmationCodeReading, { outcome: 'read' }> }
  | Refused;

/** Wrong codes that an account may type in a day, and that a claim takes in a day. */
const TRIES_A_DAY = 20;
/** How long a wrong one counts. */
export const TRIES_COUNT_MS = 24 * 60 * 60 * 1000;

/** It is the right one: the claim is proven, the former System ID retired, and the other claims end, in one transaction. */
export async function confirmWithCode(portal: Portal, command: ConfirmCommand): Promise<ConfirmResult> {
  const reading = readConfirmationCode(command.typed);
  return portal.db.transaction(async (tx): Promise<ConfirmResult> => {
    const found = await codedAssociation(tx, command);
    if (found.outcome === 'refused') return found;
    if (found.state === 'current') return { outcome: 'already', registration: command.registration };
    // After who may know anything at all: a stranger learns nothing by typing nonsense.
    if (reading.outcome !== 'read') return { outcome: 'mistyped', reading };
    return confirmClaim(tx, portal, command, { systemId: found.systemId, site: found.registration.site }, reading.code);
  });
}

interface Coded {
  systemId: SystemId;
  site: string;
}

async function confirmClaim(
  tx: Transaction,
  portal: Portal,
  command: ConfirmCommand,
  { systemId, site }: Coded,
  typed: ConfirmationCode,
): Promise<ConfirmResult> {
  const { account, registration, association } = command;
  // The account too: its tries on several claims at once are counted one after another.
  await Promise.all([lockAccount(tx, account), lock(tx, [systemId], [])]);
  const facts = { site, registration };
  const [{ waiting, current }, codes, tries] = await Promise.all([
    claimsOn(tx, systemId),
    codesOf(tx, association),
    triesOfToday(tx, portal, command),
  ]);
  // It was proven while we waited: the server spoke, or this was posted twice.
  if (current === registration) return { outcome: 'already', registration };
  const claim = waiting.find((one) => one.association === association);
  // Somebody else's proof was first.
  if (!claim || current !== undefined) return refused('claim-ended', { ...facts, systemId, at: portal.now() });
  if (tries.until) return refused('confirmation-limit', { ...facts, at: tries.until });

  const isAnswerTo = answering(portal, systemId, typed);
  const ofClaim = codes.filter((one) => one.of_claim);
  const open = ofClaim.filter((one) => one.replaced_at === null && one.tries < TRIES_A_CODE);
  if (open.some(isAnswerTo)) {
    const proof = decideProof({ systemId, registration, sequence: 0 }, waiting, current);
    const isCurrent = proof.outcome === 'proven' && (await makeCurrent(tx, portal, proof, account));
    return isCurrent ? { outcome: 'confirmed', registration } : refused('registration-closed', facts);
  }
  if (ofClaim.length > 0 && open.length === 0) return refused('confirmation-used-up', facts);

  await countTry(tx, portal, command, systemId, open);
  if (codes.some((one) => !open.includes(one) && isAnswerTo(one))) return refused('confirmation-older', facts);
  const leftOfCode = Math.min(TRIES_A_CODE, ...open.map((one) => TRIES_A_CODE - one.tries)) - 1;
  if (leftOfCode === 0) return refused('confirmation-used-up', facts);
  const today = await triesOfToday(tx, portal, command);
  if (today.until) return refused('confirmation-limit', { ...facts, at: today.until });
  return refused('confirmation-wrong', { ...facts, count: Math.min(leftOfCode, today.left) });
}

interface CodeRow {
  sequence: number;
  /** For the registration of this claim; otherwise it is looked at only to say that what was typed is no mistake. */
  of_claim: boolean;
  code: RegistrationCode;
  key_id: number;
  replaced_at: Date | null;
  tries: number;
}

/** Of the codes that are not for this claim so many, the newest: a System ID may have thousands. */
const OTHERS_LOOKED_AT = 100;

function codesOf(q: Queries, association: string): Promise<CodeRow[]> {
  return q.rows(sql<CodeRow>`
    select c.sequence, ${isCodeOfClaim} as of_claim, c.code, c.key_id, c.replaced_at, c.tries
    from association a
    join system s on s.system_id = a.system_id
    join registration_code c on c.system_id = a.system_id
    where a.id = ${association} and (c.sequence > s.sequence - ${OTHERS_LOOKED_AT} or ${isCodeOfClaim})
    order by c.sequence desc`);
}

/** Whether what was typed is the answer to a code. What it takes is computed once for each code key. */
function answering(portal: Portal, systemId: SystemId, typed: ConfirmationCode): (row: CodeRow) => boolean {
  const byKey = new Map<number, ReturnType<typeof confirmer> | undefined>();
  return ({ code, key_id }) => {
    if (!byKey.has(key_id)) {
      const known = sideOf(portal.keys, key_id, systemId);
      byKey.set(key_id, known && confirmer(known.side, known.pair));
    }
    return byKey.get(key_id)?.(typed, code) ?? false;
  };
}

/** How many are left for today, and if none are, from when on there is another. */
async function triesOfToday(
  q: Queries,
  portal: Portal,
  { account, association }: ConfirmCommand,
): Promise<{ left: number; until: Date | undefined }> {
  const since = new Date(portal.now().getTime() - TRIES_COUNT_MS);
  const rows = await q.rows(sql<{ tries: number; first: Date | null }>`
    select count(*)::int as tries, min(at) as first from confirmation_try where account = ${account.id} and at > ${since}
    union all
    select count(*)::int, min(at) from confirmation_try where association = ${association} and at > ${since}`);
  const left = TRIES_A_DAY - Math.max(...rows.map((row) => row.tries));
  const full = rows.flatMap(({ tries, first }) => (tries >= TRIES_A_DAY && first ? [first.getTime()] : []));
  return { left, until: full.length > 0 ? new Date(Math.max(...full) + TRIES_COUNT_MS) : undefined };
}

async function countTry(
  tx: Transaction,
  portal: Portal,
  { account, association }: ConfirmCommand,
  systemId: SystemId,
  compared: readonly CodeRow[],
): Promise<void> {
  const now = portal.now();
  await Promise.all([
    tx.rows(
      sql`insert into confirmation_try (account, association, at) values (${account.id}, ${association}, ${now})`,
    ),
    tx.rows(sql`
      update registration_code set tries = tries + 1
      where system_id = ${systemId} and sequence = any(${compared.map((one) => one.sequence)}::int[])`),
  ]);
}
