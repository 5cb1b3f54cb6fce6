// The clock of the check-ins: one at a time, by schedule or because somebody asked.

import type { Agent } from './agent.ts';
import { type CheckInResult, checkIn } from './check-in.ts';
import { followPortal } from './follow-portal.ts';
import { isRegistered } from './plate.ts';
import { readRegistration, shownRegistration } from './records.ts';
import { secondsUntilCheckIn } from './schedule.ts';
import { membersOf } from './sent.ts';

export interface CheckIns {
  /** Something has happened that may call for an earlier one, or for none. */
  plan(): void;
  /** Now, because a person waits for it. */
  now(): Promise<CheckInResult>;
  stop(): Promise<void>;
}

/** Also without a check-in to come: the database may be replaced by hand meanwhile, by one that has a registration. */
const LOOK_AGAIN = 60;

export function checkIns(agent: Agent): CheckIns {
  const stopping = new AbortController();
  const follow = followPortal(agent);
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<CheckInResult> | undefined;
  let failures = 0;
  let plans = 0;

  function now(): Promise<CheckInResult> {
    running ??= follow()
      .then(() => checkIn(agent, stopping.signal))
      .then((result) => {
        failures = result.outcome === 'heard' ? 0 : failures + 1;
        return result;
      })
      .finally(() => {
        running = undefined;
        plan();
      });
    return running;
  }

  function plan(): void {
    if (stopping.signal.aborted) return;
    plans += 1;
    arm(plans).catch((error) => {
      // The database cannot be read just now; the pages say so. It is looked at again.
      agent.log.warn({ err: error }, 'the database cannot be read');
      timer = setTimeout(plan, LOOK_AGAIN * 1000);
    });
  }

  /** Reading takes a moment: of two plans only the later one may set the timer. */
  async function arm(number: number): Promise<void> {
    const seconds = secondsUntilCheckIn(await situation(), Math.random());
    if (number !== plans || stopping.signal.aborted) return;
    clearTimeout(timer);
    const isDue = seconds !== undefined && seconds <= LOOK_AGAIN;
    timer = setTimeout(isDue ? due : plan, (isDue ? seconds : LOOK_AGAIN) * 1000);
  }

  function due(): void {
    now().catch((error) => agent.log.error({ err: error }, 'a check-in failed'));
  }

  async function situation() {
    const registration = await readRegistration(agent);
    const { conversation, plate, record } = registration;
    const told = conversation.checkIn?.answered ? membersOf(conversation.checkIn.document).members : undefined;
    return {
      ...conversation,
      atHome: plate.state !== 'moved-or-copied',
      // A damaged record is still one of ours: the portal can send it again.
      hasRegistration: isRegistered(plate) || (conversation.accepted !== undefined && record?.state !== 'closed'),
      hasNews:
        told?.registration !== shownRegistration(registration) || (told?.sequence ?? 0) !== registration.sequence,
      failures,
      failedAt: conversation.failure?.at,
      now: agent.now(),
    };
  }

  async function stop(): Promise<void> {
    stopping.abort();
    clearTimeout(timer);
    await running?.catch(() => undefined);
  }
  return { plan, now, stop };
}
