import { may } from '../../core/permissions.ts';
import { shortId } from '../../core/system-id.ts';
import { decideUndo, undoDeadline } from '../../core/undo.ts';
import { Acts, Button, Form } from '../../ui/components/actions.tsx';
import { Inset, Section } from '../../ui/components/blocks.tsx';
import { When } from '../../ui/components/when.tsx';
import type { SignedIn } from '../http/visitor.ts';
import type { PresentCode } from '../store/reads/codes.ts';
import type { SystemOfRegistration } from '../store/reads/system-information.ts';
import {
  type CarriedThere,
  CodeAnew,
  CodeItself,
  Confirmation,
  RegistrationCode,
  WaysToCarry,
} from './registration-code.tsx';
import type { SystemProps } from './system-information.tsx';
import { whyNot } from './why-not.ts';

/** What the mails lead to: the claim that can be withdrawn, or else what can be undone. */
const UNDO = 'undo';

/** The newest code of each association that has one. */
export type Codes = ReadonlyMap<string, PresentCode>;

const idOf = ({ systemId }: Pick<SystemOfRegistration, 'systemId'>) => <code>{shortId(systemId)}</code>;

/** *Not yet confirmed by the system*: what waits, what it waits for, and what somebody can do about it. */
export const ClaimsOf = ({ visitor, system, codes }: SystemProps & { codes: Codes }) => (
  <>
    {system.claims.map((claim, index) => (
      <>
        <Claim visitor={visitor} system={system} claim={claim} {...(index === 0 && { id: UNDO })} />
        <ClaimByHand visitor={visitor} system={system} claim={claim} code={codes.get(claim.association)} />
      </>
    ))}
  </>
);

interface OfSystem extends SystemProps {
  code: PresentCode | undefined;
}

/** The offline way of a claim: what is taken to the server, and what the server says back. */
function ClaimByHand({ visitor, system, claim, code }: OfSystem & { claim: SystemOfRegistration }) {
  if (may('associate', system.state, system.seat) !== 'yes') return null;
  const there = thereOf(visitor, system, claim, code);
  return (
    <>
      <RegistrationCode {...there} />
      <Confirmation {...there} />
    </>
  );
}

/** The same for the current System ID, whose server may have no line: an edit is taken there at the next visit. */
export function CurrentByHand({ visitor, system, codes }: SystemProps & { codes: Codes }) {
  const { current } = system;
  if (!current || may('associate', system.state, system.seat) !== 'yes') return null;
  const { t } = visitor;
  const there = thereOf(visitor, system, current, codes.get(current.association));
  return (
    <Section heading={t('carry.heading')}>
      <p>{t('carry.text')}</p>
      {there.code && <CodeItself {...there} code={there.code} />}
      <WaysToCarry {...there} />
      {there.code && <CodeAnew {...there} code={there.code} />}
    </Section>
  );
}

function thereOf(
  visitor: SignedIn,
  { number, site }: SystemProps['system'],
  { association, systemId }: SystemOfRegistration,
  code: PresentCode | undefined,
): CarriedThere {
  return { visitor, site, path: `/systems/${number}/associations/${association}`, systemId, code, onSystemPage: true };
}

function Claim({ visitor, system, claim, id }: SystemProps & { claim: SystemOfRegistration; id?: string }) {
  const { t } = visitor;
  const allowed = may('undo', system.state, system.seat);
  const brought = { name: nameOf(claim, t), id: idOf(claim), at: <When at={claim.madeAt} /> };
  return (
    <Inset id={id}>
      <h2>{t('claim.heading')}</h2>
      <p>
        {t.rich(`claim.${claim.how}`, brought)} {system.current && t.rich('claim.stays', { id: idOf(system.current) })}
      </p>
      <p>{t('claim.what-to-do')}</p>
      <ul>
        <li>{t('claim.do-offline')}</li>
        <li>{t.rich('claim.do-online')}</li>
        <li>{t.rich('claim.do-browser')}</li>
        <li>{t(system.current ? 'claim.do-nothing' : 'claim.do-nothing-first')}</li>
      </ul>
      <p class="note">{t('carry.reminder')}</p>
      <Form action={`/systems/${system.number}/associations/${claim.association}/undo`}>
        <Acts>
          <Button
            object={t('claim.withdraw-object', { id: shortId(claim.systemId) })}
            {...(allowed !== 'yes' && { refused: whyNot(visitor, 'undo', allowed, system) })}
          >
            {t('claim.withdraw')}
          </Button>
        </Acts>
      </Form>
    </Inset>
  );
}

/** The latest association, as long as there is something to go back to; and where to turn if the wrong one was chosen. */
export function UndoOf({ visitor, system }: SystemProps) {
  const { current, state, seat, holder, site, number } = system;
  if (!current) return null;
  if (current.asNew) return <MergeInstead visitor={visitor} system={system} />;
  const { t, now } = visitor;
  const latest = { ...current, former: current.former ?? undefined, state: 'current' as const };
  const made = { ...latest, endUserNoticeAcceptedAt: current.endUserNoticeAcceptedAt ?? undefined };
  const decision = decideUndo({
    now,
    party: holder,
    seat,
    state,
    site,
    wanted: current.association,
    latest: made,
  });
  const deadline = undoDeadline(made, holder, seat);
  const former = system.retired.find((one) => one.association === current.former);
  const refused =
    decision.outcome === 'refused' &&
    whyNot(visitor, 'undo', decision.code, system, { at: deadline, madeBy: current.madeByName });
  return (
    <Section {...(system.claims.length === 0 && { id: UNDO })} heading={t('undo.heading')}>
      <p>
        {t.rich('undo.what', { name: nameOf(current, t), id: idOf(current), at: <When at={current.madeAt} /> })}{' '}
        {former
          ? t.rich('undo.effect', { former: idOf(former), id: idOf(current) })
          : t.rich('undo.effect-none', { id: idOf(current) })}{' '}
        {!refused && deadline && t.rich('undo.until', { until: <When at={deadline} /> })}
      </p>
      <Form action={`/systems/${number}/associations/${current.association}/undo`}>
        <Acts>
          <Button object={t('undo.object', { id: shortId(current.systemId) })} {...(refused && { refused })}>
            {t('undo.button')}
          </Button>
        </Acts>
      </Form>
      {may('associate', state, seat) === 'yes' && <MoveInstead visitor={visitor} current={current} />}
    </Section>
  );
}

function MoveInstead({ visitor: { t }, current }: { visitor: SignedIn; current: SystemOfRegistration }) {
  return (
    <p>
      {current.request
        ? t.rich('undo.move', { go: (words) => <a href={`/requests/${current.request}/registrations`}>{words}</a> })
        : t.rich('undo.move-later', { go: (words) => <a href="/register">{words}</a> })}
    </p>
  );
}

/** Just registered as new: the moment in which somebody sees that it was registered before. */
function MergeInstead({ visitor: { t }, system: { current, state, seat } }: SystemProps) {
  if (!current?.request || may('merge', state, seat) !== 'yes') return null;
  return (
    <Section heading={t('merge.heading')}>
      <p>
        {t.rich('merge.text', { go: (words) => <a href={`/requests/${current.request}/registrations`}>{words}</a> })}
      </p>
    </Section>
  );
}

const nameOf = ({ madeByName }: SystemOfRegistration, t: SignedIn['t']): string => madeByName ?? t('claim.somebody');
