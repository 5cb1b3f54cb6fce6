import type { ComponentChildren } from 'preact';
import type { Standing } from '../../core/association.ts';
import { kindName } from '../../core/catalogue.ts';
import { shortId } from '../../core/system-id.ts';
import { Acts, Button, Form, Go, LinkButton } from '../../ui/components/actions.tsx';
import { Section, State, type StateKind } from '../../ui/components/blocks.tsx';
import { Row, Rows } from '../../ui/components/lists.tsx';
import { Together, When } from '../../ui/components/when.tsx';
import type { SignedIn } from '../http/visitor.ts';
import type { KeptUpload, UploadedRequest, UploadRow } from '../store/uploads.ts';
import { Frame } from './frame.tsx';
import { problemSentence, type UploadProblem } from './upload-texts.ts';

interface TogetherProps {
  visitor: SignedIn;
  portal: { name: string; url: string };
  upload: KeptUpload<UploadProblem>;
  /** Where the System ID of each row stands, as far as the asker may know it; after *Proceed* only. */
  standings: readonly Standing[][];
}

type Taken = Extract<UploadRow<UploadProblem>, { problem: undefined }>;

/** Several requests on one page: *Proceed* once for all, then each goes on by itself and shows how far it came. */
export function TogetherPage({ visitor, portal, upload, standings }: TogetherProps) {
  const { t } = visitor;
  const taken = upload.rows.filter((row): row is Taken => row.problem === undefined);
  const refused = upload.rows.filter((row) => row.problem !== undefined);
  const waiting = taken.filter(({ request }) => request.held && !request.proceeded);
  const answered = taken.filter(({ request }) => request.claim);
  return (
    <Frame
      visitor={visitor}
      portalName={portal.name}
      heading={t('together.h1', { count: taken.length })}
      current="/register"
    >
      <p>{t.rich('together.uploaded', { at: <When at={upload.uploadedAt} /> })}</p>
      {refused.length > 0 && <p>{t('together.problems', { count: refused.length })}</p>}
      {taken.length > 0 && (
        <Section heading={t('together.requests')}>
          <Rows>
            {taken.map(({ line, request }) => (
              <RequestRow
                visitor={visitor}
                request={request}
                standings={standings[upload.rows.findIndex((row) => row.line === line)] ?? []}
              />
            ))}
          </Rows>
        </Section>
      )}
      {waiting.length > 0 && <ProceedWith visitor={visitor} upload={upload.id} count={waiting.length} />}
      {answered.length > 0 && <Answers visitor={visitor} upload={upload.id} count={answered.length} />}
      {refused.length > 0 && (
        <Section heading={t('together.refused')}>
          <Rows>
            {refused.map((row) => (
              <Row heading={row.fileName}>
                <p>
                  <State kind="stop">{row.problem && problemSentence(row.problem, t, portal.url)}</State>
                </p>
              </Row>
            ))}
          </Rows>
        </Section>
      )}
    </Frame>
  );
}

function RequestRow({
  visitor,
  request,
  standings,
}: {
  visitor: SignedIn;
  request: UploadedRequest;
  standings: Standing[];
}) {
  const { t } = visitor;
  const { server, systemId } = request;
  const { state, acts } = howItStands(request, standings, visitor);
  return (
    <Row heading={server.name} act={acts && <Acts>{acts}</Acts>}>
      <p>
        {t.rich('together.system', {
          kind: kindName(server.kind),
          version: <Together>{server.version}</Together>,
        })}
      </p>
      <p>{t.rich('together.system-id', { id: <code>{shortId(systemId)}</code> })}</p>
      {state && <p>{state}</p>}
    </Row>
  );
}

interface Standpoint {
  state?: ComponentChildren;
  acts?: ComponentChildren;
}

/** What a row says of itself, and what can be done with it now. */
function howItStands(request: UploadedRequest, standings: Standing[], { t }: SignedIn): Standpoint {
  const { id, claim, held, proceeded, used, server } = request;
  const as = (kind: StateKind, text: string) => <State kind={kind}>{text}</State>;
  const link = (href: string, text: string) => (
    <LinkButton href={href} object={server.name}>
      {text}
    </LinkButton>
  );
  if (claim) {
    const { registration, association, site, confirmed } = claim;
    return {
      state: confirmed ? as('ok', t('together.confirmed', { site })) : as('wait', t('together.claimed', { site })),
      acts: link(`/systems/${registration}/associations/${association}`, t('together.open')),
    };
  }
  if (!held) return { state: as('off', t('together.gone')) };
  if (used) return { state: as('off', t('together.used')), acts: link(`/requests/${id}`, t('together.open')) };
  if (!proceeded) return {};
  const associate = link(`/requests/${id}?then=associate`, t('together.associate'));
  const taken = standings.find((standing) => standing.state !== 'claimed');
  if (taken?.who === 'stranger') {
    return { state: as('stop', t('together.stranger')), acts: link(`/requests/${id}`, t('together.ask')) };
  }
  if (taken?.state === 'current') {
    return {
      state: as('ok', t('together.yours', { site: taken.site })),
      acts: link(`/requests/${id}`, t('together.open')),
    };
  }
  const waits = standings.find((standing) => standing.state === 'claimed' && standing.who !== 'stranger');
  return {
    state: taken
      ? as('late', t('together.retired', { site: taken.site }))
      : waits
        ? as('wait', t('together.waits', { site: waits.site }))
        : as('prepared', t('together.new')),
    acts: (
      <>
        {associate}
        {link(`/requests/${id}?then=register`, t('together.register'))}
      </>
    ),
  };
}

function ProceedWith({ visitor: { t, account }, upload, count }: { visitor: SignedIn; upload: string; count: number }) {
  return (
    <Section heading={t('together.proceed.heading')}>
      <Form action={`/uploads/${upload}/another-account`}>
        <p>{t('proceed.logged-on', { name: account.name, email: account.email })}</p>
        <Acts>
          <Button>{t('proceed.another-account')}</Button>
        </Acts>
        <p class="note">{t('together.another-account')}</p>
      </Form>
      <p>{t('together.compare')}</p>
      <p>{t('proceed.who')}</p>
      <Form action={`/uploads/${upload}/proceed`}>
        <Acts>
          <Go object={t('together.proceed-object', { count })}>{t('proceed.proceed')}</Go>
          <Button formaction={`/uploads/${upload}/cancel`}>{t('proceed.cancel')}</Button>
        </Acts>
      </Form>
    </Section>
  );
}

/** What goes back to the servers, for all that have come so far. */
function Answers({ visitor: { t }, upload, count }: { visitor: SignedIn; upload: string; count: number }) {
  return (
    <Section heading={t('together.answers')}>
      <p>{t('together.answers.text', { count })}</p>
      <Form action={`/uploads/${upload}/codes`}>
        <Acts>
          <Button>{t('together.codes')}</Button>
          <LinkButton href={`/uploads/${upload}/records.zip`}>{t('together.records')}</LinkButton>
        </Acts>
      </Form>
    </Section>
  );
}
