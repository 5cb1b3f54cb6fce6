import type { InviteAnswer } from '../../core/invitations.ts';
import type { Answers } from '../../core/registration-form.ts';
import { Acts, Button, Form, Go, LinkButton, Links } from '../../ui/components/actions.tsx';
import { Section } from '../../ui/components/blocks.tsx';
import type { SignedIn } from '../http/visitor.ts';
import { AnswersOf } from './answers.tsx';
import type { FormOutline } from './form-step.tsx';
import { stepTitle } from './form-texts.ts';
import { Frame } from './frame.tsx';
import { INVITE } from './invite-fields.tsx';

interface CheckPageProps {
  visitor: SignedIn;
  portalName: string;
  outline: FormOutline;
  answers: Answers;
  /** How the end user is invited, where the form asks for it. */
  invite: InviteAnswer;
  /** What a registration that is edited says now. */
  before: Answers | undefined;
  /** It was changed after the form was begun: what is submitted here replaces that, with it in sight. */
  changedSince: boolean;
}

/** *Check your answers*: everything read back, with a way to each of it, before it counts. */
export function CheckPage({ visitor, portalName, outline, answers, invite, before, changedSince }: CheckPageProps) {
  const { t } = visitor;
  const { path, steps, system, revision } = outline;
  return (
    <Frame
      visitor={visitor}
      portalName={portalName}
      heading={t('check.h1')}
      {...(system && { system })}
      problems={changedSince ? [{ text: t('check.changed-since') }] : []}
    >
      <p class="hint">{t('form.step', { n: steps.length + 1, of: steps.length + 1 })}</p>
      <Links items={[{ href: `${path}/${steps.at(-1)}`, text: t('form.back') }]} />
      {steps.map((step) => (
        <Section heading={stepTitle(visitor, step)}>
          <AnswersOf
            visitor={visitor}
            step={step}
            answers={answers[step] ?? {}}
            before={before && (before[step] ?? {})}
            isPrepared={outline.isPrepared}
          />
          <Acts>
            <LinkButton href={`${path}/${step}`} object={t('check.change-object', { step: stepTitle(visitor, step) })}>
              {t('check.change')}
            </LinkButton>
          </Acts>
        </Section>
      ))}
      {outline.asksEndUser && <EndUser visitor={visitor} path={path} invite={invite} />}
      <Section heading={t('check.submit')}>
        <p>{t(before ? 'check.edit' : outline.isPrepared ? 'check.prepared' : 'check.new')}</p>
        <Form action={`${path}/check`} hidden={{ revision: revision?.toString() }}>
          <Acts>
            <Go>{t('check.submit')}</Go>
            <Button formaction={`${path}/check/draft`}>{t('form.save-draft')}</Button>
          </Acts>
        </Form>
      </Section>
    </Frame>
  );
}

/** Who is to get the end user's seat: an address stands alone and large, because its reader can take the seat. */
const EndUser = ({ visitor: { t }, path, invite }: { visitor: SignedIn; path: string; invite: InviteAnswer }) => (
  <Section heading={t('invite.end-user')}>
    {invite.choice === 'mail' ? (
      <>
        <p class="alone">{invite.address}</p>
        <p>{t('check.end-user.question')}</p>
      </>
    ) : (
      <p>{t(invite.choice === 'printed' ? 'check.end-user.printed' : 'check.end-user.unknown')}</p>
    )}
    <Acts>
      <LinkButton
        href={`${path}/installation#${INVITE}`}
        object={t('check.change-object', { step: t('invite.end-user') })}
      >
        {t('check.change')}
      </LinkButton>
    </Acts>
  </Section>
);
