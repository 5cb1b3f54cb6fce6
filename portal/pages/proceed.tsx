import type { ComponentChildren } from 'preact';
import { kindName } from '../../core/catalogue.ts';
import { linesOf, shortId } from '../../core/system-id.ts';
import { Acts, Button, Form, Go, LinkButton } from '../../ui/components/actions.tsx';
import { Inset, SystemIdLines } from '../../ui/components/blocks.tsx';
import { Facts } from '../../ui/components/lists.tsx';
import { Together, When } from '../../ui/components/when.tsx';
import { dateOf } from '../../ui/text.ts';
import type { SignedIn, Visitor } from '../http/visitor.ts';
import type { BroughtRequest } from '../store/facts.ts';
import { Frame } from './frame.tsx';

interface BroughtProps {
  visitor: SignedIn;
  portal: { name: string };
  brought: BroughtRequest;
}

const COMPARE = {
  carried: 'proceed.compare',
  typed: 'proceed.compare-typed',
  file: 'proceed.compare-file',
} as const;

/** Nothing happens before this page: it says who, what and from where, and asks for the comparison with the screen. */
export function ProceedPage({ visitor, portal, brought, then }: BroughtProps & { then: string | undefined }) {
  const { t, account } = visitor;
  const short = { id: <code>{shortId(brought.systemId)}</code> };
  return (
    <Frame
      visitor={visitor}
      portalName={portal.name}
      heading={t('proceed.h1')}
      current="/register"
      system={systemOf(brought, t)}
    >
      <Form action={`/requests/${brought.id}/another-account`}>
        <p>{t('proceed.logged-on', { name: account.name, email: account.email })}</p>
        <Acts>
          <Button>{t('proceed.another-account')}</Button>
        </Acts>
      </Form>
      <Facts
        facts={[
          { term: t('proceed.system'), value: <Server brought={brought} t={t} /> },
          { term: t('which.system-id'), value: <SystemIdLines lines={linesOf(brought.systemId)} /> },
          { term: t('proceed.asked'), value: <Asked brought={brought} visitor={visitor} /> },
        ]}
      />
      <Inset>
        <p>{t.rich(COMPARE[brought.how], short)}</p>
      </Inset>
      <p>{t('proceed.who')}</p>
      <Form action={`/requests/${brought.id}/proceed`} hidden={{ then }}>
        <Acts>
          <Go>{t('proceed.proceed')}</Go>
          <Button formaction={`/requests/${brought.id}/cancel`}>{t('proceed.cancel')}</Button>
        </Acts>
      </Form>
    </Frame>
  );
}

/** For the line under the heading: the server's name, or that it was typed. */
export function systemOf(brought: BroughtRequest, t: Visitor['t']): { systemId: string; label: string } {
  return { systemId: brought.systemId, label: brought.server?.name ?? t('which.typed') };
}

function Server({ brought: { server }, t }: { brought: BroughtRequest; t: Visitor['t'] }) {
  if (!server) return <>{t('proceed.system-unknown')}</>;
  const kind = kindName(server.kind);
  // Where the product is called as the kind is, it is said once.
  const key = server.product === kind ? 'proceed.system-value' : 'proceed.system-product';
  const { name, product, version } = server;
  return (
    <>{t.rich(key, { name: <Together>{name}</Together>, version: <Together>{version}</Together>, product, kind })}</>
  );
}

/**
 * From where: the host of the server's own page and, where it differs, of the page that posted. A page of somebody else
 * that sends a request of its own is seen here.
 */
function Asked({ brought, visitor: { t, reader, now } }: { brought: BroughtRequest; visitor: SignedIn }) {
  const at = brought.receivedAt;
  const isToday = dateOf(at, reader) === dateOf(now, reader);
  const when: ComponentChildren = isToday ? (
    t.rich('proceed.today', { time: <When at={at} as="time" /> })
  ) : (
    <When at={at} />
  );
  if (brought.how !== 'carried') return <>{t.rich(`proceed.${brought.how}`, { at: when })}</>;
  const server = brought.returnTo && new URL(brought.returnTo);
  const posted = brought.origin && URL.canParse(brought.origin) ? new URL(brought.origin) : undefined;
  const [from, other] = server ? [server, posted] : [posted, undefined];
  if (!from) return <>{t.rich('proceed.from-unknown', { at: when })}</>;
  const hosts = { from: <Together>{from.host}</Together>, at: when };
  if (!other || other.origin === from.origin) return <>{t.rich('proceed.from', hosts)}</>;
  return <>{t.rich('proceed.from-other', { ...hosts, origin: <b>{other.host}</b> })}</>;
}

export const CancelledPage = ({ visitor, portal }: { visitor: Visitor; portal: { name: string } }) => (
  <Frame visitor={visitor} portalName={portal.name} heading={visitor.t('cancelled.h1')} current="/register">
    <p>{visitor.t('cancelled.text')}</p>
    <Acts>
      <LinkButton href="/systems">{visitor.t('nav.systems')}</LinkButton>
    </Acts>
  </Frame>
);

/** What was asked for was passed on; whether anybody is there to read it is not said. */
export const AskedPage = ({ visitor, portal, brought, what }: BroughtProps & { what: 'seat' | 'merge' }) => (
  <Frame
    visitor={visitor}
    portalName={portal.name}
    heading={visitor.t('asked.h1')}
    system={systemOf(brought, visitor.t)}
  >
    <p>{visitor.t(`asked.${what}`)}</p>
    <Acts>
      <LinkButton href="/systems">{visitor.t('nav.systems')}</LinkButton>
      <LinkButton href="/register">{visitor.t('done.next')}</LinkButton>
    </Acts>
  </Frame>
);
