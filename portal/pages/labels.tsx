import { QrCode } from '../../ui/components/qr.tsx';
import { Pages } from '../../ui/components/table.tsx';
import { RegistrationNumber } from '../../ui/components/when.tsx';
import type { SignedIn } from '../http/visitor.ts';
import type { Labelled } from '../store/reads/prepared.ts';
import { Frame } from './frame.tsx';

export const LABELS_PAGE_SIZE = 100;

interface LabelsPageProps {
  visitor: SignedIn;
  portal: { name: string; url: string };
  labels: readonly Labelled[];
  /** Of how many, and which page of them. */
  count: number;
  page: number;
  path: string;
}

/** Labels to print: what stands on paper beside a server until its own logon page says it. */
export function LabelsPage({ visitor, portal, labels, count, page, path }: LabelsPageProps) {
  const { t } = visitor;
  const [first] = labels;
  const isOne = count === 1 && first !== undefined;
  return (
    <Frame
      visitor={visitor}
      portalName={portal.name}
      heading={isOne ? t('label.h1', { site: first.site }) : t('label.h1-several', { count })}
      current="/systems"
      width="sheet"
    >
      <p class="note">{t(isOne ? 'label.text' : 'label.text-several')}</p>
      <ul class="labels">
        {labels.map((label) => (
          <LabelOf visitor={visitor} url={portal.url} label={label} />
        ))}
      </ul>
      <Pages page={page} last={Math.ceil(count / LABELS_PAGE_SIZE)} href={(to) => `${path}?page=${to}`} />
    </Frame>
  );
}

function LabelOf({ visitor: { t }, url, label }: { visitor: SignedIn; url: string; label: Labelled }) {
  const { number, site, company, city, plannedServer } = label;
  const address = `${url}/systems/${number}`;
  return (
    <li>
      <div>
        <p class="of">{site}</p>
        <p>{t('systems.place', { company, city })}</p>
        {plannedServer && <p>{t('label.server', { name: plannedServer })}</p>}
        <p>{t('label.number')}</p>
        <p>
          <RegistrationNumber number={number} />
        </p>
        <p>{t('label.scan')}</p>
      </div>
      <QrCode text={address} label={t('label.qr', { address })} />
    </li>
  );
}
