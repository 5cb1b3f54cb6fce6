import type { ComponentChildren } from 'preact';
import { provesContinuity, REASONS, type Reason, type Standing, undoUntil } from '../../core/association.ts';
import { kindName } from '../../core/catalogue.ts';
import { serverChanges } from '../../core/server-changes.ts';
import { shortId } from '../../core/system-id.ts';
import { Acts, Button, Form, Go } from '../../ui/components/actions.tsx';
import { Section, Warn } from '../../ui/components/blocks.tsx';
import { ChoiceField, TextField } from '../../ui/components/fields.tsx';
import { Pair } from '../../ui/components/lists.tsx';
import { Together, When } from '../../ui/components/when.tsx';
import type { SignedIn } from '../http/visitor.ts';
import type { BroughtRequest, RegistrationFacts } from '../store/facts.ts';
import type { KnownServer } from '../store/reads/server.ts';
import { pathOf } from './choose.tsx';
import { Frame } from './frame.tsx';
import { namesOfTold } from './people.ts';
import { systemOf } from './proceed.tsx';

export interface TypedReason {
  reason: Reason | undefined;
  other: string;
}
export type ReasonProblem = 'missing' | 'other-missing' | 'other-too-long';

interface ReviewProps {
  visitor: SignedIn;
  portal: { name: string };
  brought: BroughtRequest;
  chosen: RegistrationFacts;
  /** The server of the present System ID, if it ever spoke. */
  before: KnownServer | undefined;
  /** The new System ID is current there by an association of one's own: this page moves it. */
  from: Standing | undefined;
  /** The old system was heard from then, so lately that a reason is asked for. */
  lastHeardAt: Date | undefined;
  typed?: TypedReason;
  problem?: ReasonProblem;
}

/** Old and new side by side, what will happen, and what speaks against it; then the button. */
export function ReviewPage(props: ReviewProps) {
  const { visitor, portal, brought, chosen, from, problem } = props;
  const { t } = visitor;
  const { site, number, current } = chosen;
  const path = pathOf(brought, { number });
  const hidden = {
    seen: current?.association,
    ...(from && { from: from.registration, association: from.association }),
  };
  return (
    <Frame
      visitor={visitor}
      portalName={portal.name}
      heading={t(from ? 'review.h1-move' : 'review.h1', { site })}
      current="/register"
      system={systemOf(brought, t)}
      problems={
        problem ? [{ field: problem === 'missing' ? 'reason' : 'other', text: t(`review.reason.${problem}`) }] : []
      }
    >
      <NowAndAfter {...props} />
      <WhatHappens {...props} />
      <Form action={from ? `${path}/move` : path} hidden={hidden}>
        <Warnings {...props} />
        <Acts>
          {from ? (
            <Go object={t('review.move-object', { site })}>{t('review.move')}</Go>
          ) : (
            <Go object={t('review.associate-object', { site })}>{t('review.associate')}</Go>
          )}
          <Button formaction={`/requests/${brought.id}/cancel`}>{t('review.cancel')}</Button>
          <a href={pathOf(brought)}>{t('review.another')}</a>
        </Acts>
      </Form>
    </Frame>
  );
}

function NowAndAfter({ visitor: { t }, brought, chosen: { current }, before }: ReviewProps) {
  const terms = (id: ComponentChildren, server: ComponentChildren, heard: ComponentChildren) => [
    { term: t('review.system-id'), value: id },
    { term: t('review.server'), value: server },
    { term: t('review.last-heard'), value: heard },
  ];
  const serverLine = (server: Omit<KnownServer, 'product'> | undefined) =>
    server
      ? t.rich('review.server-value', {
          name: <Together>{server.name}</Together>,
          kind: kindName(server.kind),
          version: <Together>{server.version}</Together>,
        })
      : t('review.server-unknown');
  return (
    <Pair
      now={{
        heading: t('review.now'),
        facts: terms(
          current ? <code>{shortId(current.systemId)}</code> : t('review.no-system-id'),
          serverLine(before),
          current?.lastHeardAt ? <When at={current.lastHeardAt} /> : t('review.never-heard'),
        ),
      }}
      after={{
        heading: t('review.after'),
        facts: terms(
          <b>
            <code>{shortId(brought.systemId)}</code>
          </b>,
          serverLine(brought.server),
          t(brought.proven ? 'review.moment-ago' : 'review.not-yet'),
        ),
      }}
      both={[
        { term: t('review.stays'), value: t('review.stays-value') },
        { term: t('review.attached'), value: t('review.attached-value') },
      ]}
    />
  );
}

