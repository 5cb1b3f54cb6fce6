import type { FastifyReply, FastifyRequest } from 'fastify';
import { PROBLEMS, type ProblemCode } from '../../api/problems.ts';
import type { RefusalFacts } from '../../core/refusals.ts';
import { RefusalPage } from '../pages/refusal.tsx';
import type { BroughtRequest } from '../store/facts.ts';
import { refusalRegistration, registrationWith } from '../store/reads/refusal-facts.ts';
import { type Http, send } from './context.tsx';
import type { Visitor } from './visitor.ts';

/** On which way somebody was when they were refused: from there the next step starts. */
export interface RefusalContext {
  brought?: BroughtRequest | undefined;
  /** The registration that they had chosen. */
  chosen?: string | undefined;
  /** What the request did stands no more. */
  ended?: boolean | undefined;
  /** The page of the invitation that they came with. */
  invitation?: string | undefined;
  /** The case that a portal administrator was about to decide. */
  administeredCase?: string | undefined;
  /** Through which provider, if any, they wanted to log on, and where to go on to afterwards. */
  logOn?: { provider?: { id: string; name: string }; next: string } | undefined;
}

/** The page of a refusal: every code has its title, its text, its next step and its help topic. */
export async function refuse(
  http: Http,
  request: FastifyRequest,
  reply: FastifyReply,
  visitor: Visitor,
  refusal: { code: ProblemCode; facts?: RefusalFacts },
  { brought, chosen, ended, invitation, administeredCase, logOn }: RefusalContext = {},
): Promise<FastifyReply> {
  const { db, settings } = http.portal;
  const { code, facts = {} } = refusal;
  const asker = visitor.account?.id;
  const ownWith = asker && facts.systemId ? await registrationWith(db, asker, facts.systemId) : undefined;
  const number = facts.registration ?? ownWith ?? chosen;
  const registration = asker && number ? await refusalRegistration(db, asker, number, facts.by) : undefined;
  const page = (
    <RefusalPage
      visitor={visitor}
      portal={settings}
      code={code}
      facts={facts}
      registration={registration}
      brought={brought}
      chosen={chosen}
      ended={ended}
      invitation={invitation}
      administeredCase={administeredCase}
      logOn={logOn}
      reference={request.id}
    />
  );
  return send(reply, page, PROBLEMS[code].status);
}
