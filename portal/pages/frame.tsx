import type { ComponentChildren } from 'preact';
import { shortId } from '../../core/system-id.ts';
import { Which } from '../../ui/components/blocks.tsx';
import { Page } from '../../ui/page.tsx';
import type { Problem } from '../../ui/reader.ts';
import type { Visitor } from '../http/visitor.ts';

export interface FrameProps {
  visitor: Visitor;
  portalName: string;
  heading: string;
  /** Where in the navigation this page belongs. */
  current?: '/systems' | '/register' | '/account' | '/administration';
  width?: 'logon' | 'wide' | 'sheet';
  /** The system that the page is about. */
  system?: { systemId: string; label?: string; term?: string };
  problems?: Problem[];
  children: ComponentChildren;
}

/** What all pages of the portal have around them. Who is not signed in sees no navigation: nothing in it would open. */
export function Frame({ visitor, portalName, heading, current, width, system, problems, children }: FrameProps) {
  const { t, account, reader } = visitor;
  const nav = account && {
    label: t('nav.label'),
    items: [
      { href: '/systems', text: t('nav.systems') },
      { href: '/register', text: t('nav.register') },
      { href: '/account', text: t('nav.account') },
      ...(account.administers ? [{ href: '/administration', text: t('nav.administration') }] : []),
      { href: '/log-off', text: t('nav.log-off'), posts: {} },
    ],
    ...(current && { current }),
  };
  return (
    <Page
      reader={reader}
      product={{ kind: 'portal', name: portalName, carved: 'Datestone' }}
      heading={heading}
      {...(nav && { nav })}
      {...(width && { width })}
      {...(problems && { problems })}
      {...(system && {
        which: (
          <Which label={system.term ?? t('which.system-id')} shortId={shortId(system.systemId)}>
            {system.label}
          </Which>
        ),
      })}
      footer={[
        { href: '/privacy', text: t('footer.privacy') },
        { href: '/help', text: t('footer.help') },
        { href: '/about', text: t('footer.about') },
      ]}
    >
      {children}
    </Page>
  );
}
