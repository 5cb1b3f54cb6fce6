import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { dateOf } from '../../ui/text.ts';
import type { ServingAgent } from '../agent.ts';
import { type Details, OfflineDonePage, type OfflineDonePageProps } from '../pages/offline-done.tsx';
import { type Problem, t } from '../pages/site-page.tsx';
import { isByCode, isRegistered } from '../plate.ts';
import { type Registration, readRegistration } from '../records.ts';
import { keepEntered, keptCodes } from '../store/codes.ts';
import { seconds } from '../store/identity.ts';
import { sendPage, siteFor } from './problems.ts';

const text = z
  .string()
  .max(10_000)
  .catch('')
  .transform((typed) => typed.replace(/\s+/g, ' ').trim());
const detailsForm = z.object({ site: text, company: text, city: text, registration: text });
const query = z.object({
  note: z.string().optional().catch(undefined),
  issued: z.iso.date().optional().catch(undefined),
});

type OfflineDoneNote = OfflineDonePageProps['note'];

const LONGEST = 200;
const REQUIRED = ['site', 'company', 'city'] as const;

/** Where a code or a file leads that was taken. */
export function offlineDoneRoutes(atHome: FastifyInstance, agent: ServingAgent): void {
  atHome.get('/offline/registered', (request, reply) => show(request, reply));

  atHome.post('/offline/details', async (request, reply) => {
    const details = detailsForm.parse(request.body ?? {});
    const problems = problemsOf(details);
    if (problems.length > 0) return show(request, reply, { details, problems });
    const { plate } = await readRegistration(agent);
    // A record has come meanwhile: what it says is worth more.
    if (!isByCode(plate)) return reply.redirect('/offline/registered', 303);
    const { site, company, city } = details;
    const registration = details.registration.replace(/\D/g, '') || undefined;
    const entered = { site, company, city, registration, at: seconds(agent.now()) };
    await agent.store.use(({ db }) => keepEntered(db, agent.portal.fingerprint, entered));
    return reply.redirect('/offline/registered?note=saved', 303);
  });

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    refused?: { details: Details; problems: Problem[] },
  ) {
    const registration = await readRegistration(agent);
    const { plate, code, systemId } = registration;
    if (!isRegistered(plate)) return reply.redirect('/registration', 303);
    const page = OfflineDonePage({
      site: siteFor(agent, request),
      systemId,
      plate,
      code,
      details: refused?.details ?? (await detailsNow()),
      note: refused ? undefined : noteOf(request, registration),
      problems: refused?.problems,
    });
    return sendPage(reply, page, refused ? 422 : 200);
  }

  async function detailsNow(): Promise<Details> {
    const entered = await agent.store.use(({ db }) => keptCodes(db, agent.portal.bundle).entered);
    return { site: '', company: '', city: '', ...entered, registration: entered?.registration ?? '' };
  }

  function noteOf(request: FastifyRequest, { code }: Registration): OfflineDoneNote {
    const { note, issued } = query.parse(request.query);
    const { reader } = siteFor(agent, request);
    if (note === 'already' && code) {
      return { text: t('done.already', { date: dateOf(code.enteredAt, reader) }), help: 'code-is-already-entered' };
    }
    if (note === 'healed' && issued) {
      return { text: t('done.healed', { date: dateOf(new Date(issued), { ...reader, timeZone: 'UTC' }) }) };
    }
    return note === 'repaired' || note === 'loaded' || note === 'saved' ? { text: t(`done.${note}`) } : undefined;
  }
}

function problemsOf(details: Details): Problem[] {
  const missing = REQUIRED.filter((field) => details[field] === '').map((field) => ({
    field,
    text: t(`done.missing.${field}`),
  }));
  const tooLong = REQUIRED.filter((field) => details[field].length > LONGEST).map((field) => ({
    field,
    text: t('done.too-long'),
  }));
  const isNumber = details.registration === '' || /^\d{4}[\s-]?\d{4}$/.test(details.registration);
  return [...missing, ...tooLong, ...(isNumber ? [] : [{ field: 'registration', text: t('done.number.wrong') }])];
}
