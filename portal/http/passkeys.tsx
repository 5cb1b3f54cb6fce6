import type { FastifyReply, FastifyRequest } from 'fastify';
import { mayAddPasskey, mayRemovePasskey } from '../../core/accounts.ts';
import { relyingPartyAt } from '../../core/passkeys.ts';
import { browserIn } from '../../core/user-agents.ts';
import type { Problem } from '../../ui/reader.ts';
import {
  addPasskey,
  askToMake,
  type Passkey,
  passkeysOf,
  removePasskey,
  renamePasskey,
} from '../operations/passkeys.ts';
import { hashToken } from '../operations/sessions.ts';
import { AddPasskeyPage, PasskeyPage } from '../pages/passkeys.tsx';
import { deviceOf } from '../pages/sessions.tsx';
import { waysToLogOn } from '../store/reads/ways-to-log-on.ts';
import { type Http, type Posted, seeOther, send, signedIn, text, uuidOf } from './context.tsx';
import { notFound } from './errors.tsx';
import { freshlySignedIn } from './fresh.ts';
import { refuse } from './refuse.tsx';
import type { SignedIn } from './visitor.ts';

const PATH = '/account/passkeys';
const NEW = `${PATH}/new`;
const LONGEST_NAME = 80;

/** The passkeys of an account. To add or to remove one, its person shows once more who they are. */
export function passkeyRoutes(http: Http): void {
  const { app, portal, cookies } = http;
  const { settings } = portal;
  const rp = relyingPartyAt(settings.url);

  app.get(NEW, async (request, reply) => {
    const visitor = await freshlySignedIn(http, request, reply, NEW);
    if (!visitor) return reply;
    if (!rp) return seeOther(reply, '/account');
    const no = mayAddPasskey((await passkeysOf(portal, visitor.account.id)).length);
    if (no) return refuse(http, request, reply, visitor, no);
    const proposed = deviceOf(browserIn(request.headers['user-agent']), visitor.t) ?? visitor.t('passkeys.unnamed');
    return send(reply, <AddPasskeyPage visitor={visitor} portalName={settings.name} proposed={proposed} />);
  });

  // Asked for by the page's script, when the button is pressed: the time to answer is short.
  app.post(`${PATH}/question`, async (request, reply) => {
    const visitor = await freshlySignedIn(http, request, reply, NEW);
    if (!visitor) return reply;
    if (!rp) return notFound(http, request, reply);
    const question = await askToMake(portal, rp, visitor.account, cookies.ensureCarrier(request, reply));
    return reply.header('cache-control', 'no-store').send(question);
  });

  // Who was asked had signed in freshly, a few minutes ago at most.
  app.post(PATH, async (request, reply) => {
    const visitor = await signedIn(http, request, reply, NEW);
    if (!visitor) return reply;
    if (!rp) return notFound(http, request, reply);
    const { answer, name } = (request.body ?? {}) as Posted;
    const result = await addPasskey(portal, rp, {
      account: visitor.account,
      browserHash: hashToken(cookies.carrier(request) ?? ''),
      answer: text(answer),
      name: shortened(text(name)) || visitor.t('passkeys.unnamed'),
    });
    if (result.outcome === 'added') return seeOther(reply, '/account');
    if ('why' in result) request.log.warn({ why: result.why }, 'a new passkey was not accepted');
    return refuse(http, request, reply, visitor, result);
  });

  app.get(`${PATH}/:id`, async (request, reply) => {
    const found = await passkeyIn(request, reply);
    return found ? page(reply, found) : reply;
  });

  app.post(`${PATH}/:id`, async (request, reply) => {
    const found = await passkeyIn(request, reply);
    if (!found) return reply;
    const typed = text(((request.body ?? {}) as Posted)['name']).trim();
    const { t, account } = found.visitor;
    if (typed === '') return page(reply, found, typed, [{ field: 'name', text: t('passkeys.name.missing') }]);
    if (typed.length > LONGEST_NAME) {
      return page(reply, found, typed, [{ field: 'name', text: t('passkeys.name.long', { max: LONGEST_NAME }) }]);
    }
    await renamePasskey(portal, account.id, found.passkey.id, typed.toWellFormed());
    return seeOther(reply, '/account');
  });

  app.post(`${PATH}/:id/remove`, async (request, reply) => {
    const found = await passkeyIn(request, reply);
    if (!found) return reply;
    const { id } = found.passkey;
    const visitor = await freshlySignedIn(http, request, reply, `${PATH}/${id}`);
    if (!visitor) return reply;
    const session = cookies.session(request) ?? '';
    const result = await removePasskey(portal, { account: visitor.account, passkey: id, session });
    return result.outcome === 'refused' ? refuse(http, request, reply, visitor, result) : seeOther(reply, '/account');
  });

  interface Found {
    visitor: SignedIn;
    passkey: Passkey;
  }

  async function passkeyIn(request: FastifyRequest, reply: FastifyReply): Promise<Found | undefined> {
    const visitor = await signedIn(http, request, reply, '/account');
    if (!visitor) return undefined;
    const id = uuidOf(request, 'id');
    const passkey = (await passkeysOf(portal, visitor.account.id)).find((one) => one.id === id);
    if (passkey) return { visitor, passkey };
    await notFound(http, request, reply);
    return undefined;
  }

  async function page(
    reply: FastifyReply,
    { visitor, passkey }: Found,
    typed = passkey.name,
    problems: Problem[] = [],
  ): Promise<FastifyReply> {
    const ways = await waysToLogOn(portal.db, visitor.account.id, settings);
    const isLast = mayRemovePasskey(ways, passkey.id) !== undefined;
    const props = { visitor, portalName: settings.name, passkey, typed, problems, isLast };
    return send(reply, <PasskeyPage {...props} />, problems.length > 0 ? 422 : 200);
  }
}

function shortened(name: string): string {
  return name.trim().slice(0, LONGEST_NAME).toWellFormed();
}
