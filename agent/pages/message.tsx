import { type MessageKey, type Site, SitePage, t } from './site-page.tsx';

/** A page that only says why there is no other. */
export const MessagePage = ({ site, heading, text }: { site: Site; heading: MessageKey; text: MessageKey }) => (
  <SitePage site={site} heading={t(heading)}>
    <p>{t(text)}</p>
  </SitePage>
);
