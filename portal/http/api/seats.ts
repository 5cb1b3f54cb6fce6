import type { seatOperations } from '../../../api/contract/seats.ts';
import { CONSENT_KINDS, CONSENT_VERSION } from '../../../core/consents.ts';
import { looksLikeEmail } from '../../../core/registration-form.ts';
import { acceptInvitation, lookAtInvitation, refuseInvitation } from '../../operations/answer-invitation.ts';
import { changeConsent } from '../../operations/consents.ts';
import { invite, withdrawInvitation } from '../../operations/invite.ts';
import { consentSentences } from '../../pages/consent-text.ts';
import { nobody } from '../visitor.ts';
import { type HandlersOf, notDone, time } from './handler.ts';

export const seatHandlers: HandlersOf<typeof seatOperations> = {
  invite: async ({ portal, account, body: { registration, address } }) => {
    if (address !== undefined && !looksLikeEmail(address)) return notAnAddress(portal, '/address');
    const wanted = address === undefined ? ({ how: 'printed' } as const) : ({ how: 'mail', address } as const);
    const result = await invite(portal, { account, registration, invite: wanted });
    if (result.outcome === 'refused') return result;
    return { status: 201, body: { registration, id: result.invitation, code: result.code ?? null } };
  },

  withdrawInvitation: async ({ portal, account, body: { registration, invitation } }) => {
    const result = await withdrawInvitation(portal, { account, registration, invitation });
    return result.outcome === 'refused' ? result : { status: 200, body: { outcome: result.outcome, registration } };
  },

  lookAtInvitation: async ({ portal, account, body: { secret } }) => {
    const result = await lookAtInvitation(portal, { account, secret });
    if (result.outcome === 'refused') return result;
    if (result.outcome === 'already') {
      const { seat, registration } = result;
      return {
        status: 200,
        body: { site: null, organisation: null, seat, hands_over: false, expires_at: null, registration },
      };
    }
    const { site, organisation, seat, handsOver, expiresAt } = result.invitation;
    const shown = { site, organisation, seat, hands_over: handsOver, expires_at: time(expiresAt) };
    return { status: 200, body: { ...shown, registration: null } };
  },

  acceptInvitation: async ({ portal, account, body: { secret } }) => {
    const result = await acceptInvitation(portal, { account, secret });
    if (result.outcome === 'refused') return result;
    const { outcome, registration, seat } = result;
    return { status: 200, body: { outcome, registration, seat } };
  },

  refuseInvitation: async ({ portal, account, body: { secret } }) => {
    const result = await refuseInvitation(portal, { account, secret });
    return result.outcome === 'refused' ? result : { status: 204, body: undefined };
  },

  changeConsent: async ({ portal, account, body: { registration, kind, given, version } }) => {
    const result = await changeConsent(portal, { account, registration, kind, given, version });
    if (result.outcome === 'refused') return result;
    const { outcome } = result;
    return outcome === 'changed-since' ? notDone('stale-etag') : { status: 200, body: { outcome, registration } };
  },

  showConsentTexts: async ({ portal }) => {
    const items = CONSENT_KINDS.map((kind) => ({ kind, text: consentSentences(nobody(portal), kind) }));
    return { status: 200, body: { version: CONSENT_VERSION, items } };
  },
};

/** What no mail can be addressed to, and where it stands in the body. */
export const notAnAddress = (portal: Parameters<typeof nobody>[0], pointer: string) =>
  notDone('not-as-described', { errors: [{ pointer, detail: nobody(portal).t('invite.not-an-email') }] });
