import { decideGoing, decideRole, mayInOrganisation, type Role } from '../../core/organisations.ts';
import { type Refused, refused } from '../../core/refusals.ts';
import type { Account, Portal } from '../portal.ts';
import { lookingAgain, type Queries, type Transaction } from '../store/database.ts';
import { type Member, membersOf } from '../store/reads/organisation.ts';
import { sql } from '../store/sql.ts';
import { tellAccount } from './account-mails.ts';
import { lockAccount } from './accounts.ts';
import { lockSeatsOf, moveSeats } from './move-seats.ts';

/** The members of an organisation: who is made an administrator, who is removed, who leaves. */

interface Locked {
  /** That the account is a member of; none: it is of none, or was removed while it waited here. */
  organisation: { id: string; name: string } | undefined;
  role: Role | undefined;
  members: Member[];
}

/** Of many who change the members at once, each sees what the ones before it left. */
export async function lockOrganisation(tx: Transaction, account: string): Promise<Locked> {
  await tx.rows(sql`
    select from organisation
    where id = (select organisation from acts_for where account = ${account} and organisation is not null)
    for no key update`);
  const [organisation, members] = await Promise.all([
    tx.row(sql<{ id: string; name: string }>`
      select o.id, o.name from acts_for mine join organisation o on o.id = mine.organisation
      where mine.account = ${account}`),
    membersOf(tx, account),
  ]);
  return { organisation, role: members.find((member) => member.account === account)?.role, members };
}

export interface MemberCommand {
  account: Account;
  member: string;
}

/**
 * An administrator removes a member. From now on that account is a stranger to what the organisation has, in every process;
 * its seats stay with it, and what the account has alone stays the account's. `already`: no member (any more).
 */
export function removeMember(
  portal: Portal,
  { account, member }: MemberCommand,
): Promise<{ outcome: 'removed' | 'already' } | Refused> {
  const at = portal.now();
  return portal.db.transaction(async (tx) => {
    const { organisation, role, members } = await lockOrganisation(tx, account.id);
    const allowed = mayInOrganisation('remove', role);
    if (allowed !== 'yes' || !organisation) return refused(allowed === 'yes' ? 'no-organisation' : allowed);
    const removed = members.find((one) => one.account === member);
    if (!removed) return { outcome: 'already' };
    const decision = decideGoing(members, member);
    if (decision.outcome === 'refused') return decision;
    // Who is alone in it leaves: that ends the organisation, and needs its registrations.
    if (decision.ends) return refused('last-administrator');
    await goIn(tx, organisation.id, member);
    const facts = { name: removed.name, organisation: organisation.name, by: account.name, at };
    await tellAccount(tx, removed, 'member-removed', facts);
    await tellAdministrators(tx, organisation.id, account.id, 'member-gone', facts);
    return { outcome: 'removed' };
  });
}

/** An administrator makes a colleague an administrator, or a member again. */
export function changeRole(
  portal: Portal,
  { account, member, role: wanted }: MemberCommand & { role: Role },
): Promise<{ outcome: 'changed' | 'already' } | Refused> {
  return portal.db.transaction(async (tx) => {
    const { organisation, role, members } = await lockOrganisation(tx, account.id);
    const allowed = mayInOrganisation('change-role', role);
    if (allowed !== 'yes' || !organisation) return refused(allowed === 'yes' ? 'no-organisation' : allowed);
    const changed = members.find((one) => one.account === member);
    if (!changed || changed.role === wanted) return { outcome: 'already' };
    const decision = decideRole(members, member, wanted);
    if (decision.outcome === 'refused') return decision;
    await tx.rows(sql`
      update acts_for set role = ${wanted} where account = ${member} and organisation = ${organisation.id}`);
    const facts = { organisation: organisation.name, by: account.name, role: wanted, at: portal.now() };
    if (member !== account.id) await tellAccount(tx, changed, 'member-role', facts);
    return { outcome: 'changed' };
  });
}

export interface LeaveCommand {
  account: Account;
  /** The person was told that the organisation ends by it. */
  ends: boolean;
}

export type LeaveResult = { outcome: 'left'; ended: boolean; kept: number } | { outcome: 'changed-since' } | Refused;

/**
 * A member leaves. The seats stay with the organisation; the last one to leave ends it, and keeps them alone. What is left of
 * it then is what the histories say.
 */
export function leaveOrganisation(portal: Portal, { account, ends }: LeaveCommand): Promise<LeaveResult> {
  const at = portal.now();
  return lookingAgain(() =>
    portal.db.transaction(async (tx): Promise<LeaveResult | 'look-again'> => {
      await lockAccount(tx, account);
      // The registrations before the organisation, as everybody who takes a seat for it.
      const before = await membersOf(tx, account.id);
      const alone = before.length === 1;
      const seats = alone ? await seatsOfOrganisation(tx, account.id) : [];
      const { organisation, role, members } = await lockOrganisation(tx, account.id);
      const allowed = mayInOrganisation('leave', role);
      if (allowed !== 'yes' || !organisation) return refused(allowed === 'yes' ? 'no-organisation' : allowed);
      const decision = decideGoing(members, account.id);
      if (decision.outcome === 'refused') return decision;
      if (decision.ends !== ends) return { outcome: 'changed-since' };
      if (decision.ends !== alone) return 'look-again';
      await goIn(tx, organisation.id, account.id);
      if (decision.ends) {
        await moveSeats(tx, seats, {
          account,
          from: { holder: organisation.id },
          to: { holder: account.id, organisation: null },
          about: organisation,
          act: 'taken-from-organisation',
          at,
        });
        await tx.rows(sql`delete from organisation where id = ${organisation.id}`);
      } else {
        const facts = { name: account.name, organisation: organisation.name, by: account.name, at };
        await tellAdministrators(tx, organisation.id, account.id, 'member-gone', facts);
      }
      return { outcome: 'left', ended: decision.ends, kept: seats.length };
    }),
  );
}

async function seatsOfOrganisation(tx: Transaction, account: string) {
  const row = await tx.row(sql<{ organisation: string }>`
    select organisation from acts_for where account = ${account} and organisation is not null`);
  return row ? lockSeatsOf(tx, account, row.organisation) : [];
}

async function goIn(q: Queries, organisation: string, account: string): Promise<void> {
  await q.rows(sql`delete from acts_for where account = ${account} and organisation = ${organisation}`);
}

/** Those of the organisation, but for the one who did it. */
export async function tellAdministrators(
  q: Queries,
  organisation: string,
  but: string,
  template: string,
  facts: { at: Date } & Record<string, unknown>,
): Promise<void> {
  const administrators = await q.rows(sql<{ email: string }>`
    select c.email from acts_for them join account c on c.id = them.account
    where them.organisation = ${organisation} and them.role = 'administrator' and c.id <> ${but}
    order by c.email`);
  for (const administrator of administrators) await tellAccount(q, administrator, template, facts);
}
