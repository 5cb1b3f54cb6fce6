import type { FastifyReply, FastifyRequest } from 'fastify';
import { askForAddress, changeAddress, correctDetails, waitingAddress } from '../operations/correct-account.ts';
import { AccountDetailsPage, NewAddressPage } from '../pages/account-details.tsx';
import { type Details, readDetails } from '../sign-in/details.ts';
import { organisationOf } from '../store/reads/organisation.ts';
import { type Http, type Posted, seeOther, send, signedIn, text } from './context.tsx';
import { freshlySignedIn } from './fresh.ts';
import { refuse } from './refuse.tsx';
import type { SignedIn } from './visitor.ts';

const DETAILS = '/account/details';

/** Correcting one's name and company; and another address, which counts once its link was opened. */
export function accountDetailsRoutes(http: Http): void {
  const { app, portal } = http;
  const { settings } = portal;

  const page = async (visitor: SignedIn, more: Partial<Parameters<typeof AccountDetailsPage>[0]> = {}) => {
    const organisation = await organisationOf(portal.db, visitor.account.id, visitor.now);
    const hasOrganisation = organisation !== undefined;
    return <AccountDetailsPage visitor={visitor} portal={settings} hasOrganisation={hasOrganisation} {...more} />;
  };

  /** What was typed, over what the account says. */
  const readFrom = ({ account }: SignedIn, typed: Partial<Details>) =>
    readDetails({ ...account, ...typed, kind: 'integrator' });

  app.get(DETAILS, async (request, reply) => {
    const visitor = await signedIn(http, request, reply);
    if (!visitor) return reply;
    const asked = (request.query as Posted)['asked'] !== undefined;
    return send(reply, await page(visitor, { asked }));
  });

  app.post(DETAILS, async (request, reply) => {
    const visitor = await signedIn(http, request, reply, DETAILS);
    if (!visitor) return reply;
    const posted = (request.body ?? {}) as Posted;
    const hasOrganisation = (await organisationOf(portal.db, visitor.account.id, visitor.now)) !== undefined;
    const typed = {
      name: text(posted['name']).toWellFormed().replaceAll('\0', ''),
      ...(!hasOrganisation && { organisation: text(posted['organisation']).toWellFormed().replaceAll('\0', '') }),
    };
    const { problems, account } = readFrom(visitor, typed);
    if (problems.length > 0) return send(reply, await page(visitor, { typed, problems }), 422);
    await correctDetails(portal, visitor.account, {
      name: account.name,
      ...(!hasOrganisation && { organisation: account.organisation }),
    });
    return seeOther(reply, '/account');
  });

  app.post('/account/address', async (request, reply) => {
    const visitor = await freshlySignedIn(http, request, reply, DETAILS);
    if (!visitor) return reply;
    const typed = { email: text(((request.body ?? {}) as Posted)['email']) };
    const { problems, account } = readFrom(visitor, typed);
    if (problems.length > 0) return send(reply, await page(visitor, { typed, problems }), 422);
    await askForAddress(portal, visitor.account, account.email);
    return seeOther(reply, `${DETAILS}?asked`);
  });

  app.get('/account/address/:token', async (request, reply) => {
    const opened = await openedLink(request, reply);
    return opened ? send(reply, <NewAddressPage portal={settings} {...opened} />) : reply;
  });

  app.post('/account/address/:token', async (request, reply) => {
    const opened = await openedLink(request, reply);
    if (!opened) return reply;
    const { visitor, token } = opened;
    const { outcome } = await changeAddress(portal, visitor.account, token);
    if (outcome === 'changed') return seeOther(reply, '/account');
    const code = outcome === 'gone' ? 'mail-link-used' : 'address-has-account';
    return refuse(http, request, reply, visitor, { code });
  });

  /** In any browser in which its person is logged on: the link alone opens nothing to who reads the mails of that address. */
  async function openedLink(request: FastifyRequest, reply: FastifyReply) {
    const { token } = request.params as { token: string };
    const visitor = await signedIn(http, request, reply, request.url);
    if (!visitor) return undefined;
    const email = await waitingAddress(portal, visitor.account, token);
    if (email !== undefined) return { visitor, token, email };
    await refuse(http, request, reply, visitor, { code: 'mail-link-used' });
    return undefined;
  }
}
