import { namePerson } from '../operations/sessions.ts';
import { chooseShared } from '../operations/shared-login.ts';
import { PERSON_FIELD, WhoPage } from '../pages/who.tsx';
import { type Http, ownPath, type Posted, seeOther, send, signedIn, text, visitor, WHO } from './context.tsx';
import type { SignedIn } from './visitor.ts';

const LONGEST_NAME = 80;

/** Accounts that several people use: each session is asked once who it is. */
export function whoRoutes(http: Http): void {
  const { app, portal, cookies } = http;

  const page = (known: SignedIn, next: string, typed: string, problem?: string) => (
    <WhoPage visitor={known} portalName={portal.settings.name} next={next} typed={typed} problem={problem} />
  );

  app.get(WHO, async (request, reply) => {
    const next = ownPath((request.query as Posted)['next']);
    const { account, ...rest } = await visitor(http, request);
    if (!account) return seeOther(reply, `/log-on?next=${encodeURIComponent(next)}`);
    if (!account.shared) return seeOther(reply, next);
    return send(reply, page({ ...rest, account }, next, account.person ?? ''));
  });

  app.post(WHO, async (request, reply) => {
    const posted = (request.body ?? {}) as Posted;
    const next = ownPath(posted['next']);
    const { account, ...rest } = await visitor(http, request);
    if (!account) return seeOther(reply, `/log-on?next=${encodeURIComponent(next)}`);
    const known = { ...rest, account };
    const person = text(posted[PERSON_FIELD]).trim().toWellFormed();
    if (person === '') return send(reply, page(known, next, person, known.t('who.missing')), 422);
    if (person.length > LONGEST_NAME) {
      return send(reply, page(known, next, person, known.t('who.long', { max: LONGEST_NAME })), 422);
    }
    await namePerson(portal, cookies.session(request) ?? '', person);
    return seeOther(reply, next);
  });

  app.post('/account/shared', async (request, reply) => {
    const known = await signedIn(http, request, reply, '/account');
    if (!known) return reply;
    const chosen = text((request.body as Posted | undefined)?.['shared']);
    if (chosen === 'yes' || chosen === 'no') await chooseShared(portal, known.account, chosen === 'yes');
    return seeOther(reply, '/account');
  });
}
