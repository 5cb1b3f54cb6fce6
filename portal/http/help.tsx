import { Help, HelpIndex, helpTitle } from '../../ui/help/help.tsx';
import { isHelpTopic } from '../../ui/help/topics.ts';
import { uiTexts } from '../../ui/messages/index.ts';
import { AboutPage } from '../pages/about.tsx';
import { ApiReferencePage } from '../pages/api-reference.tsx';
import { Frame } from '../pages/frame.tsx';
import { PrivacyPage } from '../pages/privacy.tsx';
import { type Http, send, visitor } from './context.tsx';
import { notFound } from './errors.tsx';

/** What anybody may read without logging on. */
export function helpRoutes(http: Http): void {
  const { app, portal } = http;

  app.get('/help', async (request, reply) => {
    const who = await visitor(http, request);
    const page = (
      <Frame visitor={who} portalName={portal.settings.name} heading={uiTexts(who.reader.locale)('help.title')}>
        <HelpIndex />
      </Frame>
    );
    return send(reply, page);
  });

  app.get('/help/:topic', async (request, reply) => {
    const { topic } = request.params as { topic: string };
    if (!isHelpTopic(topic)) return notFound(http, request, reply);
    const who = await visitor(http, request);
    const page = (
      <Frame visitor={who} portalName={portal.settings.name} heading={helpTitle(topic, who.reader.locale)}>
        <Help topic={topic} portal={portal.settings.url} />
      </Frame>
    );
    return send(reply, page);
  });

  app.get('/api', async (request, reply) =>
    send(reply, <ApiReferencePage visitor={await visitor(http, request)} portal={portal.settings} />),
  );

  app.get('/about', async (request, reply) => {
    const { fingerprint } = portal.keys.forDocuments;
    return send(
      reply,
      <AboutPage visitor={await visitor(http, request)} portal={portal.settings} fingerprint={fingerprint} />,
    );
  });

  app.get('/privacy', async (request, reply) =>
    send(reply, <PrivacyPage visitor={await visitor(http, request)} portal={portal.settings} />),
  );
}
