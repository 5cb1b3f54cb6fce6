import { INVITE_CHOICES, type InviteAnswer, type InviteProblem } from '../../core/invitations.ts';
import type { RefusalCode } from '../../core/refusals.ts';
import { askedIn, FORM, type Step, type StepAnswers, type StepReading } from '../../core/registration-form.ts';
import { Acts, Button, Form, Go, LinkButton, Links } from '../../ui/components/actions.tsx';
import { Inset } from '../../ui/components/blocks.tsx';
import { When } from '../../ui/components/when.tsx';
import type { SignedIn } from '../http/visitor.ts';
import { FieldOf } from './form-field.tsx';
import { problemText, stepTitle } from './form-texts.ts';
import { Frame } from './frame.tsx';
import { InviteFields, inviteProblem } from './invite-fields.tsx';

/** The form that somebody is in: a new registration, one that is prepared, or one that is edited. */
export interface FormOutline {
  /** "/requests/{id}/form", "/prepare/{id}/form" or "/systems/{number}/form" */
  path: string;
  /** Those that this person may fill in, in their order. */
  steps: readonly Step[];
  /** Those that they may not, and why not in words. */
  locked: readonly { step: Step; why: string; code: RefusalCode }[];
  /** Where one came from. */
  before: string;
  system: { systemId: string; label?: string } | undefined;
  /** Set while a registration is edited: the revision that this form shows. */
  revision: number | undefined;
  draftSavedAt: Date | undefined;
  /** A new registration may start from another's answers. */
  mayCopy: boolean;
  /** The registration has no System ID yet, so the form asks which server is planned. */
  isPrepared: boolean;
  /** Whether the step of the installation asks who the end user is. */
  asksEndUser: boolean;
}

interface StepPageProps {
  visitor: SignedIn;
  portalName: string;
  outline: FormOutline;
  step: Step;
  answers: StepAnswers;
  problems?: StepReading['problems'];
  /** How the end user is invited, and what is wrong with that; none where this step does not ask. */
  invite?: { answer: InviteAnswer; problem: InviteProblem | undefined } | undefined;
}

export function StepPage({ visitor, portalName, outline, step, answers, problems = {}, invite }: StepPageProps) {
  const { t } = visitor;
  const { path, steps, locked, revision, draftSavedAt } = outline;
  const at = steps.indexOf(step);
  const action = `${path}/${step}`;
  const asked = askedIn(step, answers, outline.isPrepared);
  const query = revision === undefined ? '' : `?revision=${revision}`;
  return (
    <Frame
      visitor={visitor}
      portalName={portalName}
      heading={stepTitle(visitor, step)}
      {...(outline.system && { system: outline.system })}
      problems={[
        ...asked.flatMap((field) => {
          const problem = problems[field.name];
          return problem ? [{ field: field.name, text: problemText(visitor, step, field, problem) }] : [];
        }),
        ...(invite?.problem ? [inviteProblem(visitor, 'end-user', invite.problem)] : []),
      ]}
    >
      <p class="hint">
        {t('form.step', { n: at + 1, of: steps.length + 1 })} · <RequiredNote visitor={visitor} step={step} />
      </p>
      <Links
        items={[
          { href: at > 0 ? `${path}/${steps[at - 1]}` : outline.before, text: t('form.back') },
          ...(outline.mayCopy && at === 0 ? [{ href: `${path}/copy`, text: t('form.copy') }] : []),
        ]}
      />
      {draftSavedAt && <p class="note">{t.rich('form.draft', { at: <When at={draftSavedAt} /> })}</p>}
      <Locked visitor={visitor} path={path} locked={locked} />
      <Form action={`${action}${query}`}>
        {asked.map((field) => (
          <FieldOf visitor={visitor} step={step} field={field} answers={answers} />
        ))}
        {invite && <InviteFields visitor={visitor} seat="end-user" choices={INVITE_CHOICES} answer={invite.answer} />}
        <Acts>
          <Go>{t('form.continue')}</Go>
          <Button formaction={`${action}/draft${query}`}>{t('form.save-draft')}</Button>
        </Acts>
      </Form>
    </Frame>
  );
}

interface LockedStepProps extends Pick<StepPageProps, 'visitor' | 'portalName' | 'outline' | 'answers'> {
  locked: FormOutline['locked'][number];
}

/** A step that one may read and not change: its fields are there, disabled, under the reason. */
export function LockedStepPage({ visitor, portalName, outline, locked, answers }: LockedStepProps) {
  const { t } = visitor;
  const { step, why } = locked;
  return (
    <Frame
      visitor={visitor}
      portalName={portalName}
      heading={stepTitle(visitor, step)}
      {...(outline.system && { system: outline.system })}
    >
      <Links items={[{ href: outline.before, text: t('form.back') }]} />
      <Inset id="why">
        <p>{why}</p>
      </Inset>
      <fieldset disabled aria-describedby="why" aria-label={stepTitle(visitor, step)}>
        {askedIn(step, answers, outline.isPrepared).map((field) => (
          <FieldOf visitor={visitor} step={step} field={field} answers={answers} />
        ))}
      </fieldset>
      <Acts>
        {outline.steps.map((open) => (
          <LinkButton href={`${outline.path}/${open}`}>{stepTitle(visitor, open)}</LinkButton>
        ))}
      </Acts>
    </Frame>
  );
}

function RequiredNote({ visitor: { t }, step }: { visitor: SignedIn; step: Step }) {
  if (!FORM[step].some((field) => field.required)) return <>{t('form.optional-note')}</>;
  return <span class="required">{t.rich('form.required-note', { star: <span>*</span> })}</span>;
}

function Locked({ visitor, path, locked }: { visitor: SignedIn } & Pick<FormOutline, 'path' | 'locked'>) {
  if (locked.length === 0) return null;
  return (
    <Inset>
      {locked.map(({ step, why }) => (
        <p>
          {visitor.t('form.locked', { step: stepTitle(visitor, step), why })}{' '}
          <a href={`${path}/${step}`}>{visitor.t('form.locked-read', { step: stepTitle(visitor, step) })}</a>
        </p>
      ))}
    </Inset>
  );
}
