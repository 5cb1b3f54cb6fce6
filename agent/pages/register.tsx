import type { ComponentChildren } from 'preact';
import { kindName } from '../../core/catalogue.ts';
import { linesOf, shortId } from '../../core/system-id.ts';
import { Acts, Button, Form, Go, LinkButton } from '../../ui/components/actions.tsx';
import { Inset, Section, SystemIdLines } from '../../ui/components/blocks.tsx';
import { Facts } from '../../ui/components/lists.tsx';
import { Together, When } from '../../ui/components/when.tsx';
import type { AskAgain } from '../store/settings.ts';
import { type MessageKey, type Site, SitePage, t } from './site-page.tsx';

/** A request made for this page. Its form posts to this server, which passes the browser on to the portal with it. */
interface WithRequest {
  site: Site;
  systemId: string;
  request: string;
  /** The page stood open for too long, or another one was opened after it: so nothing was sent. */
  madeAnew?: boolean;
}

interface RegisterPageProps extends WithRequest {
  /** When the database was new, if another one was here before. */
  newSince: Date | undefined;
  askAgain: AskAgain;
}

export const RegisterPage = ({ newSince, askAgain, ...page }: RegisterPageProps) => (
  <SitePage site={page.site} heading={t('register.h1')} systemId={page.systemId}>
    <MadeAnew {...page} button="register.now" />
    <p>{t('register.why')}</p>
    <WillBeSent {...page} />
    {newSince && (
      <Inset>
        <p>{t.rich('register.database-new', { date: <When at={newSince} as="date" /> })}</p>
      </Inset>
    )}
    <RequestForm {...page}>
      <Go>{t('register.now')}</Go>
      <Button formaction="/register/later">{t('register.later')}</Button>
    </RequestForm>
    <p class="hint">{t('register.again', { days: String(askAgain) })}</p>
    <NoInternetLink />
  </SitePage>
);

export const EditPage = (page: WithRequest) => (
  <SitePage site={page.site} heading={t('edit.h1')} systemId={page.systemId}>
    <MadeAnew {...page} button="edit.h1" />
    <p>{t('edit.explain', { host: page.site.portal.host })}</p>
    <WillBeSent {...page} />
    <RequestForm {...page}>
      <Go>{t('edit.h1')}</Go>
      <LinkButton href="/registration">{t('cancel')}</LinkButton>
    </RequestForm>
    <NoInternetLink />
  </SitePage>
);

interface DatabaseNewPageProps extends WithRequest {
  former: string | undefined;
  user: string;
  /** Where the first password of the new database stands, if nobody chose one. */
  passwordFile: string | undefined;
}

export const DatabaseNewPage = ({ former, user, passwordFile, ...page }: DatabaseNewPageProps) => (
  <SitePage site={page.site} heading={t('new.h1')} systemId={page.systemId} current="/database">
    <p>
      {former
        ? t.rich('new.was', { shortId: shortId(page.systemId), former: shortId(former) })
        : t.rich('new.is', { shortId: shortId(page.systemId) })}
    </p>
    <p>{t('new.keep')}</p>
    <p>
      {t.rich('new.password', { user })} {passwordFile && t.rich('new.password-file', { path: passwordFile })}
    </p>
    <RequestForm {...page}>
      <Go>{t('new.associate')}</Go>
      <Button formaction="/register/later">{t('new.later')}</Button>
    </RequestForm>
    <p class="hint">{t('new.later-hint')}</p>
    <Section heading={t('new.heading')}>
      <p class="hint">{t('new.explain')}</p>
      <SystemIdLines lines={linesOf(page.systemId)} />
      <NoInternetLink />
    </Section>
  </SitePage>
);

const MadeAnew = ({ madeAnew, button }: WithRequest & { button: MessageKey }) =>
  madeAnew ? (
    <Inset>
      <p role="status">{t.rich('register.made-anew', { button: t(button) })}</p>
    </Inset>
  ) : null;

const WillBeSent = ({ site, systemId }: WithRequest) => (
  <>
    <p>{t('register.sent')}</p>
    <Facts
      facts={[
        { term: t('system-identifier.h1'), value: <SystemIdLines lines={linesOf(systemId)} /> },
        { term: t('register.sent.kind'), value: kindName(site.server.kind) },
        { term: t('register.sent.version'), value: <Together>{site.server.version}</Together> },
        { term: t('register.sent.name'), value: site.server.name },
      ]}
    />
    <p>
      <a href="/what-we-send">{t('register.exactly')}</a>
    </p>
  </>
);

const RequestForm = ({ request, children }: WithRequest & { children: ComponentChildren }) => (
  <Form action="/register/now" hidden={{ request }}>
    <Acts>{children}</Acts>
  </Form>
);

const NoInternetLink = () => (
  <p>
    <a href="/offline">{t('register.no-internet')}</a>
  </p>
);
