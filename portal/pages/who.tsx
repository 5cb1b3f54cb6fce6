import { Acts, Button, Form, Go, Links } from '../../ui/components/actions.tsx';
import { Section } from '../../ui/components/blocks.tsx';
import { TextField } from '../../ui/components/fields.tsx';
import type { SignedIn } from '../http/visitor.ts';
import { Frame } from './frame.tsx';

export const PERSON_FIELD = 'person';

interface WhoProps {
  visitor: SignedIn;
  portalName: string;
  typed: string;
  problem?: string | undefined;
  /** Where to go on to. */
  next: string;
}

/** Which of the people who use one account it is: asked once in a session. */
export function WhoPage({ visitor, portalName, typed, problem, next }: WhoProps) {
  const { t } = visitor;
  const problems = problem ? [{ field: PERSON_FIELD, text: problem }] : [];
  return (
    <Frame visitor={visitor} portalName={portalName} heading={t('who.h1')} problems={problems}>
      <p>{t('who.text')}</p>
      <Form action="/log-on/who" hidden={{ next }}>
        <TextField name={PERSON_FIELD} label={t('who.name')} required value={typed} />
        <Acts>
          <Go>{t('who.go')}</Go>
        </Acts>
      </Form>
    </Frame>
  );
}

/** On *Your account*: whether several people use it. */
export function SharedLogin({ visitor }: { visitor: SignedIn }) {
  const { t, account } = visitor;
  return (
    <Section heading={t('shared.h2')}>
      {account.shared ? (
        <>
          <p>
            {t('shared.is')} {account.person && t('shared.now', { person: account.person })}
          </p>
          <Links items={[{ href: '/log-on/who?next=/account', text: t('shared.another') }]} />
        </>
      ) : (
        <p>{t('shared.text')}</p>
      )}
      <Form action="/account/shared" hidden={{ shared: account.shared ? 'no' : 'yes' }}>
        <Acts>
          <Button>{t(account.shared ? 'shared.no' : 'shared.yes')}</Button>
        </Acts>
      </Form>
    </Section>
  );
}
