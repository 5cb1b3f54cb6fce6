import type { FastifyReply, FastifyRequest } from 'fastify';
import type { InviteAnswer } from '../../core/invitations.ts';
import { refused } from '../../core/refusals.ts';
import type { Problem } from '../../ui/reader.ts';
import type { ConsentChoices } from '../pages/system-consents.tsx';
import { SystemPage } from '../pages/system-information.tsx';
import { draftOf } from '../store/drafts.ts';
import { presentCodes } from '../store/reads/codes.ts';
import { HISTORY_PAGE_SIZE, historyOf } from '../store/reads/history.ts';
import { systemInformation } from '../store/reads/system-information.ts';
import { uploadsOf } from '../store/uploads.ts';
import { type Http, numberOf, type Posted, send } from './context.tsx';
import { pageIn } from './paging.ts';
import { refuse } from './refuse.tsx';
import type { SignedIn } from './visitor.ts';

/** What a form of the System information page sent that cannot be done as it is. */
export interface Again {
  problems: Problem[];
  choices?: ConsentChoices;
  inviting?: InviteAnswer;
  status: 409 | 422;
}

/** The System information page of the registration in the address; again where a form of it has to be sent once more. */
export async function systemPage(
  { portal, ...http }: Http,
  request: FastifyRequest,
  reply: FastifyReply,
  visitor: SignedIn,
  again?: Again,
): Promise<FastifyReply> {
  const { db } = portal;
  const { id } = visitor.account;
  const number = numberOf(request, 'number');
  const [system, draft, uploads] = await Promise.all([
    systemInformation(db, id, number, visitor.now),
    draftOf(db, id, { registration: number }),
    uploadsOf(db, id, number),
  ]);
  if (!system) return refuse({ portal, ...http }, request, reply, visitor, refused('not-among-yours'));
  const query = request.query as Posted;
  const historyPage = historyPageIn(query, system.historyLength);
  const [history, codes] = await Promise.all([historyOf(db, id, number, historyPage), presentCodes(db, id, number)]);
  const [sent, accepted] = [query['sent'] !== undefined, query['accepted'] !== undefined];
  const shown = { system, draft, uploads, codes, history, historyPage, sent, accepted, again };
  const page = <SystemPage visitor={visitor} portalName={portal.settings.name} {...shown} />;
  return send(reply, page, again?.status ?? 200);
}

function historyPageIn(query: Posted, length: number): number | undefined {
  if (query['history'] === 'all') return undefined;
  const last = Math.max(1, Math.ceil(length / HISTORY_PAGE_SIZE));
  return Math.min(pageIn({ page: query['history'] }), last);
}
