import type { FastifyReply, FastifyRequest } from 'fastify';
import { refused } from '../../core/refusals.ts';
import { decideUndo } from '../../core/undo.ts';
import { type ConfirmResult, confirmWithCode } from '../operations/confirm-with-code.ts';
import { handOutCode } from '../operations/hand-out-code.ts';
import { sendCodeToMe } from '../operations/send-code.ts';
import { standingAssociation } from '../operations/undo.ts';
import { mistypedConfirmation, refusedConfirmation } from '../pages/confirmation-problems.tsx';
import { DonePage } from '../pages/done.tsx';
import { PaperPage } from '../pages/paper.tsx';
import { registrationOf } from '../store/facts.ts';
import { presentCode } from '../store/reads/codes.ts';
import { type Done, doneOf } from '../store/reads/done.ts';
import { openInvitationOf } from '../store/reads/invitations.ts';
import { recordOfAssociation } from '../store/records.ts';
import { uploadsOf } from '../store/uploads.ts';
import { type Http, numberOf, type Posted, seeOther, send, signedIn, text, uuidOf } from './context.tsx';
import { refuse } from './refuse.tsx';
import type { SignedIn } from './visitor.ts';
import { takeThere } from './way-back.ts';

/** What came of an association, and the ways to take it to a server without a line: code, file, paper, and back. */
export function doneRoutes(http: Http): void {
  const { app, portal } = http;
  const path = '/systems/:number/associations/:association';

  app.get(path, async (request, reply) => {
    const visitor = await signedIn(http, request, reply);
    if (!visitor) return reply;
    const query = request.query as Posted;
    return donePage(request, reply, visitor, {
      sent: query['sent'] !== undefined,
      edited: query['edited'] !== undefined,
      print: query['print'] !== undefined,
    });
  });

  app.post(`${path}/code`, async (request, reply) => {
    const visitor = await signedIn(http, request, reply, back(request));
    if (!visitor) return reply;
    const anew = (request.body as Posted | undefined)?.['anew'] !== undefined;
    const result = await handOutCode(portal, { ...about(request, visitor), anew });
    if (result.outcome === 'refused') return refuse(http, request, reply, visitor, result, chosen(request));
    return seeOther(reply, fromSystemPage(request) ?? `${back(request)}#code`);
  });

  app.post(`${path}/send`, async (request, reply) => {
    const visitor = await signedIn(http, request, reply, back(request));
    if (!visitor) return reply;
    const result = await sendCodeToMe(portal, about(request, visitor));
    if (result.outcome === 'refused') return refuse(http, request, reply, visitor, result, chosen(request));
    return seeOther(reply, `${fromSystemPage(request) ?? back(request)}?sent#code`);
  });

  app.get(`${path}/record`, async (request, reply) => {
    const visitor = await signedIn(http, request, reply);
    if (!visitor) return reply;
    const { registration, association } = about(request, visitor);
    const file = await recordOfAssociation(portal, visitor.account.id, registration, association);
    if (!file) return refuse(http, request, reply, visitor, refused('not-among-yours'));
    return reply
      .type('application/jose')
      .header('content-disposition', `attachment; filename="${file.name}"`)
      .header('cache-control', 'no-store')
      .send(`${file.record}\n`);
  });

  app.get(`${path}/paper`, async (request, reply) => {
    const visitor = await signedIn(http, request, reply);
    if (!visitor) return reply;
    const { account, registration: number, association } = about(request, visitor);
    const [registration, done, code, file] = await Promise.all([
      registrationOf(portal.db, account.id, number),
      doneOf(portal.db, account.id, number, association),
      presentCode(portal.db, account.id, number, association),
      recordOfAssociation(portal, account.id, number, association),
    ]);
    if (!registration || !done) return refuse(http, request, reply, visitor, refused('not-among-yours'));
    // Nothing to print yet, or no more: the page says what is to be done.
    if (!stands(done) || !code || !file) return seeOther(reply, back(request));
    const { record, systemId } = file;
    const page = { visitor, portal: portal.settings, site: registration.site, registration: number, code, record };
    return send(
      reply,
      <PaperPage {...page} systemId={systemId} path={back(request)} asksConfirmation={done.state === 'claimed'} />,
    );
  });

  app.post(`${path}/confirmation`, async (request, reply) => {
    const visitor = await signedIn(http, request, reply, back(request));
    if (!visitor) return reply;
    const typed = text((request.body as Posted | undefined)?.['confirmation']);
    const result = await confirmWithCode(portal, { ...about(request, visitor), typed });
    const why = whyNot(visitor, result);
    if (why) return donePage(request, reply, visitor, { refused: { typed, why } }, 422);
    if (result.outcome === 'refused') return refuse(http, request, reply, visitor, result, chosen(request));
    return seeOther(reply, back(request));
  });

  async function donePage(
    request: FastifyRequest,
    reply: FastifyReply,
    visitor: SignedIn,
    shown: Pick<Parameters<typeof DonePage>[0], 'sent' | 'edited' | 'refused' | 'print'>,
    status = 200,
  ) {
    const { account, registration: number, association } = about(request, visitor);
    const [registration, done, code] = await Promise.all([
      registrationOf(portal.db, account.id, number),
      doneOf(portal.db, account.id, number, association),
      presentCode(portal.db, account.id, number, association),
    ]);
    if (!registration || !done) return refuse(http, request, reply, visitor, refused('not-among-yours'));
    if (done.state === 'beaten') {
      const facts = { systemId: done.systemId, registration: number, at: done.endedAt ?? done.madeAt };
      return refuse(http, request, reply, visitor, refused('claim-ended', facts));
    }
    // It stands no more: how things are now is said where they are.
    if (!stands(done)) return seeOther(reply, `/systems/${number}`);

    const [latest, uploads, invitation, way] = await Promise.all([
      standingAssociation(portal.db, number, association),
      uploadsOf(portal.db, account.id, number),
      openInvitationOf(portal.db, account.id, number, visitor.now),
      done.state === 'current' && !done.shownSince ? takeThere(http, request, account.id, { association }) : undefined,
    ]);
    const { who: seat, holder: party = account.id, state, site } = registration;
    const undo =
      seat === 'stranger'
        ? refused('not-among-yours')
        : decideUndo({ now: visitor.now, party, seat, state, site, wanted: association, latest });
    const page = {
      visitor,
      portal: portal.settings,
      registration,
      done,
      latest,
      undo,
      uploads,
      invitation,
      takeThere: way,
      code,
      ...shown,
    };
    return send(reply, <DonePage {...page} />, status);
  }
}

export function donePath(registration: string, association: string): string {
  return `/systems/${registration}/associations/${association}`;
}

const stands = ({ state }: Done): boolean => state === 'current' || state === 'claimed';

function about(request: FastifyRequest, { account }: SignedIn) {
  return { account, registration: numberOf(request, 'number'), association: uuidOf(request, 'association') };
}

/** The done page that a form of it or of the System information page belongs to. */
const back = (request: FastifyRequest): string => donePath(numberOf(request, 'number'), uuidOf(request, 'association'));

/** The page that the form stood on, where it was not the done page. */
function fromSystemPage(request: FastifyRequest): string | undefined {
  const cameFrom = text((request.body as Posted | undefined)?.['back']);
  return cameFrom === 'system' ? `/systems/${numberOf(request, 'number')}` : undefined;
}

const chosen = (request: FastifyRequest) => ({ chosen: numberOf(request, 'number') });

/** What is said at the field, so that it can be typed again; all else has a page of its own. */
function whyNot(visitor: SignedIn, result: ConfirmResult) {
  if (result.outcome === 'mistyped') return mistypedConfirmation(visitor, result.reading);
  return result.outcome === 'refused' ? refusedConfirmation(visitor, result) : undefined;
}
