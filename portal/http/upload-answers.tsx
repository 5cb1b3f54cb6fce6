import type { FastifyReply, FastifyRequest } from 'fastify';
import { strToU8, type Zippable, zipSync } from 'fflate';
import { refused } from '../../core/refusals.ts';
import { handOutCode } from '../operations/hand-out-code.ts';
import { CodesPage, type ListedCode } from '../pages/codes.tsx';
import { presentCode } from '../store/reads/codes.ts';
import { recordOfAssociation } from '../store/records.ts';
import { type Claim, type UploadedRequest, uploadOf } from '../store/uploads.ts';
import { type Http, seeOther, send, signedIn, uuidOf } from './context.tsx';
import { refuse } from './refuse.tsx';
import type { SignedIn } from './visitor.ts';

/** What goes back to the servers of an upload: all codes on one list, all records in one archive. */
export function uploadAnswerRoutes(http: Http): void {
  const { app, portal } = http;
  const { db } = portal;

  // A code is used up by being made: not by a look at the list.
  app.post('/uploads/:id/codes', async (request, reply) => {
    const known = await answeredIn(request, reply, `/uploads/${uuidOf(request, 'id')}`);
    if (!known) return reply;
    const { account } = known.visitor;
    for (const { claim } of known.answered) {
      // What is refused has no code on the list, and says so there.
      await handOutCode(portal, { account, registration: claim.registration, association: claim.association });
    }
    return seeOther(reply, `/uploads/${uuidOf(request, 'id')}/codes`);
  });

  app.get('/uploads/:id/codes', async (request, reply) => {
    const known = await answeredIn(request, reply);
    if (!known) return reply;
    const { visitor, answered } = known;
    const codes = await Promise.all(
      answered.map(async ({ claim, systemId, server }): Promise<ListedCode> => {
        const present = await presentCode(db, visitor.account.id, claim.registration, claim.association);
        return { site: claim.site, server: server.name, systemId, code: present?.code, issuedAt: present?.issuedAt };
      }),
    );
    const upload = uuidOf(request, 'id');
    return send(reply, <CodesPage visitor={visitor} portal={portal.settings} upload={upload} codes={codes} />);
  });

  app.get('/uploads/:id/records.zip', async (request, reply) => {
    const known = await answeredIn(request, reply);
    if (!known) return reply;
    const { visitor, answered } = known;
    const files: Zippable = {};
    for (const { claim } of answered) {
      const { registration, association } = claim;
      const file = await recordOfAssociation(portal, visitor.account.id, registration, association);
      if (file) files[file.name] = strToU8(`${file.record}\n`);
    }
    const day = visitor.now.toISOString().slice(0, 10);
    return reply
      .type('application/zip')
      .header('content-disposition', `attachment; filename="registrations-${day}.zip"`)
      .header('cache-control', 'no-store')
      .send(Buffer.from(zipSync(files, { mtime: visitor.now })));
  });

  /** The requests of an upload that have come to a claim which stands. */
  async function answeredIn(
    request: FastifyRequest,
    reply: FastifyReply,
    back?: string,
  ): Promise<{ visitor: SignedIn; answered: (UploadedRequest & { claim: Claim })[] } | undefined> {
    const visitor = await signedIn(http, request, reply, back);
    if (!visitor) return undefined;
    const upload = await uploadOf(db, visitor.account.id, uuidOf(request, 'id'), visitor.now);
    if (!upload) {
      await refuse(http, request, reply, visitor, refused('request-expired'));
      return undefined;
    }
    const answered = upload.rows.flatMap(({ request: one }) => (one?.claim ? [{ ...one, claim: one.claim }] : []));
    if (answered.length > 0) return { visitor, answered };
    seeOther(reply, `/uploads/${upload.id}`);
    return undefined;
  }
}
