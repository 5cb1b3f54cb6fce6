import { linesOf } from '../../core/system-id.ts';
import { Section, SystemIdLines } from '../../ui/components/blocks.tsx';
import { EmptyBoxes } from '../../ui/components/codes.tsx';
import { fitsQrCode, QrCode } from '../../ui/components/qr.tsx';
import { RegistrationNumber } from '../../ui/components/when.tsx';
import type { PresentCode } from '../store/reads/codes.ts';
import { Frame } from './frame.tsx';
import { AtTheServer, type CarriedThere, CodeItself } from './registration-code.tsx';

interface PaperPageProps extends CarriedThere {
  portal: { name: string; url: string };
  registration: string;
  code: PresentCode;
  /** The association waits for the system's own word. */
  asksConfirmation: boolean;
  /** The registration as a document, to be read from the paper. */
  record: string;
}

/** All that somebody needs at the server, on one sheet: the code, what to compare, what to do, and room for the answer. */
export function PaperPage(props: PaperPageProps) {
  const { visitor, portal, site, systemId, registration, record, asksConfirmation } = props;
  const { t } = visitor;
  return (
    <Frame visitor={visitor} portalName={portal.name} heading={t('paper.h1', { site })} current="/systems">
      <p class="screen">{t('paper.text')}</p>
      <CodeItself {...props} />
      <p>{t.rich('paper.registration', { number: <RegistrationNumber number={registration} /> })}</p>
      <AtTheServer {...props} onPaper />
      <div class="beside">
        <div>
          <Section heading={t('paper.system-id')}>
            <SystemIdLines lines={linesOf(systemId)} />
          </Section>
          {asksConfirmation && (
            <Section heading={t('confirmation.label')}>
              <EmptyBoxes groups={2} />
              <p>{t.rich('paper.confirmation', { address: new URL(portal.url).host })}</p>
            </Section>
          )}
        </div>
        <Section heading={t('paper.qr.heading')}>
          {fitsQrCode(record) ? (
            <>
              <p>{t('paper.qr.text')}</p>
              <QrCode text={record} level="M" large label={t('paper.qr', { site })} />
            </>
          ) : (
            <p>{t('paper.qr.too-long')}</p>
          )}
        </Section>
      </div>
    </Frame>
  );
}
