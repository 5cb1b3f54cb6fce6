import { fingerprintLines } from '../../core/fingerprint.ts';
import { Acts, LinkButton } from '../../ui/components/actions.tsx';
import { Fingerprint } from '../../ui/components/blocks.tsx';
import { Facts } from '../../ui/components/lists.tsx';
import type { Visitor } from '../http/visitor.ts';
import { Frame } from './frame.tsx';

interface AboutProps {
  visitor: Visitor;
  portal: { name: string; url: string };
  fingerprint: string;
}

/** By what people tell this portal from another, as a server shows it before it trusts a bundle. */
export function AboutPage({ visitor, portal, fingerprint }: AboutProps) {
  const { t } = visitor;
  return (
    <Frame visitor={visitor} portalName={portal.name} heading={t('about.h1')}>
      <Facts
        facts={[
          { term: t('about.name'), value: portal.name },
          { term: t('about.address'), value: portal.url },
          { term: t('about.fingerprint'), value: <Fingerprint lines={fingerprintLines(fingerprint)} /> },
        ]}
      />
      <p>{t('about.compare')}</p>
      <p>{t('about.where')}</p>
      <p>{t('about.bundle')}</p>
      <Acts>
        <LinkButton href="/bundle">{t('about.save')}</LinkButton>
      </Acts>
    </Frame>
  );
}
