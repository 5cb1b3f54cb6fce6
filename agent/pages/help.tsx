import { Help, HelpIndex, helpTitle } from '../../ui/help/help.tsx';
import type { HelpTopic } from '../../ui/help/topics.ts';
import { type Site, SitePage, t } from './site-page.tsx';

export const HelpIndexPage = ({ site }: { site: Site }) => (
  <SitePage site={site} heading={t('footer.help')}>
    <HelpIndex />
  </SitePage>
);

export const HelpPage = ({ site, topic }: { site: Site; topic: HelpTopic }) => (
  <SitePage site={site} heading={helpTitle(topic, site.reader.locale)}>
    <Help topic={topic} portal={site.portal.url} />
  </SitePage>
);
