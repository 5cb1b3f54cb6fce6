import { COLUMNS } from '../../core/registration-sheet.ts';
import { Acts, Form, Go, Links } from '../../ui/components/actions.tsx';
import { Box, Section } from '../../ui/components/blocks.tsx';
import { ChoiceField } from '../../ui/components/fields.tsx';
import { Facts } from '../../ui/components/lists.tsx';
import { Pages, Table } from '../../ui/components/table.tsx';
import { When } from '../../ui/components/when.tsx';
import type { FileRemarks } from '../csv/read.ts';
import { columnLabel } from '../csv/words.ts';
import type { SignedIn } from '../http/visitor.ts';
import { type CheckedFile, type CheckedRow, WRONG_ROWS_PAGE_SIZE } from '../store/imports.ts';
import { answerText } from './form-texts.ts';
import { Frame } from './frame.tsx';
import { wrongCells } from './import-texts.ts';

interface CheckedFilePageProps {
  visitor: SignedIn;
  portalName: string;
  file: CheckedFile<FileRemarks>;
  wrong: CheckedRow[];
  page: number;
  sample: CheckedRow[];
  /** Why nothing was made of it just now. */
  problem?: 'none-chosen' | 'wrong' | undefined;
}

/** What a file says, row by row, before anything is made of it. */
export function CheckedFilePage({ visitor, portalName, file, wrong, page, sample, problem }: CheckedFilePageProps) {
  const { t } = visitor;
  const { right } = file;
  return (
    <Frame
      visitor={visitor}
      portalName={portalName}
      heading={t('import.checked.h1')}
      current="/register"
      width="wide"
      problems={problem ? [{ field: 'rows', text: t(`import.rows.${problem}`, { wrong: file.wrong }) }] : []}
    >
      <p>{t.rich('import.checked.file', { name: <b>{file.fileName}</b>, at: <When at={file.uploadedAt} /> })}</p>
      <p>{t('import.checked.count', { count: right + file.wrong, right, wrong: file.wrong })}</p>
      <Remarks visitor={visitor} remarks={file.remarks} />
      {file.wrong > 0 && (
        <Section heading={t('import.wrong.heading')} id="wrong">
          <Table
            caption={t('import.wrong.caption', { count: file.wrong })}
            columns={[
              t('import.wrong.line'),
              t('form.installation.site_name'),
              t('import.column'),
              t('import.wrong.what'),
            ]}
            rows={wrong.flatMap((row) => linesOf(row, visitor))}
          />
          <Pages
            page={page}
            last={Math.ceil(file.wrong / WRONG_ROWS_PAGE_SIZE)}
            href={(to) => `/prepare/imports/${file.id}?page=${to}#wrong`}
          />
        </Section>
      )}
      {sample.length > 0 && (
        <Section heading={t('import.sample.heading')}>
          {sample.map((row) => (
            <Box heading={t('import.row-line', { line: row.line })}>
              <Facts facts={factsOf(row, visitor)} />
            </Box>
          ))}
        </Section>
      )}
      <Make visitor={visitor} file={file} />
      <Links items={[{ href: '/prepare/import', text: t('import.another') }]} />
    </Frame>
  );
}

function Remarks({ visitor: { t }, remarks }: { visitor: SignedIn; remarks: FileRemarks }) {
  const { encoding, unknown, notYours } = remarks;
  const said = [
    encoding !== 'utf-8' && t(`import.remark.${encoding}`),
    unknown.length > 0 && t('import.remark.unknown', { count: unknown.length, columns: unknown.join(', ') }),
    notYours.length > 0 && t('import.remark.not-yours', { count: notYours.length, columns: notYours.join(', ') }),
  ].filter((saying) => saying !== false);
  if (said.length === 0) return null;
  return (
    <Section heading={t('import.remark.heading')}>
      <ul>
        {said.map((saying) => (
          <li>{saying}</li>
        ))}
      </ul>
    </Section>
  );
}

function Make({ visitor: { t }, file: { id, right, wrong } }: { visitor: SignedIn; file: CheckedFile<FileRemarks> }) {
  if (right === 0) return <p>{t('import.nothing-right')}</p>;
  const rows = [
    { value: 'all', text: t('import.rows.all'), hint: t('import.rows.all.hint') },
    { value: 'right', text: t('import.rows.right'), hint: t('import.rows.right.hint', { right }) },
  ];
  return (
    <Section heading={t('import.make.heading')}>
      <Form action={`/prepare/imports/${id}`} hidden={wrong === 0 ? { rows: 'all' } : {}}>
        {wrong > 0 && <ChoiceField type="radio" name="rows" label={t('import.rows')} required options={rows} />}
        <Acts>
          <Go object={wrong === 0 ? t('import.make.object', { right }) : ''}>{t('import.make')}</Go>
        </Acts>
      </Form>
    </Section>
  );
}

/** A line of the table for each thing that is wrong with a row. */
function linesOf(row: CheckedRow, visitor: SignedIn) {
  const site = String(row.answers.installation?.site_name ?? '');
  return wrongCells(row, visitor).map(({ column, detail }) => [
    String(row.line),
    site || '–',
    column ? columnLabel(column) : '–',
    detail,
  ]);
}

const factsOf = ({ answers }: CheckedRow, visitor: SignedIn) =>
  COLUMNS.flatMap((column) => {
    const value = answerText(visitor, column.field, answers[column.step] ?? {});
    return value === undefined ? [] : [{ term: columnLabel(column), value }];
  });
