import { addressOfMail, sayOfAddress } from '../operations/mail-address.ts';
import { MailAddressPage } from '../pages/mail-address.tsx';
import { type Http, type Posted, send, text, uuidOf, visitor } from './context.tsx';
import { notFound } from './errors.tsx';

/** The link at the end of a mail to a site administrator: *keep getting these*, or *stop all*. No account is needed. */
export function mailAddressRoutes(http: Http): void {
  const { app, portal } = http;

  app.get('/mail/:mail', async (request, reply) => {
    const mail = uuidOf(request, 'mail');
    const of = await addressOfMail(portal, mail);
    if (!of) return notFound(http, request, reply);
    return send(reply, <MailAddressPage visitor={await visitor(http, request)} portal={portal} mail={mail} of={of} />);
  });

  app.post('/mail/:mail', async (request, reply) => {
    const mail = uuidOf(request, 'mail');
    const of = await addressOfMail(portal, mail);
    const word = text((request.body as Posted).word);
    if (!of || (word !== 'keep' && word !== 'stop')) return notFound(http, request, reply);
    await sayOfAddress(portal, mail, word);
    const props = { visitor: await visitor(http, request), portal, mail, of, said: word } as const;
    return send(reply, <MailAddressPage {...props} />);
  });
}
