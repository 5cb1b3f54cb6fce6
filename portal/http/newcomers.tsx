import type { FastifyReply, FastifyRequest } from 'fastify';
import { languageFor } from '../../core/languages.ts';
import { checkPassword } from '../operations/accounts.ts';
import {
  accountOfPerson,
  hasAccount,
  type LinkResult,
  link,
  type Newcomer,
  newcomer,
  type WelcomeResult,
  welcome,
} from '../operations/identities.ts';
import { askForAccount } from '../operations/new-accounts.ts';
import { hashToken } from '../operations/sessions.ts';
import type { LogOnProblem } from '../pages/log-on-problem.tsx';
import { LinkPage, NewcomerPage, ProvePage } from '../pages/newcomer.tsx';
import { type DetailsReading, readDetails } from '../sign-in/details.ts';
import type { ProviderSettings } from '../sign-in/settings.ts';
import { countTries, type Http, type Posted, seeOther, send, text, uuidOf, visitor } from './context.tsx';
import { detailsIn } from './create-account.tsx';
import { enter } from './enter.ts';
import { freshlySignedIn } from './fresh.ts';
import { sendAgain } from './log-on.tsx';
import { refuse } from './refuse.tsx';
import type { Visitor } from './visitor.ts';

interface Met {
  who: Visitor;
  person: Newcomer;
  provider: ProviderSettings;
  browserHash: Buffer;
}

/**
 * The first time that somebody comes from a provider: the account is completed; or one that exists here is proven, by
 * being logged on or with its password, and linked.
 */
export function newcomerRoutes(http: Http): void {
  const { app, portal, cookies } = http;
  const { settings } = portal;
  const isTooMuch = countTries(http);

  app.get('/log-on/first/:id', async (request, reply) => {
    const met = await whoCame(request, reply);
    if (!met) return reply;
    const { who, person, provider } = met;
    if (who.account)
      return send(
        reply,
        <LinkPage visitor={{ ...who, account: who.account }} portal={settings} person={person} provider={provider} />,
      );
    if (person.email && (await hasAccount(portal.db, person.email))) return prove(reply, met, person.email);
    return send(
      reply,
      <NewcomerPage
        visitor={who}
        portal={settings}
        person={person}
        provider={provider}
        typed={{ name: person.name ?? '' }}
      />,
    );
  });

  app.post('/log-on/first/:id', async (request, reply) => {
    const met = await whoCame(request, reply);
    if (!met) return reply;
    const { who, person, browserHash } = met;
    const posted = (request.body ?? {}) as Posted;
    const typed = detailsIn(posted);
    if (person.email) typed.email = person.email;
    const { problems, account } = withKind(readDetails(typed), person);
    const language = languageFor(request.headers['accept-language']);
    if (problems.length > 0) {
      return send(
        reply,
        <NewcomerPage visitor={who} portal={settings} {...met} typed={typed} problems={problems} />,
        422,
      );
    }
    if (!person.email) {
      // Nobody has verified the address yet: a mail does, as for an account with a password.
      const wanted = { ...account, language, identity: person, carrierHash: browserHash, next: person.next };
      return seeOther(reply, `/create-account/${await askForAccount(portal, wanted)}`);
    }
    return goOn(request, reply, met, await welcome(portal, person, browserHash, { ...account, language }));
  });

  // Logged on already: the session proves the account.
  app.post('/log-on/first/:id/link', async (request, reply) => {
    const met = await whoCame(request, reply);
    if (!met) return reply;
    const { account } = met.who;
    if (!account) return seeOther(reply, `/log-on/first/${met.person.id}`);
    if (!(await freshlySignedIn(http, request, reply, `/log-on/first/${met.person.id}`))) return reply;
    return goOn(request, reply, met, await link(portal, account.id, met.person, met.browserHash));
  });

  // Not logged on: the password proves the account.
  app.post('/log-on/first/:id/prove', async (request, reply) => {
    const met = await whoCame(request, reply);
    if (!met) return reply;
    const posted = (request.body ?? {}) as Posted;
    const email = text(posted['email']);
    if (await isTooMuch(request)) return prove(reply, met, email, 'too-many');
    const checked = await checkPassword(portal, email, text(posted['password']));
    if (checked.outcome === 'wrong') return prove(reply, met, email, 'wrong');
    if (checked.outcome === 'refused') return prove(reply, met, email, checked);
    return goOn(request, reply, met, await link(portal, checked.account.id, met.person, met.browserHash));
  });

  app.get('/log-on/first/:id/prove', async (request, reply) => {
    const met = await whoCame(request, reply);
    return met ? prove(reply, met, met.person.email ?? '') : reply;
  });

  async function whoCame(request: FastifyRequest, reply: FastifyReply): Promise<Met | undefined> {
    const who = await visitor(http, request);
    const browserHash = hashToken(cookies.carrier(request) ?? '');
    const person = await newcomer(portal, uuidOf(request, 'id'), browserHash);
    const provider = settings.providers.find(({ id }) => id === person?.provider);
    if (!person || !provider) {
      await refuse(http, request, reply, who, { code: 'log-on-used' });
      return undefined;
    }
    const account = await accountOfPerson(portal, person);
    if (!account) return { who, person, provider, browserHash };
    // In another window, a moment ago: it is known by now whose identity it is.
    const logOn = { provider, next: person.next };
    if (who.account && who.account.id !== account) {
      await refuse(http, request, reply, who, { code: 'identity-of-another-account' }, { logOn });
    } else {
      await enter(http, request, reply, { account, next: person.next, provider: provider.id });
    }
    return undefined;
  }

  async function prove(reply: FastifyReply, met: Met, email: string, problem?: LogOnProblem): Promise<FastifyReply> {
    // The provider has verified the address, so its person may know that it has an account.
    const known = met.person.email === email && (await hasAccount(portal.db, email));
    const props = { visitor: met.who, portal: settings, person: met.person, provider: met.provider };
    const page = <ProvePage {...props} email={email} known={known} problem={problem} />;
    return problem === undefined ? send(reply, page) : sendAgain(reply, page, problem);
  }

  async function goOn(
    request: FastifyRequest,
    reply: FastifyReply,
    { who, person, provider }: Met,
    result: LinkResult | WelcomeResult,
  ): Promise<FastifyReply> {
    const { next } = person;
    switch (result.outcome) {
      case 'gone':
        return refuse(http, request, reply, who, { code: 'log-on-used' }, { logOn: { provider, next } });
      case 'of-another-account':
      case 'address-taken':
        // Somebody was first: the page looks again, and says what can be done now.
        return seeOther(reply, `/log-on/first/${person.id}`);
      default:
        return enter(http, request, reply, { account: result.account, next, provider: provider.id });
    }
  }
}

/** Where the provider says what kind of account it is, nobody is asked. */
function withKind({ problems, account }: DetailsReading, { kind }: Newcomer): DetailsReading {
  if (!kind) return { problems, account };
  return { problems: problems.filter(({ field }) => field !== 'kind'), account: { ...account, kind } };
}
