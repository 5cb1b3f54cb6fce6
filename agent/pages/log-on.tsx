import { Acts, Form, Go, GoLink } from '../../ui/components/actions.tsx';
import { Inset } from '../../ui/components/blocks.tsx';
import { TextField } from '../../ui/components/fields.tsx';
import type { Plate } from '../plate.ts';
import { LogOnPlate } from './plate.tsx';
import { type Problem, type Site, SitePage, t } from './site-page.tsx';

interface LogOnPageProps {
  site: Site;
  plate: Plate;
  /** What was typed before it was refused. */
  typed?: { user: string; domain: string };
  /** Where to go after log on: a page of this server. */
  then: string | undefined;
  note?: 'answer-kept' | 'restored' | undefined;
  problems?: Problem[];
}

export const LogOnPage = ({ site, plate, typed, then, note, problems }: LogOnPageProps) => (
  <SitePage site={site} heading={t('log-on.h1')} width="logon" problems={problems}>
    {note && (
      <Inset>
        <p>{t(`log-on.${note}`)}</p>
      </Inset>
    )}
    {site.user === undefined ? (
      <Form action="/log-on" hidden={{ then }}>
        <TextField name="user" label={t('log-on.user')} value={typed?.user} autocomplete="username" literal />
        <TextField name="password" label={t('log-on.password')} type="password" autocomplete="current-password" />
        <TextField
          name="domain"
          label={t('log-on.domain')}
          hint={t('log-on.domain-hint')}
          value={typed?.domain}
          literal
        />
        <Acts>
          <Go>{t('log-on.button')}</Go>
        </Acts>
      </Form>
    ) : (
      <>
        <p>{t.rich('log-on.as', { user: site.user })}</p>
        <Acts>
          <GoLink href="/registration">{t('nav.registration')}</GoLink>
        </Acts>
      </>
    )}
    <LogOnPlate plate={plate} />
  </SitePage>
);
