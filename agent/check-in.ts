// One check-in: the system tells the portal who it is and what it shows, and hears what there is for it.

import { makeCheckIn, openAnswer } from '../core/documents/check-in.ts';
import type { SystemId } from '../core/system-id.ts';
import type { Agent } from './agent.ts';
import { type Failure, postCheckIn } from './portal-connection.ts';
import { readRegistration, shownRegistration, type Taken, takeRecord } from './records.ts';
import { sharedNow } from './shared.ts';
import { keptCodes, sequenceOfCode } from './store/codes.ts';
import { nextCounter } from './store/identity.ts';
import {
  conversation,
  keepCheckIn,
  keepOnlyOffers,
  noteFailure,
  noteHeard,
  noteRefused,
} from './store/registration.ts';
import type { Server } from './store/server.ts';
import { takeBundle } from './trusted-portal.ts';

export type CheckInResult =
  | { outcome: 'heard'; took: 'applied' | 'offered' | 'nothing' }
  | { outcome: 'refused'; code: string }
  | { outcome: 'failed'; failure: Failure }
  /** Nobody has said yet which system this is: then nothing is sent. */
  | { outcome: 'not-at-home' };

export async function checkIn(agent: Agent, stop: AbortSignal): Promise<CheckInResult> {
  const { fingerprint, bundle, url } = agent.portal;
  const asked = await documentToSend(agent);
  if (!asked) return { outcome: 'not-at-home' };

  const reply = await postCheckIn(url, asked.document, stop);
  if (reply.outcome === 'failed') return failed(reply.failure);
  if (reply.outcome === 'refused') {
    await ofSystem((server) => noteRefused(server.db, fingerprint, reply.code, agent.now()));
    return reply;
  }
  let reading = await openAnswer(reply.document, bundle, asked);
  if (reading.outcome === 'refused' && reading.code === 'answer-from-another-portal' && reading.bundle !== undefined) {
    // Who slept while the portal changed its record key: the bundle counts by its root, whatever the answer is worth.
    await takeNewerBundle(reading.bundle);
    reading = await openAnswer(reply.document, agent.portal.bundle, asked);
  }
  if (reading.outcome === 'refused') return failed('not-the-portal');
  const { answer } = reading;

  // Token and counter first: whatever happens to the rest, the next check-in goes on from here.
  const isStill = await ofSystem(({ db }) => {
    const conflict = answer.conflict !== undefined;
    noteHeard(db, fingerprint, { token: answer.token, nextCheckIn: answer.next_check_in, conflict }, agent.now());
  });
  if (!isStill) return { outcome: 'not-at-home' };
  // Before the records: they may be signed under the keys that it brings.
  if (answer.bundle !== undefined) await takeNewerBundle(answer.bundle);
  const records = [answer.record, ...(answer.offers ?? [])].filter((record) => record !== undefined);
  return { outcome: 'heard', took: await takeIn(records) };

  async function takeIn(records: string[]): Promise<'applied' | 'offered' | 'nothing'> {
    const taken: Taken[] = [];
    for (const record of records) taken.push(await takeRecord(agent, record, { byHand: false }));
    const offered = taken.flatMap((one) => (one.outcome === 'offered' ? [one.registration] : []));
    await ofSystem(({ db }) => keepOnlyOffers(db, fingerprint, offered));
    if (taken.some(({ outcome }) => outcome === 'applied')) return 'applied';
    return offered.length > 0 ? 'offered' : 'nothing';
  }

  /** A bundle of another portal is a person's decision: what an answer brings of that kind is left. */
  async function takeNewerBundle(document: string): Promise<void> {
    const { outcome } = await takeBundle(agent, document);
    if (outcome === 'refused' || outcome === 'another') agent.log.warn('the portal sent a bundle that is not its own');
  }

  async function failed(failure: Failure): Promise<CheckInResult> {
    // Broken off because the agent ends: that says nothing about the way to the portal.
    if (!stop.aborted) await ofSystem(({ db }) => noteFailure(db, fingerprint, failure, agent.now()));
    return { outcome: 'failed', failure };
  }

  /** The answer is for the system that asked. Meanwhile the database may have become another one. */
  function ofSystem(work: (server: Server) => void): Promise<boolean> {
    return agent.store.use((server) => {
      if (server.keys.systemId !== asked?.systemId || !server.atHome) return false;
      work(server);
      return true;
    });
  }
}

interface Asked {
  systemId: SystemId;
  n: number;
  document: string;
}

/** The one whose answer was lost, in the same bytes; else a new one, kept before it leaves. */
async function documentToSend(agent: Agent): Promise<Asked | undefined> {
  const { fingerprint, bundle } = agent.portal;
  const shown = await readRegistration(agent);
  const shared = await sharedNow(agent, shown);
  const now = agent.now();
  const start = await agent.store.use(({ db, keys, instance, atHome }) => {
    if (!atHome) return undefined;
    const { checkIn, token } = conversation(db, fingerprint);
    if (checkIn && !checkIn.answered) return { unanswered: { ...checkIn, systemId: keys.systemId } };
    const sequence = sequenceOfCode(keptCodes(db, bundle));
    return { speaker: { keys, bundle, instance: instance.key, n: nextCounter(db), token, sequence } };
  });
  if (!start) return undefined;
  if (start.unanswered) return start.unanswered;

  const { keys, n } = start.speaker;
  const document = await makeCheckIn({ ...start.speaker, registration: shownRegistration(shown), now, shared });
  return agent.store.use((server) => {
    if (server.keys.systemId !== keys.systemId || !server.atHome) return undefined;
    keepCheckIn(server.db, fingerprint, n, document, now);
    return { systemId: keys.systemId, n, document };
  });
}
