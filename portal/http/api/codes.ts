import type { codeOperations } from '../../../api/contract/codes.ts';
import type { ConfirmationCodeReading } from '../../../core/confirmation-code.ts';
import { refused } from '../../../core/refusals.ts';
import { shortId } from '../../../core/system-id.ts';
import { writtenCode } from '../../../core/typed-code.ts';
import { confirmWithCode } from '../../operations/confirm-with-code.ts';
import { handOutCode } from '../../operations/hand-out-code.ts';
import { sendCodeToMe } from '../../operations/send-code.ts';
import { type PresentCode, presentCode } from '../../store/reads/codes.ts';
import { recordOfAssociation } from '../../store/records.ts';
import { type HandlersOf, notDone, time } from './handler.ts';

export const codeHandlers: HandlersOf<typeof codeOperations> = {
  showCode: async ({ portal, account, params }) => {
    const present = await presentCode(portal.db, account.id, params.number, params.association);
    return present ? { status: 200, body: codeOut(present) } : refused('not-among-yours');
  },

  handOutCode: async ({ portal, account, params: { number: registration, association }, body: { anew } }) => {
    const result = await handOutCode(portal, { account, registration, association, anew });
    if (result.outcome === 'refused') return result;
    const location = `/registrations/${registration}/associations/${association}/codes`;
    return result.new ? { status: 201, body: codeOut(result), location } : { status: 200, body: codeOut(result) };
  },

  mailCode: async ({ portal, account, params: { number: registration, association } }) => {
    const result = await sendCodeToMe(portal, { account, registration, association });
    return result.outcome === 'refused' ? result : { status: 202, body: result };
  },

  confirmWithCode: async ({ portal, account, params: { number: registration, association }, body: { code } }) => {
    const result = await confirmWithCode(portal, { account, registration, association, typed: code });
    switch (result.outcome) {
      case 'refused':
        return result;
      case 'mistyped':
        return notDone('not-as-described', { errors: [{ pointer: '/code', detail: whereToLook(result.reading) }] });
      default:
        return { status: 200, body: result };
    }
  },

  showRecord: async ({ portal, account, params }) => {
    const file = await recordOfAssociation(portal, account.id, params.number, params.association);
    if (!file) return refused('not-among-yours');
    return { status: 200, body: { record: file.record, file_name: file.name, system_id: file.systemId } };
  },
};

const codeOut = (present: PresentCode) => ({
  code: writtenCode(present.code),
  system_id: present.systemId,
  short_id: shortId(present.systemId),
  sequence: present.sequence,
  issued_at: time(present.issuedAt),
  tries_left: present.triesLeft,
  codes_left: present.left,
  nearly_used_up: present.nearlyUsedUp,
});

function whereToLook(reading: Exclude<ConfirmationCodeReading, { outcome: 'read' }>): string {
  switch (reading.outcome) {
    case 'empty':
      return 'This is empty.';
    case 'not-understood':
      return `${reading.character} is not used in a code. Look at group ${reading.group}.`;
    case 'wrong-length':
      return `A confirmation code has ten symbols. This has ${reading.symbols}.`;
    case 'other-text':
      return reading.text === 'system-id' ? 'This is a System ID.' : 'This is a registration code.';
    case 'another-type':
      return 'This is made by a newer version of the server.';
    case 'mistyped': {
      const groups = [...new Set(reading.places.map(({ group }) => group))];
      return groups.length > 0 ? `Check group ${groups.join(' or ')}.` : 'Several symbols are wrong.';
    }
  }
}
