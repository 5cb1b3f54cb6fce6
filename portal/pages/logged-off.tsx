import { Acts, GoLink, LinkButton } from '../../ui/components/actions.tsx';
import type { Visitor } from '../http/visitor.ts';
import { Frame } from './frame.tsx';

interface LoggedOffProps {
  visitor: Visitor;
  portal: { name: string };
  provider: { name: string };
  /** Where its person logs off at the provider too; none: it does not offer that, or does not answer. */
  there: string | undefined;
}

export function LoggedOffPage({ visitor, portal, provider, there }: LoggedOffProps) {
  const { t } = visitor;
  const { name } = provider;
  return (
    <Frame visitor={visitor} portalName={portal.name} heading={t('logged-off.h1')} width="logon">
      <p>{t('logged-off.text', { provider: name })}</p>
      <Acts>
        {there ? (
          <GoLink href={there}>{t('logged-off.there', { provider: name })}</GoLink>
        ) : (
          <GoLink href="/log-on">{t('logged-off.again')}</GoLink>
        )}
        {there && <LinkButton href="/log-on">{t('logged-off.again')}</LinkButton>}
      </Acts>
    </Frame>
  );
}
