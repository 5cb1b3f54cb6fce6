import { CONSENT_KINDS, type ConsentKind } from '../../core/consents.ts';
import { changeConsent } from '../operations/consents.ts';
import { type Http, numberOf, type Posted, seeOther, signedIn, text } from './context.tsx';
import { notFound } from './errors.tsx';
import { refuse } from './refuse.tsx';
import { systemPage } from './system-page.tsx';

/** The end user agrees to share something, or withdraws it, on the System information page. */
export function consentRoutes(http: Http): void {
  const { app, portal } = http;

  app.post('/systems/:number/consents/:kind', async (request, reply) => {
    const number = numberOf(request, 'number');
    const visitor = await signedIn(http, request, reply, `/systems/${number}`);
    if (!visitor) return reply;
    const kind = kindIn((request.params as Record<string, string>)['kind']);
    if (!kind) return notFound(http, request, reply);
    const posted = (request.body ?? {}) as Posted;
    const [given, version] = [text(posted['given']) === 'yes', text(posted['version'])];
    const result = await changeConsent(portal, {
      account: visitor.account,
      registration: number,
      kind,
      given,
      version,
    });
    if (result.outcome === 'refused') return refuse(http, request, reply, visitor, result, { chosen: number });
    if (result.outcome === 'changed-since') {
      const problems = [{ text: visitor.t('consent.changed-since') }];
      return systemPage(http, request, reply, visitor, { problems, status: 409 });
    }
    return seeOther(reply, `/systems/${number}#consents`);
  });
}

const kindIn = (value: string | undefined): ConsentKind | undefined => CONSENT_KINDS.find((kind) => kind === value);
