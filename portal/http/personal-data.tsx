import { eraseAccount } from '../operations/erase.ts';
import { ErasedPage, ErasePage, SURE } from '../pages/erase.tsx';
import { PersonalDataPage } from '../pages/personal-data.tsx';
import { heldBy, personalDataOf } from '../store/reads/personal-data.ts';
import { type Http, type Posted, seeOther, send, text, visitor as whoever } from './context.tsx';
import { freshlySignedIn } from './fresh.ts';
import { refuse } from './refuse.tsx';

const DATA = '/account/data';
const ERASE = '/account/erase';

/** What the portal knows of somebody, to read and to take along; and erasing it. Never left to whoever sits at an open page. */
export function personalDataRoutes(http: Http): void {
  const { app, portal, cookies } = http;
  const { db, settings } = portal;

  app.get(DATA, async (request, reply) => {
    const visitor = await freshlySignedIn(http, request, reply, DATA);
    if (!visitor) return reply;
    const data = await personalDataOf(db, visitor.account.id);
    return send(
      reply.header('cache-control', 'no-store'),
      <PersonalDataPage visitor={visitor} portal={settings} data={data} />,
    );
  });

  app.get(`${DATA}.json`, async (request, reply) => {
    const visitor = await freshlySignedIn(http, request, reply, DATA);
    if (!visitor) return reply;
    return reply
      .type('application/json; charset=utf-8')
      .header('content-disposition', 'attachment; filename="datestone-my-data.json"')
      .header('cache-control', 'no-store')
      .send(JSON.stringify(await personalDataOf(db, visitor.account.id), undefined, 2));
  });

  app.get(ERASE, async (request, reply) => {
    const visitor = await freshlySignedIn(http, request, reply, ERASE);
    if (!visitor) return reply;
    return send(reply, <ErasePage visitor={visitor} portal={settings} held={await heldBy(db, visitor.account.id)} />);
  });

  app.post(ERASE, async (request, reply) => {
    const visitor = await freshlySignedIn(http, request, reply, ERASE);
    if (!visitor) return reply;
    const { account, t } = visitor;
    if (text(((request.body ?? {}) as Posted)[SURE]) === '') {
      const problems = [{ field: SURE, text: t('erase.sure.missing') }];
      const held = await heldBy(db, account.id);
      return send(reply, <ErasePage visitor={visitor} portal={settings} held={held} problems={problems} />, 422);
    }
    const result = await eraseAccount(portal, account);
    if (result.outcome === 'refused') return refuse(http, request, reply, visitor, result);
    cookies.setSession(reply, undefined);
    return seeOther(reply, '/account/erased');
  });

  app.get('/account/erased', async (request, reply) =>
    send(reply, <ErasedPage visitor={await whoever(http, request)} portal={settings} />),
  );
}
