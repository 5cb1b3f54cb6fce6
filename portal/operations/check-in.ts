import { createHash } from 'node:crypto';
import { orderOfCheckIn } from '../../core/check-in-order.ts';
import { type Answer, makeAnswer, openCheckIn } from '../../core/documents/check-in.ts';
import { systemIdIn } from '../../core/documents/request.ts';
import { type Refused, refused } from '../../core/refusals.ts';
import { checkIns, outcomeOf } from '../metrics.ts';
import type { Portal } from '../portal.ts';
import type { Transaction } from '../store/database.ts';
import { offersFor, recordFor } from '../store/records.ts';
import { sql } from '../store/sql.ts';
import { type ConflictKind, openConflict } from './conflicts.ts';
import { catchUp, heardFrom, pinnedKeyOf } from './heard-from.ts';
import { newToken } from './sessions.ts';
import { keepShared } from './shared.ts';

/** A system checks in: the portal hears that it is alive and what it shows, and answers with what it should show. */
export type CheckInResult = { outcome: 'answered'; answer: string } | Refused;

export async function checkIn(portal: Portal, document: string): Promise<CheckInResult> {
  const result = await answer(portal, document);
  checkIns.inc(outcomeOf(result));
  return result;
}

async function answer(portal: Portal, document: string): Promise<CheckInResult> {
  const systemId = systemIdIn(document);
  if (!systemId) return refused('request-damaged');
  const opened = await openCheckIn(document, portal.keys.forDocuments, await pinnedKeyOf(portal.db, systemId));
  const now = portal.now();
  if (opened.outcome === 'refused') {
    if (opened.code === 'signing-key-differs') {
      await portal.db.transaction((tx) => openConflict(tx, systemId, 'signing-key', now));
    }
    return refused(opened.code);
  }

  const { checkIn, pins, instanceProven } = opened;
  const instance = instanceProven ? checkIn.instance : undefined;
  const hash = createHash('sha256').update(document).digest();
  return portal.db.transaction(async (tx) => {
    const known = await lockSystem(tx, systemId);
    if (known.last_check_in_hash?.equals(hash) && known.last_answer) {
      return { outcome: 'answered', answer: known.last_answer };
    }
    const order = orderOfCheckIn(
      {
        checkInN: known.check_in_n,
        token: known.token ?? undefined,
        previousToken: known.previous_token ?? undefined,
        forgiven: known.token_forgiven,
        resync: known.resync,
        instance: known.instance ?? undefined,
      },
      { n: checkIn.n, token: checkIn.token, instance },
    );
    const next_check_in = withJitter(portal.settings.checkInSeconds, hash);
    if (order.outcome === 'conflict') {
      await openConflict(tx, systemId, order.kind, now);
      const answer = { aud: systemId, n: checkIn.n, conflict: order.kind, advisories: [], updates: [], next_check_in };
      return { outcome: 'answered', answer: await sign(portal, answer) };
    }

    await catchUp(tx, systemId, checkIn.sequence);
    await heardFrom(tx, portal, {
      systemId,
      ed25519: pins ? checkIn.ed25519 : undefined,
      instance,
      registration: checkIn.registration,
      sequence: checkIn.sequence,
    });
    if (checkIn.servers && checkIn.health) await keepShared(tx, systemId, checkIn.servers, checkIn.health, now);
    const token = newToken();
    const { bundle, bundleDocument } = portal.keys;
    // With the token of the last answer it says that it had that answer, and the bundle in it.
    const hadBundle = checkIn.token === known.token ? known.bundle_sent : known.bundle_version;
    const needsBundle = hadBundle < bundle.version;
    const record = await recordFor(tx, portal, systemId);
    const offers = record ? [] : await offersFor(tx, portal, systemId);
    const conflict = await openConflictOf(tx, systemId);
    const answer = await sign(portal, {
      aud: systemId,
      n: checkIn.n,
      token,
      ...(record && { record }),
      ...(offers.length > 0 && { offers }),
      ...(conflict && { conflict }),
      advisories: [],
      updates: [],
      ...(needsBundle && { bundle: bundleDocument }),
      next_check_in,
    });
    await tx.rows(sql`
      update system set check_in_n = ${checkIn.n}, previous_token = ${checkIn.token ?? null}, token = ${token},
        token_forgiven = ${order.forgiven}, bundle_version = ${hadBundle},
        bundle_sent = ${needsBundle ? bundle.version : hadBundle}, resync = false, last_check_in_hash = ${hash}, last_answer = ${answer},
        request_n = case when resync then least(request_n, ${checkIn.n}) else request_n end
      where system_id = ${systemId}`);
    return { outcome: 'answered', answer };
  });
}

interface SystemRow {
  check_in_n: number;
  token: string | null;
  previous_token: string | null;
  token_forgiven: boolean;
  resync: boolean;
  instance: string | null;
  last_check_in_hash: Buffer | null;
  last_answer: string | null;
  bundle_sent: number;
  bundle_version: number;
}

async function lockSystem(tx: Transaction, systemId: string): Promise<SystemRow> {
  await tx.rows(sql`insert into system (system_id) values (${systemId}) on conflict do nothing`);
  const row = await tx.row(sql<SystemRow>`
    select check_in_n, token, previous_token, token_forgiven, resync, instance, last_check_in_hash, last_answer,
      bundle_sent, bundle_version
    from system where system_id = ${systemId} for update`);
  return row as SystemRow;
}

async function openConflictOf(tx: Transaction, systemId: string): Promise<ConflictKind | undefined> {
  const row = await tx.row(sql<{ kind: ConflictKind }>`
    select kind from conflict where system_id = ${systemId} and settled_at is null order by opened_at limit 1`);
  return row?.kind;
}

function sign(portal: Portal, answer: Answer): Promise<string> {
  return makeAnswer(answer, portal.keys.record);
}

/** Plus or minus a tenth, so that systems which started together do not come together for ever. */
function withJitter(seconds: number, random: Buffer): number {
  return Math.max(1, Math.round(seconds * (0.9 + 0.2 * ((random[0] ?? 0) / 255))));
}
