import type { Seat } from '../../core/permissions.ts';
import type { Portal } from '../portal.ts';
import { writeChange } from '../store/changes.ts';
import { lock, registrationUnasked } from '../store/facts.ts';
import { sql } from '../store/sql.ts';
import { noticesTo } from './notices.ts';

/** Invitations and offers that nobody took in time end, and the parties are told, so that they can do it again. */
export async function expireInvitations(portal: Pick<Portal, 'db' | 'now'>): Promise<number> {
  const at = portal.now();
  const over = await portal.db.rows(sql<{ id: string; registration: string }>`
    select id, registration from invitation where ended_at is null and expires_at <= ${at}`);
  let expired = 0;
  for (const { id, registration: number } of over) {
    await portal.db.transaction(async (tx) => {
      const [, registration] = await Promise.all([lock(tx, [], [number]), registrationUnasked(tx, number)]);
      const ended = await tx.row(sql<{ seat: Seat; handsOver: boolean }>`
        update invitation set ended_at = ${at}, ended_as = 'expired' where id = ${id} and ended_at is null
        returning seat, hands_over as "handsOver"`);
      if (!ended || !registration) return;
      expired++;
      const { seat } = ended;
      const act = ended.handsOver ? 'hand-over-expired' : 'invitation-expired';
      await writeChange(tx, {
        registration,
        act,
        actor: undefined,
        at,
        about: { seat },
        mails: noticesTo(registration, act, {
          site: registration.site,
          registration: number,
          seat,
          at,
        }),
      });
    });
  }
  return expired;
}
