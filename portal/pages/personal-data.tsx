import { linesOf, type SystemId } from '../../core/system-id.ts';
import { Acts, LinkButton } from '../../ui/components/actions.tsx';
import { Section } from '../../ui/components/blocks.tsx';
import { Table } from '../../ui/components/table.tsx';
import { RegistrationNumber, When } from '../../ui/components/when.tsx';
import type { SignedIn } from '../http/visitor.ts';
import type { en } from '../messages/en.ts';
import type { DataLine, PersonalData } from '../store/reads/personal-data.ts';
import { Frame } from './frame.tsx';

interface PersonalDataProps {
  visitor: SignedIn;
  portal: { name: string };
  data: PersonalData;
}

/** In the order in which people look for it. */
const SECTIONS = [
  ...(['account', 'ways', 'log_ons', 'organisations', 'seats', 'former_seats', 'contact', 'consents'] as const),
  ...(['history', 'associations', 'invitations', 'colleagues', 'cases', 'requests', 'drafts', 'files'] as const),
  ...(['mails', 'administration'] as const),
];

/** All that the portal knows of its reader, to be read; the file says the same to programs. */
export function PersonalDataPage({ visitor, portal, data }: PersonalDataProps) {
  const { t } = visitor;
  return (
    <Frame visitor={visitor} portalName={portal.name} heading={t('data.h1')} current="/account" width="wide">
      <p>{t('data.explain')}</p>
      <Acts>
        <LinkButton href="/account/data.json">{t('data.download')}</LinkButton>
        <LinkButton href="/account/erase">{t('erase.h1')}</LinkButton>
      </Acts>
      {SECTIONS.map((section) => (
        <Lines visitor={visitor} heading={t(`data.section.${section}`)} lines={data[section] ?? []} />
      ))}
      <p>{t('data.nothing-else')}</p>
    </Frame>
  );
}

function Lines({ visitor: { t }, heading, lines }: { visitor: SignedIn; heading: string; lines: DataLine[] }) {
  const [first] = lines;
  if (!first) return null;
  const columns = Object.keys(first);
  return (
    <Section heading={heading}>
      <Table
        caption={heading}
        columns={columns.map((column) => t(`data.column.${column}` as keyof typeof en))}
        rows={lines.map((line) => columns.map((column) => valueOf(column, line[column] ?? null)))}
      />
    </Section>
  );

  function valueOf(column: string, value: DataLine[string]) {
    if (value === null || value === '') return t('data.none');
    if (typeof value === 'boolean') return t(value ? 'data.yes' : 'data.no');
    if (typeof value === 'object') return wordsOf(value);
    // Broken at the ends of its lines: in one piece it is wider than the page.
    if (column === 'system_id') return <code>{linesOf(value as SystemId).join(' ')}</code>;
    if (column === 'registration') return <RegistrationNumber number={value} />;
    if (/(^|_)at$|^since$/.test(column)) return <When at={new Date(value)} />;
    return String(value);
  }
}

/** What stands in a form or in an entry: its words, one after the other. */
function wordsOf(value: object): string {
  const words = Object.values(value as Record<string, DataLine[string]>).map((one) =>
    typeof one === 'object' && one !== null ? wordsOf(one) : String(one ?? ''),
  );
  return words.filter((word) => word !== '').join(', ');
}
