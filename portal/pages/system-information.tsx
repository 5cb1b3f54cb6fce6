import { CONSENT_VERSION } from '../../core/consents.ts';
import { may } from '../../core/permissions.ts';
import { STEPS } from '../../core/registration-form.ts';
import { Acts, Button, Form, Go, GoLink, LinkButton } from '../../ui/components/actions.tsx';
import { Inset, Section } from '../../ui/components/blocks.tsx';
import { Facts } from '../../ui/components/lists.tsx';
import { RegistrationNumber, When } from '../../ui/components/when.tsx';
import type { Again } from '../http/system-page.tsx';
import type { SignedIn } from '../http/visitor.ts';
import type { Draft } from '../store/drafts.ts';
import type { PastEntry } from '../store/reads/history.ts';
import type { SystemInformation } from '../store/reads/system-information.ts';
import type { UploadNote } from '../store/uploads.ts';
import { GivenAnswersOf } from './answers.tsx';
import { stepTitle } from './form-texts.ts';
import { Frame } from './frame.tsx';
import { ClaimsOf, type Codes, CurrentByHand, UndoOf } from './system-associations.tsx';
import { CasesOf, LooksOf } from './system-cases.tsx';
import { ConflictsOf } from './system-conflicts.tsx';
import { AskForConsents, type ConsentChoices, ConsentsOf } from './system-consents.tsx';
import { factsOf } from './system-facts.tsx';
import { HistoryOf } from './system-history.tsx';
import { OwnSeat } from './system-own-seat.tsx';
import { FreeSeat } from './system-seats.tsx';
import { UploadedTogether } from './uploaded-together.tsx';
import { whyNot } from './why-not.ts';

export interface SystemProps {
  visitor: SignedIn;
  system: SystemInformation;
}

interface SystemPageProps extends SystemProps {
  portalName: string;
  draft: Draft | undefined;
  codes: Codes;
  uploads: readonly UploadNote[];
  history: PastEntry[];
  /** Which page of the history is shown; `undefined`: all of it. */
  historyPage: number | undefined;
  /** A form of the page that has to be sent once more. */
  again?: Again | undefined;
  /** A registration code was just sent to the reader. */
  sent?: boolean;
  /** The reader has just accepted the invitation to it. */
  accepted?: boolean;
}

/** The System information page: how things stand, what one can do about it, and all that happened. */
export function SystemPage({
  portalName,
  draft,
  uploads,
  codes,
  history,
  historyPage,
  again,
  sent,
  accepted,
  ...props
}: SystemPageProps) {
  const { visitor, system } = props;
  const { t } = visitor;
  const shown = system.current ?? system.claims[0];
  return (
    <Frame
      visitor={visitor}
      portalName={portalName}
      heading={system.site}
      current="/systems"
      {...(shown && {
        system: { systemId: shown.systemId, ...(shown.server.name && { label: shown.server.name }) },
      })}
      problems={again?.problems ?? []}
    >
      {sent && <p role="status">{t('code.sent', { email: visitor.account.email })}</p>}
      {accepted && (
        <p role="status">
          {t('invitation.accepted')} {system.seat === 'end-user' && !system.confirmed && t('invitation.correct')}
        </p>
      )}
      {system.state === 'merged' && <LeadsOn {...props} />}
      {draft && <OpenDraftOf {...props} draft={draft} />}
      <ConflictsOf {...props} />
      <ClaimsOf {...props} codes={codes} />
      <Facts facts={factsOf(props)} />
      <Edits {...props} />
      <FreeSeat {...props} inviting={again?.inviting} />
      <UploadedTogether visitor={visitor} uploads={uploads} />
      {STEPS.map((step) => (
        <Section heading={stepTitle(visitor, step)}>
          <GivenAnswersOf visitor={visitor} step={step} answers={system.answers[step]} />
        </Section>
      ))}
      <Correct {...props} choices={again?.choices ?? {}} />
      <ConsentsOf {...props} />
      <CurrentByHand {...props} codes={codes} />
      <UndoOf {...props} />
      <OwnSeat {...props} />
      <CasesOf {...props} />
      <Close {...props} />
      <LooksOf visitor={visitor} looks={system.looks} />
      <HistoryOf visitor={visitor} system={system} entries={history} page={historyPage} />
    </Frame>
  );
}