function WhatHappens({ visitor, brought: { proven }, chosen, from }: ReviewProps) {
  const { t, now } = visitor;
  const retired = chosen.current ? 'review.retired' : 'review.first-id';
  return (
    <Section heading={t('review.happens')}>
      <ol>
        {from && <li>{t('review.moved', { site: from.site })}</li>}
        <li>{t(proven ? retired : `${retired}-later`)}</li>
        <li>{t('review.mail', namesOfTold(chosen, visitor))}</li>
        <li>{t(proven ? 'review.shown' : 'review.shown-later')}</li>
      </ol>
      <p>{proven ? t.rich('review.undo-until', { at: <When at={undoUntil(now)} /> }) : t('review.undo-any-time')}</p>
    </Section>
  );
}

/** Each with a heading of its own, before the button. The instance key answers the two that ask whether it is the same. */
function Warnings({ visitor, brought, chosen, before, from, lastHeardAt, typed, problem }: ReviewProps) {
  const { t } = visitor;
  const isSame = provesContinuity(chosen, { ...brought, proof: brought.proven ? 'proven' : 'provisional' });
  const { different, olderVersion } =
    before && brought.server ? serverChanges(before, brought.server) : { different: false, olderVersion: false };
  return (
    <>
      {from && (
        <Warn heading={t('review.move.heading', { site: from.site })}>
          <p>{t.rich('review.move.text', { site: from.site, at: <When at={from.madeAt} /> })}</p>
        </Warn>
      )}
      {brought.instanceCopied && (
        <Warn heading={t('review.copied.heading')}>
          <p>{t('review.copied.text')}</p>
        </Warn>
      )}
      {different && !isSame && before && brought.server && (
        <Warn heading={t('review.different.heading')}>
          <p>
            {t.rich('review.different.text', { now: nameAndProduct(brought.server), before: nameAndProduct(before) })}
          </p>
        </Warn>
      )}
      {olderVersion && before && brought.server && (
        <Warn heading={t('review.version.heading')}>
          <p>{t('review.version.text', { now: brought.server.version, before: before.version })}</p>
        </Warn>
      )}
      {!brought.proven && (
        <Warn heading={t('review.typed.heading')}>
          <p>{t('review.typed.text')}</p>
        </Warn>
      )}
      {(lastHeardAt ?? problem) && (
        <OldOneIsAlive brought={brought} chosen={chosen} t={t} lastHeardAt={lastHeardAt} typed={typed} />
      )}
    </>
  );
}

const nameAndProduct = ({ name, product }: { name: string; product: string }) => (
  <>
    <Together>{name}</Together>, {product}
  </>
);

interface AliveProps extends Pick<ReviewProps, 'brought' | 'chosen' | 'lastHeardAt' | 'typed'> {
  t: SignedIn['t'];
}

function OldOneIsAlive({ t, brought, chosen: { current }, lastHeardAt, typed }: AliveProps) {
  return (
    <Warn heading={t('review.alive.heading')}>
      {current && lastHeardAt && (
        <p>
          {t.rich('review.alive.text', {
            id: <code>{shortId(current.systemId)}</code>,
            at: <When at={lastHeardAt} />,
            a: (words) => <a href={`/requests/${brought.id}?then=register`}>{words}</a>,
          })}
        </p>
      )}
      <ChoiceField
        type="radio"
        name="reason"
        label={t('review.reason.legend')}
        required
        options={REASONS.map((value) => ({ value, text: t(`review.reason.${value}`) }))}
        chosen={typed?.reason}
      >
        <TextField name="other" label={t('review.reason.other-label')} value={typed?.other} />
      </ChoiceField>
    </Warn>
  );
}
