// The one portal that this server trusts, and how it becomes another.

import type { Bundle } from '../../core/documents/bundle.ts';
import { fingerprintLines } from '../../core/fingerprint.ts';
import { Acts, Button, Form, Go, LinkButton } from '../../ui/components/actions.tsx';
import { Fingerprint, Inset, Section } from '../../ui/components/blocks.tsx';
import { ChoiceField, FileField } from '../../ui/components/fields.tsx';
import { Facts, type Term } from '../../ui/components/lists.tsx';
import { type Problem, type Site, SitePage, t } from './site-page.tsx';

interface PortalPageProps {
  site: Site;
  bundle: Bundle;
  note?: string | undefined;
  problem?: string | undefined;
}

export const PortalPage = ({ site, bundle, note, problem }: PortalPageProps) => (
  <SitePage
    site={site}
    heading={t('portal.h1')}
    current="/registration"
    problems={problem ? [{ field: 'bundle', text: problem }] : []}
  >
    {note && (
      <Inset>
        <p role="status">{note}</p>
      </Inset>
    )}
    <p>{t('portal.explain')}</p>
    <Facts facts={factsOf(bundle)} />
    <p class="hint">{t('portal.fingerprint.hint')}</p>
    <Section heading={t('portal.import')}>
      <p>{t('portal.import.explain')}</p>
      <Form action="/portal/bundle" files>
        <FileField name="bundle" label={t('portal.file')} />
        <Acts>
          <Button>{t('portal.load')}</Button>
        </Acts>
      </Form>
    </Section>
  </SitePage>
);

interface ComparePortalsPageProps {
  site: Site;
  now: Bundle;
  other: Bundle;
  /** The other's bundle as it came. */
  document: string;
  problems?: Problem[];
}

export const ComparePortalsPage = ({ site, now, other, document, problems = [] }: ComparePortalsPageProps) => (
  <SitePage site={site} heading={t('portal.compare.h1')} current="/registration" problems={problems}>
    <p>{t('portal.compare.text')}</p>
    <Section heading={t('portal.compare.now')}>
      <Facts facts={factsOf(now)} />
    </Section>
    <Section heading={t('portal.compare.new')}>
      <Facts facts={factsOf(other)} />
    </Section>
    <p>{t('portal.compare.forgets')}</p>
    <Form action="/portal/trust" hidden={{ bundle: document }}>
      <ChoiceField
        type="checkbox"
        name="compared"
        label={t('portal.compare.label')}
        options={[{ value: 'yes', text: t('portal.compare.compared') }]}
      />
      <Acts>
        <Go object={other.name}>{t('portal.compare.trust')}</Go>
        <LinkButton href="/portal">{t('cancel')}</LinkButton>
      </Acts>
    </Form>
  </SitePage>
);

const factsOf = ({ name, iss, fingerprint }: Bundle): Term[] => [
  { term: t('portal.name'), value: name },
  { term: t('portal.address'), value: iss },
  { term: t('portal.fingerprint'), value: <Fingerprint lines={fingerprintLines(fingerprint)} /> },
];
