import { randomUUID } from 'node:crypto';
import type { Refused } from '../../core/refusals.ts';
import { shortId } from '../../core/system-id.ts';
import { writtenCode } from '../../core/typed-code.ts';
import type { Account, Portal } from '../portal.ts';
import { registrationOf } from '../store/facts.ts';
import { sql } from '../store/sql.ts';
import { handOutIn } from './hand-out-code.ts';

/** *Send it to me*: the code goes to the address of who asks, and to no other. */
export interface SendCodeCommand {
  account: Account;
  registration: string;
  association: string;
}

/** `already`: the same code is on its way, or went out a few minutes ago. */
export type SendCodeResult = { outcome: 'sent' | 'already'; to: string } | Refused;

const NOT_AGAIN_WITHIN_MS = 10 * 60 * 1000;

export function sendCodeToMe(portal: Portal, command: SendCodeCommand): Promise<SendCodeResult> {
  const { account, registration, association } = command;
  const at = portal.now();
  return portal.db.transaction(async (tx): Promise<SendCodeResult> => {
    // Which locks the System ID: of two clicks one sends.
    const handedOut = await handOutIn(tx, portal, command);
    if (handedOut.outcome === 'refused') return handedOut;
    const { email: to } = account;
    const since = new Date(at.getTime() - NOT_AGAIN_WITHIN_MS);
    const sent = await tx.row(sql`
      select from outbox
      where template = 'registration-code' and association = ${association} and address = ${to}
        and facts ->> 'sequence' = ${String(handedOut.sequence)} and created_at > ${since} limit 1`);
    if (sent) return { outcome: 'already', to };
    const chosen = await registrationOf(tx, account.id, registration);
    const facts = {
      site: chosen?.site,
      newShortId: shortId(handedOut.systemId),
      code: writtenCode(handedOut.code),
      sequence: String(handedOut.sequence),
      path: `/systems/${registration}/associations/${association}`,
    };
    await tx.rows(sql`
      insert into outbox (id, association, recipient, address, template, facts, created_at, due_at)
      values (${randomUUID()}, ${association}, 'account', ${to}, 'registration-code', ${JSON.stringify(facts)}, ${at}, ${at})`);
    return { outcome: 'sent', to };
  });
}
