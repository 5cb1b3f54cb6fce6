// From stored and brought records to what the server shows. Every record is verified when it is looked at, never before.

import { judgeRecord, openRecord, type RecordPayload, type RecordReading } from '../core/documents/record.ts';
import type { SystemId } from '../core/system-id.ts';
import type { Agent } from './agent.ts';
import { type Plate, plateOf } from './plate.ts';
import type { Database } from './store/database.ts';
import { accept, type Conversation, conversation, type Offer, offer, offers } from './store/registration.ts';
import { requestsMade } from './store/requests.ts';

export interface Registration {
  systemId: SystemId;
  conversation: Conversation;
  plate: Plate;
  /** The accepted record, if it verifies. */
  record: RecordPayload | undefined;
}

export async function readRegistration(agent: Agent): Promise<Registration> {
  const known = await agent.store.use(({ db, keys, atHome, instance }) => ({
    systemId: keys.systemId,
    atHome,
    hadAnotherSystem: instance.former.length > 0,
    conversation: conversation(db, agent.portal.fingerprint),
  }));
  const { accepted } = known.conversation;
  const reading = accepted && (await openRecord(accepted.record, agent.portal.bundle, known.systemId));
  return {
    systemId: known.systemId,
    conversation: known.conversation,
    plate: plateOf({ ...known, record: reading }),
    record: reading?.outcome === 'genuine' ? reading.record : undefined,
  };
}

export async function readPlate(agent: Agent): Promise<Plate> {
  return (await readRegistration(agent)).plate;
}

/** The registration that the server shows, as its documents name it. */
export function shownRegistration({ plate }: Pick<Registration, 'plate'>): string | undefined {
  return plate.state === 'registered' ? plate.registration : undefined;
}

export async function readOffers(agent: Agent): Promise<RecordPayload[]> {
  const { made, systemId } = await agent.store.use(({ db, keys }) => ({
    made: offers(db, agent.portal.fingerprint),
    systemId: keys.systemId,
  }));
  const read = await Promise.all(made.map((one) => openRecord(one.record, agent.portal.bundle, systemId)));
  return read.flatMap((reading) => (reading.outcome === 'genuine' ? [reading.record] : []));
}

export type Taken =
  | { outcome: 'applied' | 'same' | 'offered' | 'older' | 'ended'; registration: string }
  | { outcome: 'refused'; code: Extract<RecordReading, { outcome: 'refused' }>['code'] };

/** A record has arrived, by whichever road. */
export async function takeRecord(agent: Agent, text: string): Promise<Taken> {
  const systemId = await agent.store.use(({ keys }) => keys.systemId);
  const reading = await openRecord(text, agent.portal.bundle, systemId);
  if (reading.outcome === 'refused') return reading;
  const { record } = reading;
  const { registration } = record;
  const isDamaged = (await readPlate(agent)).state === 'record-damaged';

  return agent.store.use((server): Taken => {
    // Another system since the record was verified: then it is no longer for this one.
    if (server.keys.systemId !== record.sub) return { outcome: 'refused', code: 'record-for-another-system' };
    const verdict = judge(agent, server.db, record);
    // The same record once more heals a stored one that was damaged.
    if (verdict === 'apply' || (verdict === 'same' && isDamaged)) {
      accept(server, agent.portal.fingerprint, { text: text.trim(), ...record }, agent.now());
      return { outcome: 'applied', registration };
    }
    if (verdict !== 'offer') return { outcome: verdict, registration };
    // There is nothing to show in a registration that has ended, or left for another System ID.
    if (record.state === 'closed' || record.state === 'replaced') return { outcome: 'ended', registration };
    offer(server.db, agent.portal.fingerprint, { registration, record: text.trim() });
    return { outcome: 'offered', registration };
  });
}

/** An administrator wants this server to show what was offered. False if it is no longer offered. */
export async function acceptOffer(agent: Agent, registration: string): Promise<boolean> {
  const found = await agent.store.use(({ db }) => findOffer(offers(db, agent.portal.fingerprint), registration));
  if (!found) return false;
  const systemId = await agent.store.use(({ keys }) => keys.systemId);
  const reading = await openRecord(found.record, agent.portal.bundle, systemId);
  if (reading.outcome === 'refused') return false;
  return agent.store.use((server) => {
    const isStillOffered =
      findOffer(offers(server.db, agent.portal.fingerprint), registration)?.record === found.record;
    if (!isStillOffered || server.keys.systemId !== reading.record.sub) return false;
    accept(server, agent.portal.fingerprint, { text: found.record, ...reading.record }, agent.now());
    return true;
  });
}

function judge(agent: Agent, db: Database, record: RecordPayload) {
  const { accepted, lastSequence } = conversation(db, agent.portal.fingerprint);
  const ownRequests = requestsMade(db, agent.portal.fingerprint);
  return judgeRecord(record, { showing: accepted, lastSequence, ownRequests, now: agent.now() });
}

function findOffer(made: Offer[], registration: string): Offer | undefined {
  return made.find((one) => one.registration === registration);
}
