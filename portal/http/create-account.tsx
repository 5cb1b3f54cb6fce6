import type { FastifyReply, FastifyRequest } from 'fastify';
import { languageFor } from '../../core/languages.ts';
import {
  askForAccount,
  createWaitingAccount,
  sendAccountLink,
  type WaitingAccount,
  waitingAccount,
} from '../operations/new-accounts.ts';
import { hashToken } from '../operations/sessions.ts';
import { CheckEmailPage, CreateAccountPage, FinishAccountPage } from '../pages/create-account.tsx';
import { type Details, readDetails } from '../sign-in/details.ts';
import { aboutOf, passwordProblem } from '../sign-in/passwords.ts';
import { waitingForLogOn } from '../store/reads/carried.ts';
import { countTries, type Http, ownPath, type Posted, seeOther, send, text, uuidOf, visitor } from './context.tsx';
import { enter } from './enter.ts';
import { refuse } from './refuse.tsx';

/** An account of one's own: what it is asked for, the mail that proves the address, and the password. */
export function createAccountRoutes(http: Http): void {
  const { app, portal, cookies } = http;
  const { settings } = portal;
  const isTooMuch = countTries(http);

  app.get('/create-account', async (request, reply) => {
    const next = ownPath((request.query as Posted)['next']);
    const who = await visitor(http, request);
    if (who.account) return seeOther(reply, next);
    return send(reply, <CreateAccountPage visitor={who} portal={settings} next={next} typed={{}} />);
  });

  app.post('/create-account', async (request, reply) => {
    const who = await visitor(http, request);
    if (await isTooMuch(request)) return refuse(http, request, reply, who, { code: 'too-many-requests' });
    const posted = (request.body ?? {}) as Posted;
    const typed = detailsIn(posted);
    const next = ownPath(posted['next']);
    const { problems, account } = readDetails(typed);
    if (problems.length > 0) {
      const page = { visitor: who, portal: settings, next, typed, problems };
      return send(reply, <CreateAccountPage {...page} />, 422);
    }
    const carrierHash = cookies.ensureCarrier(request, reply);
    const language = languageFor(request.headers['accept-language']);
    const wanted = { ...account, language, carrierHash, next };
    return seeOther(reply, `/create-account/${await askForAccount(portal, wanted)}`);
  });

  app.get('/create-account/:id', async (request, reply) => {
    const who = await visitor(http, request);
    const waiting = await waitingAccount(portal, { id: uuidOf(request, 'id') });
    if (!waiting) return refuse(http, request, reply, who, { code: 'mail-link-used' });
    const carried = await waitingForLogOn(portal.db, waiting.carrierHash, portal.now());
    const again = (request.query as Posted)['again'] !== undefined;
    return send(
      reply,
      <CheckEmailPage visitor={who} portal={settings} waiting={waiting} carried={carried} again={again} />,
    );
  });

  app.post('/create-account/:id/again', async (request, reply) => {
    const who = await visitor(http, request);
    if (await isTooMuch(request)) return refuse(http, request, reply, who, { code: 'too-many-requests' });
    const id = uuidOf(request, 'id');
    await sendAccountLink(portal, id);
    return seeOther(reply, `/create-account/${id}?again`);
  });

  // Opening it changes nothing: programs that look into mails open every link, too.
  app.get('/create-account/link/:token', async (request, reply) => {
    const opened = await openedLink(request, reply);
    if (!opened) return reply;
    return send(reply, <FinishAccountPage visitor={await visitor(http, request)} portal={settings} {...opened} />);
  });

  app.post('/create-account/link/:token', async (request, reply) => {
    const opened = await openedLink(request, reply);
    if (!opened) return reply;
    const { token, waiting } = opened;
    const who = await visitor(http, request);
    const password = waiting.iss === undefined ? text(((request.body ?? {}) as Posted)['password']) : undefined;
    const problem = password === undefined ? undefined : passwordProblem(password, aboutOf(waiting, settings.name));
    if (problem) {
      return send(reply, <FinishAccountPage visitor={who} portal={settings} {...opened} problem={problem} />, 422);
    }
    const created = await createWaitingAccount(portal, token, password);
    switch (created.outcome) {
      case 'gone':
        return refuse(http, request, reply, who, { code: 'mail-link-used' });
      case 'address-taken':
        return refuse(http, request, reply, who, { code: 'address-has-account' });
      case 'of-another-account':
        return refuse(http, request, reply, who, { code: 'identity-of-another-account' });
      default: {
        const provider = settings.providers.find(({ issuer }) => issuer === waiting.iss)?.id;
        return enter(http, request, reply, { ...created, ...(provider && { provider }) });
      }
    }
  });

  async function openedLink(
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<{ token: string; waiting: WaitingAccount } | undefined> {
    const { token } = request.params as { token: string };
    const waiting = await waitingAccount(portal, { token });
    const sameBrowser = waiting?.carrierHash.equals(hashToken(cookies.carrier(request) ?? ''));
    if (waiting && (waiting.iss === undefined || sameBrowser)) return { token, waiting };
    // Whose identity it is only that browser has shown; whoever reads the mails may be somebody else.
    const code = waiting ? 'mail-link-in-another-browser' : 'mail-link-used';
    await refuse(http, request, reply, await visitor(http, request), { code });
    return undefined;
  }
}

/** What somebody typed of themselves. */
export function detailsIn(posted: Posted): Details {
  return {
    name: text(posted['name']),
    email: text(posted['email']),
    organisation: text(posted['organisation']),
    kind: text(posted['kind']),
  };
}
