import { CATALOGUE } from '../../../core/catalogue.ts';
import { CONSENT_KINDS, CONSENT_VERSION, type ConsentKind } from '../../../core/consents.ts';
import { fingerprintLines } from '../../../core/fingerprint.ts';
import { FORM, STEPS } from '../../../core/registration-form.ts';
import { Fingerprint, Section } from '../../../ui/components/blocks.tsx';
import { Facts } from '../../../ui/components/lists.tsx';
import { Table } from '../../../ui/components/table.tsx';
import type { KeysShown } from '../../operations/keys.ts';
import { consentSentences } from '../consent-text.ts';
import { fieldLabel, optionText } from '../form-texts.ts';
import { AdministrationFrame, type AdministrationProps } from './frame.tsx';

/** What the program or its machine decides, and no page changes: shown. */

interface ConsentsProps extends AdministrationProps {
  counts: { kind: ConsentKind; version: string; count: number }[];
}

export const ConsentTextsPage = ({ visitor, portalName, counts }: ConsentsProps) => {
  const { t } = visitor;
  return (
    <AdministrationFrame {...{ visitor, portalName }} heading={t('administration.consents')}>
      <p>{t('admin-consents.version', { version: CONSENT_VERSION })}</p>
      {counts.length === 0 ? (
        <p>{t('admin-consents.caption', { count: 0 })}</p>
      ) : (
        <Table
          caption={t('admin-consents.caption', { count: counts.length })}
          columns={[t('admin-consents.text-of'), t('admin-consents.of-version'), t('admin-consents.count')]}
          rows={counts.map(({ kind, version, count }) => [t(`consent.${kind}.short`), version, count])}
        />
      )}
      {CONSENT_KINDS.map((kind) => (
        <Section heading={t(`consent.ask.${kind}`)}>
          {consentSentences(visitor, kind).map((sentence) => (
            <p>{sentence}</p>
          ))}
        </Section>
      ))}
    </AdministrationFrame>
  );
};

export const CataloguePage = ({ visitor, portalName }: AdministrationProps) => {
  const { t } = visitor;
  const fields = STEPS.flatMap((step) =>
    FORM[step].flatMap((field) => (field.options ? [{ step, field, options: field.options }] : [])),
  );
  return (
    <AdministrationFrame {...{ visitor, portalName }} heading={t('administration.catalogue')}>
      <p>{t('admin-catalogue.text')}</p>
      <Section heading={t('admin-catalogue.kinds')}>
        <Facts
          facts={Object.entries(CATALOGUE.kinds).map(([kind, { name }]) => ({
            term: name,
            value: <code>{kind}</code>,
          }))}
        />
      </Section>
      {fields.map(({ step, field, options }) => (
        <Section heading={fieldLabel(visitor, step, field.name)}>
          <Facts
            facts={options.map((option) => ({
              term: optionText(visitor, field.name, option),
              value: <code>{option}</code>,
            }))}
          />
        </Section>
      ))}
    </AdministrationFrame>
  );
};

export const KeysPage = ({ visitor, portalName, keys }: AdministrationProps & { keys: KeysShown }) => {
  const { t } = visitor;
  const toCome = (secret: KeysShown['codeKeys'][number]['secret']) =>
    keys.codeKeys
      .filter((key) => key.state === 'to-come' && key.secret === secret)
      .map(({ id }) => id)
      .join(', ') || t('admin-keys.none');
  return (
    <AdministrationFrame {...{ visitor, portalName }} heading={t('administration.keys')}>
      <p>{t('admin-keys.text')}</p>
      <Facts
        facts={[
          { term: t('about.fingerprint'), value: <Fingerprint lines={fingerprintLines(keys.fingerprint)} /> },
          { term: t('admin-keys.bundle'), value: t('admin-keys.bundle.version', { version: keys.bundleVersion }) },
          { term: t('admin-keys.root'), value: t('admin-keys.root.changes', { count: keys.rootChanges }) },
          ...keys.recordKeys.map(({ kid, signs }) => ({
            term: t('admin-keys.record'),
            value: t(signs ? 'admin-keys.record.signs' : 'admin-keys.record.silent', { kid }),
          })),
          { term: t('admin-keys.code'), value: keys.currentCodeKey },
          { term: t('admin-keys.codes-here'), value: toCome('in-the-database') },
          { term: t('admin-keys.codes-elsewhere'), value: toCome('elsewhere') },
        ]}
      />
    </AdministrationFrame>
  );
};
