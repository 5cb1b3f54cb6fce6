import { h } from 'preact';
import { Acts, Form, Go, Links } from '../../ui/components/actions.tsx';
import { Inset, Section } from '../../ui/components/blocks.tsx';
import { Facts } from '../../ui/components/lists.tsx';
import type { Visitor } from '../http/visitor.ts';
import { Frame } from './frame.tsx';

/**
 * The page behind a QR code. The request stands behind the `#` of the address, which browsers do not send: a script reads
 * it (ui/islands/scanned-request.ts) and shows the part that fits. Without script the part that is shown says what to do.
 */
export function ScannedPage({ visitor, portal }: { visitor: Visitor; portal: { name: string } }) {
  const { t } = visitor;
  return (
    <Frame visitor={visitor} portalName={portal.name} heading={t('scanned.h1')}>
      {h(
        'scanned-request',
        null,
        <>
          <div data-part="read" hidden>
            <Facts
              facts={[
                { term: t('scanned.server'), value: <span data-value="name" /> },
                { term: t('which.system-id'), value: <code data-value="short-id" /> },
              ]}
            />
            <Inset>
              <p>{t.rich('scanned.compare', { id: <code data-value="short-id" /> })}</p>
            </Inset>
            <p>{t('scanned.next')}</p>
            <Form action="/requests/brought" hidden={{ request: '' }}>
              <p role="status" data-no-signal={t('scanned.no-signal')} />
              <Acts>
                <Go>{t('scanned.continue')}</Go>
              </Acts>
            </Form>
          </div>
          <p data-part="damaged" hidden>
            {t('scanned.damaged')}
          </p>
          <p data-part="nothing" hidden>
            {t('scanned.nothing')}
          </p>
          <p data-part="no-script">{t('scanned.no-script')}</p>
        </>,
      )}
      <Section heading={t('scanned.other-ways')}>
        <Links
          items={[
            { href: '/register#files', text: t('scanned.upload') },
            { href: '/register', text: t('scanned.type') },
          ]}
        />
      </Section>
    </Frame>
  );
}
