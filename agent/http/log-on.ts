import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Agent } from '../agent.ts';
import { LogOnPage } from '../pages/log-on.tsx';
import { type Problem, t } from '../pages/site-page.tsx';
import { readPlate } from '../records.ts';
import { isPassword } from '../store/passwords.ts';
import { isTimeToAsk } from '../store/settings.ts';
import { findUser } from '../store/users.ts';
import { logOnTries } from './log-on-tries.ts';
import { sendPage, siteFor } from './problems.ts';
import { logOff, logOn } from './visit.ts';
import { ownPage } from './where-to.ts';

const text = z.string().max(1_000).catch('');
const typedForm = z.object({ user: text, password: text, domain: text, then: z.string().optional().catch(undefined) });

export function logOnRoutes(site: FastifyInstance, agent: Agent): void {
  const tries = logOnTries();

  site.get<{ Querystring: { then?: string; restored?: string } }>('/', async (request, reply) => {
    const { then, restored } = request.query;
    return showLogOn(request, reply, { then: ownPage(then), restored: restored !== undefined });
  });

  site.post('/log-on', async (request, reply) => {
    const typed = typedForm.parse(request.body ?? {});
    const then = ownPage(typed.then);
    const wait = tries.begin(request.ip);
    if (wait > 0) {
      const problem = { text: t('log-on.wait', { n: Math.ceil(wait / 1000) }) };
      return showLogOn(request, reply, { then, typed, problems: [problem], status: 429 });
    }
    const user = await findLocalUser(typed);
    if (!user)
      return showLogOn(request, reply, {
        then,
        typed,
        problems: [{ field: 'user', text: t('log-on.wrong') }],
        status: 401,
      });

    tries.succeeded(request.ip);
    const start = await agent.store.use((server) => {
      logOn(agent, server, user, reply);
      return { atHome: server.atHome, timeToAsk: isTimeToAsk(server.db, agent.now()) };
    });
    const { state } = await readPlate(agent);
    const asks = start.timeToAsk && (state === 'unregistered' || state === 'database-new');
    return reply.redirect(!start.atHome ? '/which-system' : (then ?? (asks ? '/register' : '/registration')), 303);
  });

  site.post('/log-off', async (request, reply) => {
    await logOff(agent, request, reply);
    return reply.redirect('/', 303);
  });

  async function findLocalUser({ user, password, domain }: z.infer<typeof typedForm>): Promise<string | undefined> {
    const found = await agent.store.use(({ db }) => findUser(db, user.trim()));
    const isRight = await isPassword(password, found?.password);
    const isHere = domain.trim() === '' || domain.trim().toLowerCase() === agent.server.name.toLowerCase();
    return isRight && isHere ? found?.name : undefined;
  }

  async function showLogOn(
    request: FastifyRequest,
    reply: FastifyReply,
    { then, restored, typed, problems, status }: ShownLogOn,
  ) {
    const note = then?.startsWith('/registration/back?') ? 'answer-kept' : restored ? 'restored' : undefined;
    const page = LogOnPage({
      site: siteFor(agent, request),
      plate: await readPlate(agent),
      typed,
      then,
      note,
      problems,
    });
    return sendPage(reply, page, status);
  }
}

interface ShownLogOn {
  then: string | undefined;
  restored?: boolean;
  typed?: { user: string; domain: string };
  problems?: Problem[];
  status?: number;
}
