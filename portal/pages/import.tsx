import { COLUMNS, type Column } from '../../core/registration-sheet.ts';
import { Acts, Form, Go, Links } from '../../ui/components/actions.tsx';
import { FileField } from '../../ui/components/fields.tsx';
import { Table } from '../../ui/components/table.tsx';
import { MOST_ROWS } from '../csv/read.ts';
import { columnLabel } from '../csv/words.ts';
import type { SignedIn } from '../http/visitor.ts';
import { optionText } from './form-texts.ts';
import { Frame } from './frame.tsx';
import { fileSentence, type UploadProblem } from './import-texts.ts';

interface ImportPageProps {
  visitor: SignedIn;
  portalName: string;
  /** The columns that this person may fill in. */
  steps: readonly Column['step'][];
  problem?: UploadProblem | undefined;
}

/** Registrations from a file: it is uploaded, and what it may hold stands below. */
export function ImportPage({ visitor, portalName, steps, problem }: ImportPageProps) {
  const { t } = visitor;
  return (
    <Frame
      visitor={visitor}
      portalName={portalName}
      heading={t('import.h1')}
      current="/register"
      problems={problem ? [{ field: 'file', text: fileSentence(problem, t) }] : []}
    >
      <p>{t('import.intro')}</p>
      <p>{t('import.template.text')}</p>
      <Links
        items={[
          { href: '/prepare/template.csv', text: t('import.template') },
          { href: '#columns', text: t('import.columns') },
        ]}
      />
      <Form action="/prepare/import" files>
        <FileField
          name="file"
          label={t('import.file')}
          hint={t.rich('import.file.hint', { rows: MOST_ROWS })}
          accept=".csv,.txt,.tsv,text/csv"
        />
        <Acts>
          <Go>{t('import.check')}</Go>
        </Acts>
      </Form>
      <section id="columns">
        <h2>{t('import.columns')}</h2>
        <Table
          caption={t('import.columns.caption')}
          columns={[t('import.column'), t('import.column.label'), t('import.column.values')]}
          rows={COLUMNS.filter((column) => steps.includes(column.step)).map((column) => [
            <code>{column.name}</code>,
            columnLabel(column),
            valuesOf(column, visitor),
          ])}
        />
      </section>
    </Frame>
  );
}

function valuesOf({ field }: Column, visitor: SignedIn): string {
  const { t } = visitor;
  const value = valueKind();
  return field.required ? t('import.value.required', { value }) : value;

  function valueKind(): string {
    switch (field.kind) {
      case 'one-of':
      case 'several-of': {
        const choices = (field.options ?? []).map((option) => `${option} (${optionText(visitor, field.name, option)})`);
        return t(`import.value.${field.kind}`, { choices: choices.join(', ') });
      }
      case 'email':
      case 'date':
      case 'country':
        return t(`import.value.${field.kind}`);
      default:
        return t('import.value.text', { max: field.max });
    }
  }
}
