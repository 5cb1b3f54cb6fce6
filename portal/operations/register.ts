import { randomUUID } from 'node:crypto';
import { randomDigits } from '../../core/crypto.ts';
import { sameAddress } from '../../core/invitations.ts';
import { type Refused, refused } from '../../core/refusals.ts';
import { decideRegistration } from '../../core/register.ts';
import type { Answers } from '../../core/registration-form.ts';
import { shortId } from '../../core/system-id.ts';
import { type Account, type Portal, seatOf } from '../portal.ts';
import { writeChange } from '../store/changes.ts';
import { lookingAgain, type Transaction } from '../store/database.ts';
import { lock, provisionalClaimsOf, requestOf, standingsOf, takingSeat } from '../store/facts.ts';
import { sql } from '../store/sql.ts';
import { endOtherClaims } from './end-claims.ts';
import { inviteIn } from './invite.ts';
import { claimReminders, noticesTo } from './notices.ts';

/** *Register this system as new*: the answers were checked and read back. */
export interface RegisterCommand {
  account: Account;
  request: string;
  answers: Answers;
  /** The address of who is to take the other seat, if that is known. */
  invite?: string | undefined;
}

export type RegisterResult =
  | { outcome: 'registered' | 'claimed' | 'already'; registration: string; association: string }
  | Refused;

/** A number that is taken, or a System ID that somebody else registered in between: looks again. */
export function register(portal: Portal, command: RegisterCommand): Promise<RegisterResult> {
  return lookingAgain(() => portal.db.transaction((tx) => registerIn(tx, portal, command)));
}

async function registerIn(tx: Transaction, portal: Portal, command: RegisterCommand): Promise<RegisterResult> {
  const { account, answers, invite: address } = command;
  const at = portal.now();
  const brought = await requestOf(tx, account.id, command.request, at);
  if (!brought?.proceededAt) return refused('request-expired');
  const [, standings, provisionalClaims] = await Promise.all([
    lock(tx, [brought.systemId], []),
    standingsOf(tx, account.id, brought.systemId),
    brought.proven ? 0 : provisionalClaimsOf(tx, account.id),
  ]);
  const decision = decideRegistration({
    asker: account.id,
    standings,
    proof: brought.proven ? 'proven' : 'provisional',
    provisionalClaims,
    claimLimit: portal.settings.claimLimit,
  });
  if (decision.outcome === 'already' || decision.outcome === 'refused') return decision;

  const seat = seatOf(account);
  const { organisation, parties } = await takingSeat(tx, account.id, seat);
  if (address !== undefined && parties.some(({ email }) => sameAddress(address, email))) {
    return refused('not-both-seats', { seat });
  }
  const number = randomDigits(8);
  const association = randomUUID();
  const proven = decision.outcome === 'registered';
  await tx.rows(sql`
    with registration_ as (
      insert into registration (number, state, installation, site_administrator, warranty, created_at, created_by, revision)
      values (${number}, 'registered', ${JSON.stringify(answers.installation ?? {})},
        ${JSON.stringify(answers['site-administrator'] ?? {})},
        ${JSON.stringify(seat === 'integrator' ? (answers.warranty ?? {}) : {})}, ${at}, ${account.id}, 0)
    ), party_ as (
      insert into party (registration, seat, account, since) values (${number}, ${seat}, ${account.id}, ${at})
      returning holder
    ), association_ as (
      insert into association
        (id, registration, system_id, state, how, as_new, made_by, made_for, made_at, proven_at, request_n)
      select ${association}, ${number}, ${brought.systemId}, ${proven ? 'current' : 'claimed'}, ${brought.how}, true,
        ${account.id}, holder, ${at}, ${proven ? at : null}, ${brought.n ?? null}
      from party_
    ), system_ as (
      update system set claims = claims + ${proven ? 0 : 1} where system_id = ${brought.systemId} and ${!proven}::boolean
    )
    update request set association = ${association} from party_ where request.id = ${brought.id}`);

  const site = String(answers.installation?.site_name ?? '');
  const facts = {
    site,
    registration: number,
    by: account.name,
    organisation: account.organisation,
    newShortId: shortId(brought.systemId),
    at,
  };
  const email = answers['site-administrator']?.email;
  const recipients = {
    parties,
    siteAdministrator: typeof email === 'string' ? { email } : {},
  };
  const head = await writeChange(tx, {
    registration: { number, state: 'registered', head: { n: 0, hash: undefined }, organisation },
    act: 'registered',
    actor: account,
    at,
    about: { system_id: brought.systemId, how: brought.how, seat },
    mails: [
      ...noticesTo(recipients, proven ? 'registered' : 'registered-provisionally', facts, association),
      ...(proven ? [] : claimReminders(recipients, facts, association, at)),
    ],
  });
  if (proven)
    await endOtherClaims(
      tx,
      standings.filter((s) => s.state === 'claimed'),
      brought.systemId,
      at,
    );
  if (address !== undefined) {
    const made = { number, state: 'registered' as const, site, head, organisation, who: seat, ...recipients };
    const invited = await inviteIn(tx, portal, made, account, { how: 'mail', address });
    if (invited.outcome === 'refused') throw new Error(`A new registration cannot invite: ${invited.code}`);
  }
  return { outcome: decision.outcome, registration: number, association };
}
