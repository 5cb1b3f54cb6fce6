import { Acts, GoLink, LinkButton, Links } from '../../ui/components/actions.tsx';
import { Section } from '../../ui/components/blocks.tsx';
import { RegistrationNumber } from '../../ui/components/when.tsx';
import type { SignedIn } from '../http/visitor.ts';
import type { Labelled } from '../store/reads/prepared.ts';
import { Frame } from './frame.tsx';

interface PageProps {
  visitor: SignedIn;
  portalName: string;
}

/** The ways to prepare a registration: by form, by copying another, from a file. */
export function PreparePage({ visitor, portalName }: PageProps) {
  const { t } = visitor;
  return (
    <Frame visitor={visitor} portalName={portalName} heading={t('prepare.h1')} current="/register">
      <p>{t.rich('prepare.intro')}</p>
      <p>{t('prepare.form.text')}</p>
      <Acts>
        <GoLink href="/prepare/new">{t('prepare.form')}</GoLink>
      </Acts>
      <p>{t('prepare.copy.text')}</p>
      <Acts>
        <LinkButton href="/prepare/new?copy">{t('prepare.copy')}</LinkButton>
      </Acts>
      <Section heading={t('prepare.file')}>
        <p>{t('prepare.file.text')}</p>
        <Acts>
          <LinkButton href="/prepare/import">{t('prepare.file.go')}</LinkButton>
        </Acts>
      </Section>
    </Frame>
  );
}

/** What was prepared, and what happens with it on site. */
export function PreparedPage({ visitor, portalName, from, made }: PageProps & { from: string; made: Labelled[] }) {
  const { t } = visitor;
  const only = made.length === 1 ? made[0] : undefined;
  return (
    <Frame
      visitor={visitor}
      portalName={portalName}
      heading={only ? t('prepared.h1', { site: only.site }) : t('prepared.h1-several', { count: made.length })}
      current="/register"
    >
      {only && <p>{t.rich('prepared.number', { number: <RegistrationNumber number={only.number} /> })}</p>}
      <p>{t('prepared.mail')}</p>
      <Section heading={t('prepared.then')}>
        <ol>
          <li>{t.rich('prepared.then.1')}</li>
          <li>{t.rich('prepared.then.2')}</li>
          <li>{only ? t.rich('prepared.then.3', { site: only.site }) : t.rich('prepared.then.3-several')}</li>
        </ol>
        <Acts>
          <LinkButton href={`/prepare/${from}/labels`}>{t(only ? 'prepared.label' : 'prepared.labels')}</LinkButton>
        </Acts>
      </Section>
      <Links
        items={[
          only
            ? { href: `/systems/${only.number}`, text: t('prepared.see') }
            : { href: '/systems?state=prepared', text: t('prepared.list') },
          { href: '/prepare', text: t('prepared.next') },
        ]}
      />
    </Frame>
  );
}