/** A merged registration is read as long as its history is; its number leads to the one that goes on. */
function LeadsOn({ visitor: { t }, system: { mergedInto, closedAt } }: SystemProps) {
  const at = closedAt && <When at={closedAt} as="date" />;
  return (
    <Inset>
      {mergedInto ? (
        <>
          <p>
            {t.rich('system.merged', {
              site: mergedInto.site,
              number: <RegistrationNumber number={mergedInto.number} />,
              at,
            })}
          </p>
          <p>
            <GoLink href={`/systems/${mergedInto.number}`}>{t('system.merged-go', { site: mergedInto.site })}</GoLink>
          </p>
        </>
      ) : (
        <p>{t.rich('system.merged-elsewhere', { at })}</p>
      )}
    </Inset>
  );
}

function OpenDraftOf({ visitor: { t }, system: { number }, draft }: SystemProps & { draft: Draft }) {
  return (
    <Inset>
      <p>{t.rich('system.draft', { at: <When at={draft.updatedAt} /> })}</p>
      <Form action={`/drafts/${draft.id}/discard`} hidden={{ registration: number }}>
        <Acts>
          <LinkButton href={`/systems/${number}/form`}>{t('system.draft-go-on')}</LinkButton>
          <Button>{t('system.draft-discard')}</Button>
        </Acts>
      </Form>
    </Inset>
  );
}

/** What changes the registration as a whole. What one may not do stays, with the reason. */
function Edits({ visitor, system }: SystemProps) {
  const { t } = visitor;
  const { number, state, seat } = system;
  const [details, warranty] = [may('edit-details', state, seat), may('edit-warranty', state, seat)];
  const associate = may('associate', state, seat);
  return (
    <Acts>
      {details === 'yes' || warranty === 'yes' ? (
        <LinkButton href={`/systems/${number}/form`}>{t('system.edit')}</LinkButton>
      ) : (
        <Button refused={whyNot(visitor, 'edit-details', details, system)}>{t('system.edit')}</Button>
      )}
      {associate === 'yes' ? (
        <LinkButton href="/register">{t('system.associate')}</LinkButton>
      ) : (
        <Button refused={whyNot(visitor, 'associate', associate, system)}>{t('system.associate')}</Button>
      )}
      {associate === 'yes' && <LinkButton href={`/systems/${number}/label`}>{t('system.label')}</LinkButton>}
    </Acts>
  );
}

/** *These details are correct*: an act of its own, under the details that it is about. */
function Correct({ visitor, system, choices }: SystemProps & { choices: ConsentChoices }) {
  const { t } = visitor;
  const { number, state, seat, revision, confirmed, parties } = system;
  if (confirmed) return null;
  const allowed = may('confirm', state, seat);
  const integrator = parties.find((party) => party.seat === 'integrator')?.name ?? t('confirm.integrator');
  return (
    <Section heading={t('confirm.heading')}>
      <p>{seat === 'end-user' ? t('confirm.text', { integrator }) : t('confirm.for-end-user')}</p>
      <Form action={`/systems/${number}/confirm`} hidden={{ revision: String(revision), version: CONSENT_VERSION }}>
        {allowed === 'yes' && <AskForConsents visitor={visitor} choices={choices} />}
        <Acts>
          {allowed === 'yes' ? (
            <Go>{t('confirm.button')}</Go>
          ) : (
            <Button refused={whyNot(visitor, 'confirm', allowed, system)}>{t('confirm.button')}</Button>
          )}
        </Acts>
      </Form>
    </Section>
  );
}

function Close({ visitor, system }: SystemProps) {
  const { t } = visitor;
  const allowed = may('close', system.state, system.seat, system.hadEndUser);
  return (
    <Section heading={t('close.heading')}>
      <p>{t('close.text')}</p>
      {allowed === 'yes' ? (
        <Acts>
          <LinkButton href={`/systems/${system.number}/close`}>{t('close.open')}</LinkButton>
        </Acts>
      ) : (
        <Acts>
          <Button refused={whyNot(visitor, 'close', allowed, system)}>{t('close.open')}</Button>
        </Acts>
      )}
    </Section>
  );
}
