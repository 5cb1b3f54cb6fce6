import { Acts, LinkButton } from '../../ui/components/actions.tsx';
import { type Site, SitePage, t } from './site-page.tsx';

/** What the browser brought is not for this server. */
export const NotTakenPage = ({ site, systemId, why }: { site: Site; systemId: string; why: string }) => (
  <SitePage site={site} heading={t('back.refused.h1')} systemId={systemId}>
    <p>{why}</p>
    <p>{t('back.nothing-changed')}</p>
    <Acts>
      <LinkButton href="/registration">{t('nav.registration')}</LinkButton>
    </Acts>
  </SitePage>
);
