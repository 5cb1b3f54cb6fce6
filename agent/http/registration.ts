import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { shortId } from '../../core/system-id.ts';
import type { ServingAgent } from '../agent.ts';
import type { CheckInResult } from '../check-in.ts';
import { en } from '../messages/en.ts';
import { NOTES, type Note, RegistrationPage } from '../pages/registration.tsx';
import { type MessageKey, t } from '../pages/site-page.tsx';
import { isRegistered } from '../plate.ts';
import { acceptOffer, readOffers, readRegistration } from '../records.ts';
import { decline, forgetDeclined } from '../store/registration.ts';
import { ASK_AGAIN, askAgain, restoredAt, setAskAgain } from '../store/settings.ts';
import { sendPage, siteFor } from './problems.ts';

const offerForm = z.object({ registration: z.string().max(20), answer: z.enum(['show', 'decline']) });
const askAgainForm = z.object({ days: z.string() });

export function registrationRoutes(atHome: FastifyInstance, agent: ServingAgent): void {
  atHome.get<{ Querystring: { note?: string } }>('/registration', async (request, reply) => {
    const { conversation, plate, record, code } = await readRegistration(agent);
    const { failure, heardAt } = conversation;
    const known = await agent.store.use(({ db, madeAt, madeBecause, instance, keys }) => ({
      madeAt,
      madeBecause,
      former: instance.former.map((one) => ({ systemId: one.systemId, until: new Date(one.until * 1000) })),
      askAgain: askAgain(db),
      restoredAt: restoredAt(db),
      systemId: keys.systemId,
    }));
    return sendPage(
      reply,
      RegistrationPage({
        site: siteFor(agent, request),
        ...known,
        plate,
        record,
        code,
        heardAt,
        failure: failure && { at: failure.at, text: sentenceOf(failure.code, known.systemId) },
        offers: await readOffers(agent),
        note: noteOf(request.query.note),
      }),
    );
  });

  atHome.post('/registration/check-now', async (_request, reply) => {
    await agent.store.use(({ db }) => forgetDeclined(db, agent.portal.fingerprint));
    const note = await noteAfter(await agent.checkIns.now());
    return reply.redirect(note ? `/registration?note=${note}` : '/registration', 303);
  });

  atHome.post('/registration/offer', async (request, reply) => {
    const { registration, answer } = offerForm.parse(request.body);
    if (answer === 'decline') {
      await agent.store.use(({ db }) => decline(db, agent.portal.fingerprint, registration));
      return reply.redirect('/registration?note=declined', 303);
    }
    const isShown = await acceptOffer(agent, registration);
    agent.checkIns.plan();
    return reply.redirect(`/registration?note=${isShown ? 'shown' : 'gone'}`, 303);
  });

  atHome.post('/registration/ask-again', async (request, reply) => {
    const { days } = askAgainForm.parse(request.body);
    const chosen = ASK_AGAIN.find((one) => String(one) === days);
    if (chosen !== undefined) await agent.store.use(({ db }) => setAskAgain(db, chosen));
    return reply.redirect('/registration?note=saved', 303);
  });

  /** What went wrong, and what is offered, the page shows by itself. */
  async function noteAfter(result: CheckInResult): Promise<Note | undefined> {
    if (result.outcome !== 'heard' || result.took === 'offered') return undefined;
    if (result.took === 'applied') return 'applied';
    return isRegistered((await readRegistration(agent)).plate) ? 'checked' : 'nothing-new';
  }

  /** A portal of the future may refuse for reasons that this agent has no sentence for. */
  function sentenceOf(code: string, systemId: string): string {
    const key = `failure.${code}`;
    return t((key in en ? key : 'failure.portal-refused') as MessageKey, {
      host: agent.portal.host,
      shortId: shortId(systemId),
    });
  }
}

function noteOf(name: string | undefined): Note | undefined {
  return name !== undefined && Object.hasOwn(NOTES, name) ? (name as Note) : undefined;
}
