// Pages that anyone on the network may read.

import { linesOf } from '../../core/system-id.ts';
import { Section, SystemIdLines } from '../../ui/components/blocks.tsx';
import { type Site, SitePage, t } from './site-page.tsx';

export const SystemIdentifierPage = ({ site, systemId }: { site: Site; systemId: string }) => (
  <SitePage site={site} heading={t('system-identifier.h1')}>
    <p>{t('system-identifier.explain')}</p>
    <SystemIdLines lines={linesOf(systemId)} />
    <p class="hint">{t('system-identifier.short')}</p>
  </SitePage>
);

export const PrivacyPage = ({ site }: { site: Site }) => (
  <SitePage site={site} heading={t('privacy.h1')}>
    <Section heading={t('privacy.seen')}>
      <p>{t('privacy.seen.text')}</p>
    </Section>
    <Section heading={t('privacy.sent')}>
      <p>{t('privacy.sent.nothing')}</p>
      <p>{t('privacy.sent.request')}</p>
      <p>{t('privacy.sent.check-in')}</p>
      <p>
        <a href="/what-we-send">{t('info.what-we-send')}</a>
      </p>
    </Section>
    <Section heading={t('privacy.to')}>
      <p>{t('privacy.to.text', { portal: site.portal.name, host: site.portal.host })}</p>
    </Section>
    <Section heading={t('privacy.stays')}>
      <p>{t('privacy.stays.text')}</p>
    </Section>
  </SitePage>
);
