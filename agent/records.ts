// From stored and brought records to what the server shows. Every record is verified when it is looked at, never before.

import { judgeRecord, openRecord, type RecordPayload, type RecordReading } from '../core/documents/record.ts';
import { contentOf } from '../core/registration-code.ts';
import { isSystemId, type SystemId } from '../core/system-id.ts';
import type { Agent } from './agent.ts';
import { type CodeInUse, codeInUse } from './codes.ts';
import { isRegistered, type Known, type Plate, plateOf, showsRegistration } from './plate.ts';
import { type KeptCodes, keptCodes, sequenceOfCode } from './store/codes.ts';
import type { Database } from './store/database.ts';
import type { InstanceFile } from './store/instance-file.ts';
import { accept, type Conversation, conversation, type Offer, offer, offers } from './store/registration.ts';
import { requestsMade } from './store/requests.ts';

export interface Registration {
  systemId: SystemId;
  conversation: Conversation;
  plate: Plate;
  /** The accepted record, if it verifies. */
  record: RecordPayload | undefined;
  /** The code in use, while the server is registered. */
  code: CodeInUse | undefined;
  /** The sequence that its documents say. */
  sequence: number;
}

export async function readRegistration(agent: Agent): Promise<Registration> {
  const { bundle, fingerprint } = agent.portal;
  const { former, ...known } = await agent.store.use(({ db, keys, atHome, instance }) => {
    const kept = keptCodes(db, bundle);
    return {
      systemId: keys.systemId,
      atHome,
      former: instance.former,
      conversation: conversation(db, fingerprint),
      kept,
      code: codeInUse(kept, { keys, bundle }),
    };
  });
  const { systemId, kept } = known;
  const { accepted } = known.conversation;
  const reading = accepted && (await openRecord(accepted.record, bundle, systemId));
  const plate = plateOf({
    atHome: known.atHome,
    hadAnotherSystem: former.length > 0,
    record: reading,
    ...codeAndText(kept),
    before: kept.lastCode && (await recordOfBefore(former, bundle)),
  });
  return {
    systemId,
    conversation: known.conversation,
    plate,
    record: reading?.outcome === 'genuine' ? reading.record : undefined,
    code: isRegistered(plate) ? known.code : undefined,
    sequence: sequenceOfCode(kept),
  };
}

function codeAndText({ lastCode, entered }: KeptCodes): Pick<Known, 'code' | 'entered'> {
  return {
    code: lastCode && { sequence: contentOf(lastCode.code).sequence, enteredAt: lastCode.at },
    entered: entered && {
      registration: entered.registration,
      enteredAt: new Date(entered.at * 1000),
      site: { name: entered.site, company: entered.company, city: entered.city },
    },
  };
}

/** What this installation showed last, before its database was new: kept beside the instance key, and verified again. */
async function recordOfBefore(former: InstanceFile['former'], bundle: Agent['portal']['bundle']) {
  for (const { systemId, record, recordAt, until } of former) {
    if (record === undefined || !isSystemId(systemId)) continue;
    const reading = await openRecord(record, bundle, systemId);
    if (reading.outcome === 'genuine' && showsRegistration(reading.record)) {
      return { record: reading.record, asOf: new Date((recordAt ?? until) * 1000) };
    }
  }
  return undefined;
}

export async function readPlate(agent: Agent): Promise<Plate> {
  return (await readRegistration(agent)).plate;
}

/**
 * The registration that the server shows, as its documents name it: only one that the portal has signed, for naming it is
 * proof of who the system is.
 */
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

/** A record has arrived: with an answer of the portal, or a person brought it, by link or file. */
export async function takeRecord(agent: Agent, text: string, { byHand }: { byHand: boolean }): Promise<Taken> {
  const { bundle, fingerprint } = agent.portal;
  const systemId = await agent.store.use(({ keys }) => keys.systemId);
  const reading = await openRecord(text, bundle, systemId);
  if (reading.outcome === 'refused') return reading;
  const { record } = reading;
  const { registration } = record;
  const isDamaged = (await readPlate(agent)).state === 'record-damaged';

  return agent.store.use((server): Taken => {
    // Another system since the record was verified: then it is no longer for this one.
    if (server.keys.systemId !== record.sub) return { outcome: 'refused', code: 'record-for-another-system' };
    const verdict = judge(server.db, record, fingerprint, agent.now());
    // The same record once more heals a stored one that was damaged.
    if (verdict === 'apply' || (verdict === 'same' && isDamaged)) {
      accept(server, bundle, { text: text.trim(), ...record }, agent.now());
      return { outcome: 'applied', registration };
    }
    if (verdict !== 'offer') return { outcome: verdict, registration };
    // There is nothing to show in a registration that has ended, or left for another System ID.
    if (record.state === 'closed' || record.state === 'replaced') return { outcome: 'ended', registration };
    offer(server.db, fingerprint, { registration, record: text.trim(), byHand });
    return { outcome: 'offered', registration };
  });
}

/** An administrator wants this server to show what was offered. False if it is no longer offered. */
export async function acceptOffer(agent: Agent, registration: string): Promise<boolean> {
  const { bundle, fingerprint } = agent.portal;
  const { found, systemId } = await agent.store.use(({ db, keys }) => ({
    found: findOffer(offers(db, fingerprint), registration),
    systemId: keys.systemId,
  }));
  if (!found) return false;
  const reading = await openRecord(found.record, bundle, systemId);
  if (reading.outcome === 'refused') return false;
  return agent.store.use((server) => {
    const isStillOffered = findOffer(offers(server.db, fingerprint), registration)?.record === found.record;
    if (!isStillOffered || server.keys.systemId !== reading.record.sub) return false;
    // A newer code or record may have come since it was offered.
    if (judge(server.db, reading.record, fingerprint, agent.now()) === 'older') return false;
    accept(server, bundle, { text: found.record, ...reading.record }, agent.now());
    return true;
  });
}

function judge(db: Database, record: RecordPayload, fingerprint: string, now: Date) {
  const { accepted, lastSequence } = conversation(db, fingerprint);
  const ownRequests = requestsMade(db, fingerprint);
  return judgeRecord(record, { showing: accepted, lastSequence, ownRequests, now });
}

function findOffer(made: Offer[], registration: string): Offer | undefined {
  return made.find((one) => one.registration === registration);
}
