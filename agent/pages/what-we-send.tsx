import type { Shared } from '../../core/documents/check-in.ts';
import { Section } from '../../ui/components/blocks.tsx';
import { Table } from '../../ui/components/table.tsx';
import { When } from '../../ui/components/when.tsx';
import { type MessageKey, type Site, SitePage, t } from './site-page.tsx';

/** A document as its receiver reads it: the System ID that signs it, then its members. */
export interface SentDocument {
  kid: string;
  members: Record<string, unknown>;
}

interface WhatWeSendPageProps {
  site: Site;
  request: SentDocument;
  /** What the QR code and the saved file hold, once they were made. */
  carried: SentDocument | undefined;
  checkIn: (SentDocument & { at: Date }) | undefined;
  /** What the next check-in says beyond that, because the end user agreed. */
  shared: Shared | undefined;
}

export const WhatWeSendPage = ({ site, request, carried, checkIn, shared }: WhatWeSendPageProps) => (
  <SitePage site={site} heading={t('send.h1')} width="wide">
    <p>{t('send.to', { portal: site.portal.name, host: site.portal.host })}</p>
    <Section heading={t('send.request')}>
      <p>{t('send.request.explain')}</p>
      <Members caption={t('send.request.caption')} members={membersOf(request)} />
    </Section>
    {carried && (
      <Section heading={t('send.file-request')}>
        <p>{t('send.file-request.explain')}</p>
        <Members caption={t('send.file-request.caption')} members={membersOf(carried)} />
      </Section>
    )}
    <Section heading={t('send.check-in')}>
      <p>{t('send.check-in.explain')}</p>
      {checkIn ? (
        <>
          <p>{t.rich('send.check-in.last', { date: <When at={checkIn.at} /> })}</p>
          <Members caption={t('send.check-in.caption')} members={membersOf(checkIn)} />
        </>
      ) : (
        <p>{t('send.check-in.none')}</p>
      )}
      <h3>{t('send.shared')}</h3>
      {shared ? (
        <>
          <p>{t('send.shared.explain')}</p>
          <Members caption={t('send.shared.caption')} members={{ ...shared }} />
        </>
      ) : (
        <p>{t('send.shared.none')}</p>
      )}
    </Section>
  </SitePage>
);

const membersOf = ({ kid, members }: SentDocument) => ({ kid, ...members });

const Members = ({ caption, members }: { caption: string; members: Record<string, unknown> }) => (
  <Table
    caption={caption}
    columns={[t('send.member'), t('send.meaning'), t('send.value')]}
    rows={Object.entries(members).map(([member, value]) => [
      <code>{member}</code>,
      t(`send.${member}` as MessageKey),
      <samp>{textOf(value)}</samp>,
    ])}
  />
);

/** {kind, product, …} is a sentence's worth: its values one after the other. */
const textOf = (value: unknown): string =>
  typeof value === 'object' && value !== null ? Object.values(value).map(textOf).join(', ') : String(value);
