import { readBroughtText } from '../../core/documents/brought-text.ts';
import { refused } from '../../core/refusals.ts';
import { bringFiles } from '../operations/bring.ts';
import { ScannedPage } from '../pages/scanned.tsx';
import { countTries, type Http, type Posted, seeOther, send, text, visitor } from './context.tsx';
import { refuse } from './refuse.tsx';

/** A QR code was scanned: by a phone's own camera, which opens the link in it, or by the camera in the Register page. */
export function scannedRoutes(http: Http): void {
  const { app, portal, cookies } = http;
  const isTooMuch = countTries(http);

  app.get('/r', async (request, reply) =>
    send(reply, <ScannedPage visitor={await visitor(http, request)} portal={portal.settings} />),
  );

  app.post('/requests/brought', async (request, reply) => {
    const who = await visitor(http, request);
    if (await isTooMuch(request)) return refuse(http, request, reply, who, { code: 'too-many-requests' });
    const reading = readBroughtText(text((request.body as Posted | undefined)?.['request']));
    if (reading.outcome === 'refused') return refuse(http, request, reply, who, refused('request-damaged'));
    const [taken] = await bringFiles(portal, {
      documents: [reading.document],
      account: who.account?.id,
      cookieHash: cookies.ensureCarrier(request, reply),
    });
    if (taken?.outcome !== 'taken') return refuse(http, request, reply, who, taken ?? refused('request-damaged'));
    return seeOther(reply, `/requests/${taken.request}/proceed`);
  });
}
