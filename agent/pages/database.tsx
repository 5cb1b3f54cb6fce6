import { shortId } from '../../core/system-id.ts';
import { Acts, Button, Danger, Form, Go, LinkButton } from '../../ui/components/actions.tsx';
import { Section } from '../../ui/components/blocks.tsx';
import { ChoiceField, FileField, TextField } from '../../ui/components/fields.tsx';
import { When } from '../../ui/components/when.tsx';
import { type Problem, type Site, SitePage, t } from './site-page.tsx';

interface DatabasePageProps {
  site: Site;
  systemId: string;
  lastBackup: Date | undefined;
  problems?: Problem[];
}

export const DatabasePage = ({ site, systemId, lastBackup, problems }: DatabasePageProps) => (
  <SitePage site={site} heading={t('database.h1')} current="/database" systemId={systemId} problems={problems}>
    <p>{lastBackup ? t.rich('database.last-backup', { date: <When at={lastBackup} /> }) : t('database.no-backup')}</p>
    <Section heading={t('database.back-up')}>
      <p>{t('database.back-up.explain')}</p>
      <Form action="/database/backup">
        <label class="choice">
          <input type="checkbox" name="without-identity" value="yes" /> <span>{t('database.back-up.without')}</span>
        </label>
        <Acts>
          <Button>{t('database.back-up')}</Button>
        </Acts>
      </Form>
    </Section>
    <Section heading={t('database.restore')}>
      <p>{t('database.restore.explain')}</p>
      <Form action="/database/restore" files>
        <FileField name="backup" label={t('database.restore.file')} />
        <Acts>
          <Button>{t('database.restore')}</Button>
        </Acts>
      </Form>
    </Section>
    <Section heading={t('database.delete')}>
      <p>{t('database.delete.explain')}</p>
      <Acts>
        <LinkButton href="/database/delete">{t('database.delete')}</LinkButton>
      </Acts>
    </Section>
  </SitePage>
);

interface WhichSystemPageProps {
  site: Site;
  /** The name under which the uploaded backup is kept; without one the question is about the database itself. */
  backup: string | undefined;
  problems?: Problem[];
}

export const WhichSystemPage = ({ site, backup, problems }: WhichSystemPageProps) => (
  <SitePage site={site} heading={t('database.which.h1')} problems={problems}>
    <p>{t(backup ? 'database.which.backup' : 'database.which.here')}</p>
    <Form action={backup ? '/database/restore/answer' : '/which-system'} hidden={{ backup }}>
      <ChoiceField
        type="radio"
        name="which"
        label={t('database.which.label')}
        options={[
          { value: 'replaces', text: t.rich(backup ? 'database.which.replaces' : 'database.which.here.replaces') },
          { value: 'another', text: t.rich('database.which.another') },
        ]}
      />
      <Acts>
        <Go>{t('database.which.go')}</Go>
        {backup && <LinkButton href="/database">{t('cancel')}</LinkButton>}
      </Acts>
    </Form>
  </SitePage>
);

interface DeletePageProps {
  site: Site;
  systemId: string;
  typed?: string;
  problems?: Problem[];
}

export const DeletePage = ({ site, systemId, typed, problems }: DeletePageProps) => (
  <SitePage site={site} heading={t('delete.h1', { server: site.server.name })} current="/database" problems={problems}>
    <p>{t('delete.lose', { shortId: shortId(systemId) })}</p>
    <p>{t('delete.keep')}</p>
    <p>{t('delete.afterwards')}</p>
    <Form action="/database/delete">
      <TextField
        name="server"
        label={t('delete.field')}
        hint={site.server.name}
        value={typed}
        autocomplete="off"
        literal
      />
      <Acts>
        <Danger>{t('delete.button')}</Danger>
        <LinkButton href="/database">{t('cancel')}</LinkButton>
      </Acts>
    </Form>
  </SitePage>
);
