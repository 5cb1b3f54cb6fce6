import type { FastifyInstance } from 'fastify';
import { makeCheckIn, openAnswer } from '../../core/documents/check-in.ts';
import { linesOf } from '../../core/system-id.ts';
import { buildApp } from '../../portal/app.ts';
import type { Account } from '../../portal/portal.ts';
import type { Cast } from '../../portal/seed.ts';
import { FormClient, type Page } from './http.ts';
import { requestOf, type TestPortal, type TestServer, testCast, testPortal } from './portal.ts';
import { type TestDatabase, testDatabase } from './postgres.ts';
import { freePort } from './processes.ts';

/** What the form asks whoever registers for somebody else. */
export const NOBODY_INVITED = { invite: 'unknown' };
/** What is asked beside *These details are correct*: nothing is preset. */
export const DECLINED = { consent_system: 'no', consent_personal: 'no' };

export const PASSWORD = 'datestone-demo';

/** A portal's pages over real HTTP on a database of its own, with a clock that the test moves. */
export interface ServedPortal {
  url: string;
  portal: TestPortal;
  cast: Cast;
  app: FastifyInstance;
  close(): Promise<void>;
}

export async function servePortal(settings: Partial<TestPortal['settings']> = {}): Promise<ServedPortal> {
  const [database, port]: [TestDatabase, number] = await Promise.all([testDatabase(), freePort()]);
  const url = `http://localhost:${port}`;
  const portal = await testPortal(database.db, url);
  Object.assign(portal.settings, settings);
  const cast = await testCast(portal);
  const app = await buildApp(portal);
  await app.listen({ host: '127.0.0.1', port });
  const close = async () => {
    await app.close();
    await database.drop();
  };
  return { url, portal, cast, app, close };
}

/** A second process of the portal, on the same database. */
export interface Elsewhere {
  url: string;
  close(): Promise<void>;
}

export async function serveElsewhere(portal: TestPortal): Promise<Elsewhere> {
  const [app, port] = await Promise.all([buildApp(portal), freePort()]);
  await app.listen({ host: '127.0.0.1', port });
  return { url: `http://localhost:${port}`, close: () => app.close() };
}

/** Somebody at a browser without script, signed in or not yet. */
export class Person {
  readonly browser = new FormClient();
  readonly #served: Pick<ServedPortal, 'url' | 'portal'>;

  constructor(served: Pick<ServedPortal, 'url' | 'portal'>) {
    this.#served = served;
  }

  get(path: string): Promise<Page> {
    return this.browser.get(new URL(path, this.#served.url).href);
  }

  press(page: Page, button: string, values: Record<string, string | string[]> = {}): Promise<Page> {
    return this.browser.press(page, button, values);
  }

  /** Signs in on the page that asks for it, or on the one that anybody can open. */
  async logOn(account: Account, page?: Page): Promise<Page> {
    return this.press(page ?? (await this.get('/log-on')), 'Log on', { email: account.email, password: PASSWORD });
  }

  /** The server's page posts its request here, as after *Register now*. */
  async carry(server: TestServer, at: { from?: string; returnTo?: string } = {}): Promise<Page> {
    const { from = 'http://hn-a-es01.example', returnTo = `${from}/registration/back` } = at;
    return this.post(await requestOf(this.#served.portal, server, { returnTo }), from);
  }

  /** Posts a document, as any page on the web can. */
  post(document: string, from: string): Promise<Page> {
    const page = { url: `${from}/register`, status: 200, html: '', headers: new Headers() };
    const form = { action: `${this.#served.url}/requests`, method: 'post' };
    return this.browser.submit(page, form, new URLSearchParams({ request: document }));
  }

  /** Types a System ID into one of the boxes of the Register page. */
  async type(server: TestServer, field: 'id' | 'new-id'): Promise<Page> {
    const button = field === 'id' ? 'Continue to register' : 'Continue to associate';
    return this.press(await this.get('/register'), button, { [field]: linesOf(server.keys.systemId).join('\n') });
  }

  /** From the question to the list of registrations. */
  choose(question: Page): Promise<Page> {
    return this.press(question, 'Continue', { how: 'associate' });
  }
}

/** Somebody who is signed in. */
export async function signedIn(served: ServedPortal, account: Account): Promise<Person> {
  const person = new Person(served);
  await person.logOn(account);
  return person;
}

interface SaidByServer {
  /** Of the answer before. */
  token?: string | undefined;
  /** The registration that it shows. */
  registration?: string | undefined;
}

/** The server calls the portal and says which registration it shows. Its first call only: later ones need the token. */
export async function checkIn(
  { url, portal }: Pick<ServedPortal, 'url' | 'portal'>,
  server: TestServer,
  registration?: string,
): Promise<void> {
  await sendCheckIn(url, portal, server, await checkInOf(portal, server, { registration }));
}

export function checkInOf(portal: TestPortal, server: TestServer, said: SaidByServer): Promise<string> {
  const { keys, instance } = server;
  const { bundle } = portal.keys;
  return makeCheckIn({ keys, bundle, n: ++server.n, now: portal.now(), sequence: 0, instance, ...said });
}

/** Sends the newest check-in of this server, and opens the answer as the server does. */
export async function sendCheckIn(url: string, { keys }: TestPortal, server: TestServer, document: string) {
  const answer = await fetch(`${url}/check-ins`, {
    method: 'POST',
    body: document,
    headers: { 'content-type': 'application/jose' },
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`The check-in was answered ${answer.status}: ${text}`);
  const opened = await openAnswer(text, keys.bundle, { systemId: server.keys.systemId, n: server.n });
  if (opened.outcome === 'refused') throw new Error(`The answer to the check-in is refused: ${opened.code}`);
  return opened.answer;
}
