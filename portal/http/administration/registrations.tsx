import type { FastifyReply, FastifyRequest } from 'fastify';
import { DECISIONS } from '../../../core/cases.ts';
import { readSystemId } from '../../../core/system-id.ts';
import type { Problem } from '../../../ui/reader.ts';
import { readCase } from '../../operations/cases.ts';
import { decide } from '../../operations/decide-case.ts';
import { AdministeredCasePage, AdministeredCasesPage } from '../../pages/administration/cases.tsx';
import { AdministeredRegistrationPage, LookReasonPage } from '../../pages/administration/registration.tsx';
import type { Transaction } from '../../store/database.ts';
import { administeredCase } from '../../store/reads/administration/case.ts';
import { allCases } from '../../store/reads/administration/overview.ts';
import {
  administeredRegistration,
  giveReason,
  look,
  registrationNamed,
} from '../../store/reads/administration/registration.ts';
import { writtenIn, writtenProblem } from '../cases.tsx';
import { type Http, numberOf, ownPath, type Posted, seeOther, send, text, uuidOf } from '../context.tsx';
import { notFound } from '../errors.tsx';
import { refuse } from '../refuse.tsx';
import { overview } from './overview.tsx';
import { type Administering, administrator } from './who.ts';

/** Looking at registrations and cases, each look written down, and deciding cases. */
export function administeredRegistrationRoutes(http: Http): void {
  const { app, portal } = http;
  const { db } = portal;
  const portalName = portal.settings.name;

  app.post('/administration/registrations', async (request, reply) => {
    const known = await administrator(http, request, reply, '/administration');
    if (!known) return reply;
    const what = text((request.body as Posted | undefined)?.['what']).trim();
    const reading = readSystemId(what);
    const digits = what.replace(/\s/g, '');
    const named = reading.outcome === 'read' ? { systemId: reading.systemId } : { number: digits };
    const number = await registrationNamed(db, known.looker, named);
    if (number === undefined) return overview(http, reply, known, what);
    return seeOther(reply, `/administration/registrations/${number}`);
  });

  app.get('/administration/registrations/:number', async (request, reply) => {
    const known = await administrator(http, request, reply);
    if (!known) return reply;
    const number = numberOf(request, 'number');
    return looking(reply, known, number, request.url, async (tx) => {
      const registration = await administeredRegistration(tx, number);
      const { visitor } = known;
      return <AdministeredRegistrationPage {...{ visitor, portalName, registration }} />;
    });
  });

  app.post('/administration/registrations/:number/look', async (request, reply) => {
    const number = numberOf(request, 'number');
    const known = await administrator(http, request, reply, `/administration/registrations/${number}`);
    if (!known) return reply;
    const { visitor, looker } = known;
    const next = ownPath((request.body as Posted | undefined)?.['next']);
    const reason = writtenIn(request.body, 'reason');
    const problem = writtenProblem(visitor, 'reason', reason, visitor.t('look.reason.missing'));
    if (problem) {
      return send(
        reply,
        <LookReasonPage {...{ visitor, portalName, number, next, again: { reason, problem } }} />,
        422,
      );
    }
    if (!(await giveReason(db, looker, number, reason, visitor.now))) return overview(http, reply, known, number);
    return seeOther(reply, next);
  });

  app.get('/administration/cases', async (request, reply) => {
    const known = await administrator(http, request, reply);
    if (!known) return reply;
    const cases = await allCases(db);
    return send(reply, <AdministeredCasesPage {...{ visitor: known.visitor, portalName, cases }} />);
  });

  app.get('/administration/cases/:case', async (request, reply) => {
    const known = await administrator(http, request, reply);
    return known ? casePage(request, reply, known) : reply;
  });

  app.post('/administration/cases/:case/decide', async (request, reply) => {
    const id = uuidOf(request, 'case');
    const known = await administrator(http, request, reply, `/administration/cases/${id}`);
    if (!known) return reply;
    const { visitor } = known;
    const posted = (request.body ?? {}) as Posted;
    const decision = DECISIONS.find((one) => one === posted['decision']);
    const reason = writtenIn(posted, 'reason');
    const problems = [
      decision ? undefined : { field: 'decision', text: visitor.t('admin-case.decision.choose') },
      writtenProblem(visitor, 'reason', reason, visitor.t('admin-case.reason.missing')),
    ].filter((problem): problem is Problem => problem !== undefined);
    if (!decision || problems.length > 0) return casePage(request, reply, known, { decision, reason, problems });
    const seen = text(posted['seen']);
    const result = await decide(portal, { account: visitor.account, case: id, decision, reason, seen });
    return result.outcome === 'refused'
      ? refuse(http, request, reply, visitor, result, { administeredCase: id })
      : seeOther(reply, `/administration/cases/${id}`);
  });

  async function casePage(
    request: FastifyRequest,
    reply: FastifyReply,
    known: Administering,
    again?: NonNullable<Parameters<typeof AdministeredCasePage>[0]['again']>,
  ): Promise<FastifyReply> {
    const id = uuidOf(request, 'case');
    const { visitor } = known;
    const found = await readCase(db, id);
    if (!found) return notFound(http, request, reply);
    const read = async (tx: Transaction) => {
      const [shown, registration] = await Promise.all([
        administeredCase(tx, id),
        administeredRegistration(tx, found.registration),
      ]);
      if (!shown) throw new Error('A case is never deleted.');
      const openerHasSeat = found.openerSeat !== null;
      return (
        <AdministeredCasePage
          {...{ visitor, portalName, registration, shown, openerHasSeat }}
          {...(again && { again })}
        />
      );
    };
    return looking(reply, known, found.registration, `/administration/cases/${id}`, read, again ? 422 : 200);
  }

  /** Shows what is read in a look; first the reason is asked for. */
  async function looking(
    reply: FastifyReply,
    { visitor, looker }: Administering,
    number: string,
    next: string,
    read: (tx: Transaction) => Promise<Parameters<typeof send>[1]>,
    status = 200,
  ): Promise<FastifyReply> {
    const looked = await look(db, looker, number, visitor.now, read);
    if (looked.outcome === 'looked') return send(reply, looked.what, status);
    return send(reply, <LookReasonPage {...{ visitor, portalName, number, next }} />);
  }
}
