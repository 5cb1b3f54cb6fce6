import type { Standing } from '../../core/association.ts';
import { kindName } from '../../core/catalogue.ts';
import { shortId } from '../../core/system-id.ts';
import { Acts, Form, Go, GoLink, LinkButton } from '../../ui/components/actions.tsx';
import { Inset } from '../../ui/components/blocks.tsx';
import { type Choice, ChoiceField } from '../../ui/components/fields.tsx';
import { RegistrationNumber, Together } from '../../ui/components/when.tsx';
import type { SignedIn } from '../http/visitor.ts';
import type { TakeThere } from '../http/way-back.ts';
import type { BroughtRequest } from '../store/facts.ts';
import { Frame } from './frame.tsx';
import { systemOf } from './proceed.tsx';

interface BroughtProps {
  visitor: SignedIn;
  portal: { name: string };
  brought: BroughtRequest;
}

interface QuestionProps extends BroughtProps {
  /** The site of the asker's own registration that had this installation before, proved by the instance key. */
  registeredAs: string | undefined;
  /** The site of the asker's own registration that claims this System ID and waits for the system. */
  waitsFor: string | undefined;
  nothingChosen: boolean;
}

/** The one question about a System ID that belongs to no registration. Nothing is preset. */
export function QuestionPage({ visitor, portal, brought, registeredAs, waitsFor, nothingChosen }: QuestionProps) {
  const { t } = visitor;
  const { server } = brought;
  const known = registeredAs !== undefined || waitsFor !== undefined;
  const hint = waitsFor
    ? t('new.associate.waits', { site: waitsFor })
    : registeredAs
      ? t('new.associate.known', { site: registeredAs })
      : t('new.associate.hint');
  const associate: Choice = { value: 'associate', text: <b>{t('new.associate')}</b>, hint };
  const asNew: Choice = { value: 'new', text: <b>{t('new.new')}</b>, hint: t('new.new.hint') };
  const sent = {
    id: <code>{shortId(brought.systemId)}</code>,
    kind: server && kindName(server.kind),
    version: server && <Together>{server.version}</Together>,
  };
  return (
    <Frame
      visitor={visitor}
      portalName={portal.name}
      heading={server ? t('new.h1', { server: server.name }) : t('new.h1-typed')}
      current="/register"
      problems={nothingChosen ? [{ field: 'how', text: t('new.choose') }] : []}
    >
      <Inset>
        <p>{t.rich(server ? (brought.proven ? 'new.sent' : 'new.sent-unproven') : 'new.typed', sent)}</p>
      </Inset>
      <Form action={`/requests/${brought.id}`}>
        <ChoiceField
          type="radio"
          name="how"
          label={t('new.legend')}
          required
          options={known ? [associate, asNew] : [asNew, associate]}
        />
        <Acts>
          <Go>{t('new.continue')}</Go>
        </Acts>
      </Form>
    </Frame>
  );
}

interface KnownProps extends BroughtProps {
  registered: Standing;
  takeThere: TakeThere | undefined;
}

/** The System ID is current for a registration of the asker's. */
export function KnownPage({ visitor, portal, brought, registered, takeThere }: KnownProps) {
  const { t } = visitor;
  const { site, registration } = registered;
  const server = brought.server?.name;
  return (
    <Frame
      visitor={visitor}
      portalName={portal.name}
      heading={server ? t('known.h1', { server, site }) : t('known.h1-typed', { site })}
      current="/register"
      system={systemOf(brought, t)}
    >
      <p>{t.rich('known.text', { number: <RegistrationNumber number={registration} /> })}</p>
      <Acts>
        <GoLink href={`/systems/${registration}`} object={site}>
          {t('known.see')}
        </GoLink>
        <LinkButton href={`/requests/${brought.id}/registrations`}>{t('known.wrong')}</LinkButton>
      </Acts>
      {takeThere && (
        <p>
          {t.rich('known.not-shown', {
            server: server ?? t('done.this-server'),
            a: (words) => <a href={takeThere.url}>{words}</a>,
            host: takeThere.host,
          })}
        </p>
      )}
    </Frame>
  );
}
