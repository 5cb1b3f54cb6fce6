import { type ComponentChildren, h } from 'preact';
import { Acts, Button, Form } from '../../ui/components/actions.tsx';
import type { Visitor } from '../http/visitor.ts';

interface PasskeyFormProps {
  t: Visitor['t'];
  /** Where the browser gets what it is to sign, and what it does with it. */
  ask: string;
  act: 'create' | 'get';
  action: string;
  hidden?: Record<string, string>;
  /** What stands here where there is no script, or a browser that knows no passkeys. */
  without: string;
  children: ComponentChildren;
}

/** A form that a passkey fills in: a script (ui/islands/passkey-form.ts) brings it out where it works. */
export const PasskeyForm = ({ t, ask, act, action, hidden, without, children }: PasskeyFormProps) =>
  h(
    'passkey-form',
    {
      'data-ask': ask,
      'data-do': act,
      'data-asking': t('passkeys.asking'),
      'data-stopped': t('passkeys.stopped'),
      'data-known': t('passkeys.known'),
      'data-failed': t('passkeys.failed'),
    },
    <>
      <p class="hint">{without}</p>
      <div hidden>
        <Form action={action} hidden={{ ...hidden, answer: '' }}>
          {children}
        </Form>
        <p role="status" />
      </div>
    </>,
  );

/** *Use a passkey*: the authenticator knows whose it is. */
export const LogOnWithPasskey = ({ t, next }: Pick<PasskeyFormProps, 't'> & { next: string }) => (
  <PasskeyForm
    t={t}
    ask="/log-on/passkey/question"
    act="get"
    action="/log-on/passkey"
    hidden={{ next }}
    without={t('log-on.passkey.needs-script')}
  >
    <Acts>
      <Button>{t('log-on.passkey')}</Button>
    </Acts>
  </PasskeyForm>
);
