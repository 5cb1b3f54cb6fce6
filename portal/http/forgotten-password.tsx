import { looksLikeEmail } from '../../core/registration-form.ts';
import { accountOfLink, askForPassword, changePassword } from '../operations/passwords.ts';
import { ForgottenPage, NewPasswordPage, SentPage } from '../pages/forgotten-password.tsx';
import { aboutOf, passwordProblem } from '../sign-in/passwords.ts';
import { countTries, type Http, type Posted, seeOther, send, text, visitor } from './context.tsx';
import { enter } from './enter.ts';
import { refuse } from './refuse.tsx';

/** A forgotten password: the address is asked for, a mail goes out, its link leads to a new password. */
export function forgottenPasswordRoutes(http: Http): void {
  const { app, portal } = http;
  const { settings } = portal;
  const isTooMuch = countTries(http);

  app.get('/forgotten-password', async (request, reply) =>
    send(reply, <ForgottenPage visitor={await visitor(http, request)} portal={settings} />),
  );

  app.post('/forgotten-password', async (request, reply) => {
    const who = await visitor(http, request);
    if (await isTooMuch(request)) return refuse(http, request, reply, who, { code: 'too-many-requests' });
    const email = text(((request.body ?? {}) as Posted)['email']).trim();
    if (!looksLikeEmail(email)) {
      return send(reply, <ForgottenPage visitor={who} portal={settings} email={email} wrong />, 422);
    }
    await askForPassword(portal, email);
    return seeOther(reply, '/forgotten-password/sent');
  });

  app.get('/forgotten-password/sent', async (request, reply) =>
    send(reply, <SentPage visitor={await visitor(http, request)} portal={settings} />),
  );

  app.get('/forgotten-password/link/:token', async (request, reply) => {
    const { token } = request.params as { token: string };
    const [who, account] = await Promise.all([visitor(http, request), accountOfLink(portal, token)]);
    if (!account) return refuse(http, request, reply, who, { code: 'mail-link-used' });
    return send(reply, <NewPasswordPage visitor={who} portal={settings} token={token} account={account} />);
  });

  app.post('/forgotten-password/link/:token', async (request, reply) => {
    const { token } = request.params as { token: string };
    const [who, account] = await Promise.all([visitor(http, request), accountOfLink(portal, token)]);
    if (!account) return refuse(http, request, reply, who, { code: 'mail-link-used' });
    const password = text(((request.body ?? {}) as Posted)['password']);
    const problem = passwordProblem(password, aboutOf(account, settings.name));
    if (problem) {
      const page = { visitor: who, portal: settings, token, account, problem };
      return send(reply, <NewPasswordPage {...page} />, 422);
    }
    const changed = await changePassword(portal, token, password);
    if (changed.outcome === 'gone') return refuse(http, request, reply, who, { code: 'mail-link-used' });
    return enter(http, request, reply, { account: changed.account, next: '/systems' });
  });
}
