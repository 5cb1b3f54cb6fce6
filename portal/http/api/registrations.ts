import { z } from 'zod';
import type { registrationOperations } from '../../../api/contract/registrations.ts';
import { may } from '../../../core/permissions.ts';
import { refused } from '../../../core/refusals.ts';
import { looksLikeEmail } from '../../../core/registration-form.ts';
import { shortId } from '../../../core/system-id.ts';
import { edit } from '../../operations/edit.ts';
import { register } from '../../operations/register.ts';
import type { Account, Portal } from '../../portal.ts';
import type { Invitation } from '../../store/reads/invitations.ts';
import { registeredSystemsAfter, type SystemKey } from '../../store/reads/registered-systems.ts';
import {
  type SystemInformation,
  type SystemOfRegistration,
  systemInformation,
} from '../../store/reads/system-information.ts';
import { answersOut, readAnswers, warrantyNotYours } from './answers.ts';
import { pageOf, readCursor } from './cursor.ts';
import { type HandlersOf, notDone, time, timeOrNull } from './handler.ts';
import { notAnAddress } from './seats.ts';

const systemKey: z.ZodType<SystemKey> = z.tuple([z.string(), z.string()]);

export const registrationHandlers: HandlersOf<typeof registrationOperations> = {
  register: async ({ portal, account, body }) => {
    const { answers, errors } = readAnswers(portal, body.answers, '/answers');
    if (errors.length > 0) return notDone('not-as-described', { errors });
    const notYours = warrantyNotYours(account, answers);
    if (notYours) return notYours;
    const { request, invite } = body;
    if (invite !== undefined && !looksLikeEmail(invite)) return notAnAddress(portal, '/invite');
    const result = await register(portal, { account, request, answers, invite });
    if (result.outcome === 'refused') return result;
    const shown = await registrationOut(portal, account, result.registration);
    if (!shown) return refused('not-among-yours');
    const location = `/registrations/${result.registration}`;
    return result.outcome === 'already' ? { status: 200, ...shown } : { status: 201, ...shown, location };
  },

  listRegistrations: async ({ portal, account, query }) => {
    const cursor = readCursor(query.cursor, systemKey);
    if (cursor.outcome === 'refused') return cursor;
    const { search = '', state, limit } = query;
    const wanted = { search: search.trim(), state, after: cursor.after, limit: limit + 1 };
    const rows = await registeredSystemsAfter(portal.db, account.id, wanted);
    const page = pageOf(
      rows,
      limit,
      (row): SystemKey => [row.site, row.number],
      (row) => ({
        number: row.number,
        state: row.state,
        site: row.site,
        company: row.company,
        city: row.city,
        merged_into: row.mergedInto,
        system_id: row.systemId,
        waits: row.waits,
        in_conflict: row.inConflict,
        kind: row.kind,
        server: row.server,
        last_heard_at: timeOrNull(row.lastHeardAt),
      }),
    );
    return { status: 200, body: page };
  },

  showRegistration: async ({ portal, account, params }) => {
    const shown = await registrationOut(portal, account, params.number);
    return shown ? { status: 200, ...shown } : refused('not-among-yours');
  },

  edit: async ({ portal, account, params, body, ifMatch }) => {
    const { answers, errors } = readAnswers(portal, body, '');
    if (errors.length > 0) return notDone('not-as-described', { errors });
    const revision = revisionIn(ifMatch);
    const command = { account, registration: params.number, revision, answers };
    const result = await edit(portal, command);
    if (result.outcome === 'refused') return result.code === 'lost-race' ? notDone('stale-etag') : result;
    const shown = await registrationOut(portal, account, params.number);
    return shown ? { status: 200, ...shown } : refused('not-among-yours');
  },
};

/** The ETag stands for what the registration says: what is beside it (last heard, seats) changes without it. */
const etagOf = ({ answersRevision }: SystemInformation): string => `"${answersRevision}"`;

/** Of what we never gave: a revision before all others, so that it is stale. */
export function revisionIn(ifMatch: string): number {
  const revision = Number(/^"([1-9]\d{0,8})"$/.exec(ifMatch)?.[1]);
  return Number.isNaN(revision) ? 0 : revision;
}

export async function registrationOut(portal: Portal, account: Account, number: string) {
  const system = await systemInformation(portal.db, account.id, number, portal.now());
  if (!system) return undefined;
  const { state, seat, confirmed } = system;
  return {
    etag: etagOf(system),
    body: {
      number: system.number,
      state,
      site: system.site,
      seat,
      revision: system.revision,
      answers: answersOut(system.answers),
      registered_at: time(system.registeredAt),
      confirmed_at: timeOrNull(confirmed?.at),
      confirmed_by: confirmed?.by ?? null,
      closed_at: timeOrNull(system.closedAt),
      merged_into: system.mergedInto?.number ?? null,
      parties: system.parties.map(({ seat: theirs, name, organisation, leavesAt }) => ({
        seat: theirs,
        name,
        organisation,
        leaves_at: leavesAt === null ? null : time(new Date(leavesAt)),
      })),
      invitation: system.invitation ? invitationOut(system.invitation) : null,
      offer: system.offer ? invitationOut(system.offer) : null,
      consents: system.consents.map(({ kind, given, version, at }) => ({ kind, given, version, at: time(at) })),
      current: system.current ? systemOut(system.current) : null,
      claims: system.claims.map(systemOut),
      retired: system.retired.map(systemOut),
      conflicts: system.conflicts.map(({ id, kind, systemId, openedAt }) => ({
        id,
        kind,
        system_id: systemId,
        opened_at: time(openedAt),
      })),
      history_length: system.historyLength,
      actions: {
        associate: may('associate', state, seat),
        edit_details: may('edit-details', state, seat),
        edit_warranty: may('edit-warranty', state, seat),
        invite: may('invite', state, seat),
        confirm: may('confirm', state, seat),
        consent: may('consent', state, seat),
        withdraw_consent: may('withdraw-consent', state, seat),
        undo: may('undo', state, seat),
        merge: may('merge', state, seat),
        close: may('close', state, seat, system.hadEndUser),
        hand_over: may('hand-over', state, seat),
        end_integrator: may('end-integrator', state, seat),
        resign: may('resign', state, seat),
        open_case: may('open-case', state, seat),
      },
    },
  };
}

const invitationOut = ({ id, seat, how, address, invitedAt, expiresAt, mail }: Invitation) => ({
  id,
  seat,
  how,
  address,
  invited_at: time(invitedAt),
  expires_at: time(expiresAt),
  mail,
});

const systemOut = (system: SystemOfRegistration) => ({
  association: system.association,
  system_id: system.systemId,
  short_id: shortId(system.systemId),
  state: system.state,
  how: system.how,
  made_at: time(system.madeAt),
  made_by: system.madeByName,
  ended_at: timeOrNull(system.endedAt),
  server: system.server,
  shared: system.shared ? { ...system.shared, at: time(system.shared.at) } : null,
  last_heard_at: timeOrNull(system.lastHeardAt),
  shown_since: timeOrNull(system.shownSince),
});
