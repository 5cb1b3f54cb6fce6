import type { ComponentChildren, VNode } from 'preact';
import { kindName } from '../../core/catalogue.ts';
import { shortId } from '../../core/system-id.ts';
import { Which } from '../../ui/components/blocks.tsx';
import { Page, type PageProps, render } from '../../ui/page.tsx';
import type { Problem } from '../../ui/reader.ts';
import { type Reader, texts } from '../../ui/text.ts';
import { en } from '../messages/en.ts';

export const t = texts(en, 'en');
export type MessageKey = keyof typeof en;

/** What every page of a server needs to know. */
export interface Site {
  reader: Reader;
  server: { name: string; kind: string; version: string };
  /** Where the portal is, as people read it: "registration.example.org". */
  portal: { host: string; url: string; name: string };
  /** Who is logged on. */
  user: string | undefined;
}

type SitePageProps = { site: Site; heading: string; current?: string; systemId?: string } & Pick<
  PageProps,
  'width' | 'problems' | 'children'
>;

export const SitePage = ({ site, current, systemId, ...page }: SitePageProps) => (
  <Page
    {...page}
    reader={site.reader}
    product={{ kind: 'site', server: site.server.name, serverKind: kindName(site.server.kind) }}
    which={
      systemId && (
        <Which label={t('which.label')} shortId={shortId(systemId)}>
          {site.server.name}
        </Which>
      )
    }
    nav={site.user === undefined ? undefined : { label: t('nav.label'), items: navigation(), current }}
    footer={footer(site.user, page.width === 'logon')}
  />
);

const navigation = () => [
  { href: '/registration', text: t('nav.registration') },
  { href: '/database', text: t('nav.database') },
  { href: '/log-off', text: t('nav.log-off'), posts: {} },
];

const footer = (user: string | undefined, isLogOn: boolean) => [
  ...(user === undefined && !isLogOn ? [{ href: '/', text: t('footer.log-on') }] : []),
  { href: '/system-identifier', text: t('footer.system-identifier') },
  { href: '/privacy', text: t('footer.privacy') },
  { href: '/help', text: t('footer.help') },
];

export type { ComponentChildren, Problem, VNode };
export { render };
