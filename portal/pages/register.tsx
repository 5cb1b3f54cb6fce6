import type { SystemIdReading } from '../../core/system-id.ts';
import { Acts, Button, Form, Go, Links } from '../../ui/components/actions.tsx';
import { Section } from '../../ui/components/blocks.tsx';
import { FileField, SystemIdField } from '../../ui/components/fields.tsx';
import type { Visitor } from '../http/visitor.ts';
import { Frame } from './frame.tsx';
import { ScanCode } from './scan-code.tsx';
import { sentenceOf } from './typed-system-id.ts';
import { type WholeProblem, wholeSentence } from './upload-texts.ts';

type Field = 'id' | 'new-id';

interface RegisterProps {
  visitor: Visitor;
  portal: { name: string; url: string };
  /** What was typed into which box, and why it is no System ID. */
  wrong?: { field: Field; typed: string; reading: Exclude<SystemIdReading, { outcome: 'read' }> };
  /** Why nothing was taken of what was uploaded. */
  upload?: WholeProblem;
}

/** Two boxes of equal weight, each with its own next step; under both what needs no typing. */
export function RegisterPage({ visitor, portal, wrong, upload }: RegisterProps) {
  const { t } = visitor;
  return (
    <Frame
      visitor={visitor}
      portalName={portal.name}
      heading={t('register.h1')}
      current="/register"
      problems={[
        ...(wrong ? [{ field: wrong.field, text: sentenceOf(wrong.reading, t) }] : []),
        ...(upload ? [{ field: 'files', text: wholeSentence(upload, t, portal.url) }] : []),
      ]}
    >
      <BoxOf kind="new" action="/register" field="id" t={t} typed={wrong} />
      <BoxOf kind="associate" action="/register/associate" field="new-id" t={t} typed={wrong} />
      <Section heading={t('upload.heading')}>
        <Form action="/register/files" files>
          <FileField
            name="files"
            label={t('upload.label')}
            hint={t('upload.text')}
            accept=".datestone,.zip,.txt,image/png,image/jpeg"
            multiple
          />
          <Acts>
            <Button>{t('upload.button')}</Button>
          </Acts>
        </Form>
        <ScanCode t={t} />
      </Section>
      <p>{t.rich('register.online')}</p>
      <Links items={[{ href: '/prepare', text: t('register.prepare') }]} />
    </Frame>
  );
}

interface BoxProps {
  kind: 'new' | 'associate';
  action: string;
  field: Field;
  t: Visitor['t'];
  typed: { field: Field; typed: string } | undefined;
}

const BoxOf = ({ kind, action, field, t, typed }: BoxProps) => (
  <Form action={action} look="box">
    <h2>{t(`register.${kind}.heading`)}</h2>
    <p>{t(`register.${kind}.text`)}</p>
    <SystemIdField
      name={field}
      label={t(`register.${kind}.label`)}
      hint={t.rich('register.hint')}
      {...(typed?.field === field && { value: typed.typed })}
    />
    <Acts>
      <Go object={t(`register.${kind}.object`)}>{t('register.continue')}</Go>
    </Acts>
  </Form>
);
