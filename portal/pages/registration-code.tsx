import { shortId } from '../../core/system-id.ts';
import { groupsOf } from '../../core/typed-code.ts';
import { Acts, Button, Form, Go, LinkButton } from '../../ui/components/actions.tsx';
import { Section, Warn } from '../../ui/components/blocks.tsx';
import { CodeField, CodeGroups } from '../../ui/components/codes.tsx';
import { When } from '../../ui/components/when.tsx';
import type { SignedIn } from '../http/visitor.ts';
import type { PresentCode } from '../store/reads/codes.ts';

/** The field of the confirmation code, for the summary of what is wrong. */
export const CONFIRMATION = 'confirmation';

export interface CarriedThere {
  visitor: SignedIn;
  site: string;
  /** The address of the association: what is done to its code stands below it. */
  path: string;
  systemId: string;
  /** None was handed out yet. */
  code: PresentCode | undefined;
  /** On the System information page: what is done to the code comes back there. */
  onSystemPage?: boolean;
}

/** The code to be taken to the server, and the other ways to take the same there. */
export function RegistrationCode(props: CarriedThere & { sent?: boolean }) {
  const { visitor, code, sent, onSystemPage } = props;
  const { t, account } = visitor;
  return (
    <Section {...(!onSystemPage && { id: 'code' })} heading={t('code.heading')}>
      {code && <CodeItself {...props} code={code} />}
      {sent && <p role="status">{t('code.sent', { email: account.email })}</p>}
      <WaysToCarry {...props} />
      {code && <p>{t('code.write-down')}</p>}
    </Section>
  );
}

export function CodeItself({ visitor: { t }, systemId, code }: CarriedThere & { code: PresentCode }) {
  const number = { n: code.sequence, at: <When at={code.issuedAt} as="date" /> };
  return (
    <>
      <CodeGroups groups={groupsOf(code.code)} />
      <p>{t.rich('code.short-id', { id: <ShortId of={systemId} /> })}</p>
      <p class="note">{t.rich('code.number', number)}</p>
      {code.left === 0 ? (
        <Warn heading={t('code.used-up')}>
          <p>{t('code.used-up.text')}</p>
        </Warn>
      ) : (
        code.nearlyUsedUp && (
          <Warn heading={t('code.nearly-used-up')}>
            <p>{t('code.nearly-used-up.text', { left: code.left })}</p>
          </Warn>
        )
      )}
    </>
  );
}

const ShortId = ({ of }: { of: string }) => (
  <b>
    <code>{shortId(of)}</code>
  </b>
);

export function WaysToCarry({ visitor: { t }, site, path, systemId, code, onSystemPage }: CarriedThere) {
  const hidden = backTo(onSystemPage);
  const saved = (
    <LinkButton href={`${path}/record`} object={t('code.save-object', { site })}>
      {t('code.save')}
    </LinkButton>
  );
  if (!code) {
    return (
      <Form action={`${path}/code`} hidden={hidden}>
        <Acts>
          <Button object={t('code.make-object', { id: shortId(systemId) })}>{t('code.make')}</Button>
          {saved}
        </Acts>
      </Form>
    );
  }
  return (
    <Form action={`${path}/send`} hidden={hidden}>
      <Acts>
        {saved}
        <LinkButton href={`${path}/paper`} object={t('code.print-object', { site })}>
          {t('code.print')}
        </LinkButton>
        <Button object={t('code.send-object')}>{t('code.send')}</Button>
      </Acts>
    </Form>
  );
}

/** What a person does there, in the order of the server's own page. */
export function AtTheServer({
  visitor: { t },
  systemId,
  asksConfirmation,
  onPaper,
}: CarriedThere & { asksConfirmation: boolean; onPaper?: boolean }) {
  return (
    <Section heading={t('at-server.heading')}>
      <ol>
        <li>{t.rich('at-server.open')}</li>
        <li>{t.rich('at-server.compare', { id: <ShortId of={systemId} /> })}</li>
        <li>{t('at-server.enter')}</li>
        {asksConfirmation && <li>{t('at-server.note')}</li>}
      </ol>
      {!onPaper && <p>{t.rich('at-server.online')}</p>}
    </Section>
  );
}

interface ConfirmationProps extends CarriedThere {
  typed?: string | undefined;
  /** The page's next step, or one of several things that one can do on it. */
  isNext?: boolean;
}

/** What the server says back: it proves the claim, and skipping it costs nothing but the remark. */
export function Confirmation({ visitor, path, code, typed, isNext, onSystemPage }: ConfirmationProps) {
  const { t } = visitor;
  if (!code) return null;
  const Confirm = isNext ? Go : Button;
  return (
    <Section heading={t('confirmation.heading')}>
      <p>{t('confirmation.text')}</p>
      <Form action={`${path}/confirmation`}>
        <CodeField
          kind="confirmation-code"
          name={CONFIRMATION}
          // Several claims of one page have a field each.
          id={isNext ? CONFIRMATION : `${CONFIRMATION}-${code.sequence}-${shortId(code.systemId)}`}
          label={t('confirmation.label')}
          hint={t.rich('confirmation.hint')}
          {...(typed && { value: typed })}
        />
        <Acts>
          <Confirm object={t('confirmation.object')}>{t('confirmation.button')}</Confirm>
        </Acts>
      </Form>
      <CodeAnew visitor={visitor} path={path} code={code} {...(onSystemPage && { onSystemPage })} />
    </Section>
  );
}

/** Another code in place of one that is lost, or whose tries are used up. */
export function CodeAnew({
  visitor: { t },
  path,
  code,
  onSystemPage,
}: Pick<ConfirmationProps, 'visitor' | 'path' | 'onSystemPage'> & { code: PresentCode }) {
  const form = (
    <Form action={`${path}/code`} hidden={{ anew: 'yes', ...backTo(onSystemPage) }}>
      <Acts>
        <Button>{t('code.anew')}</Button>
      </Acts>
    </Form>
  );
  if (code.triesLeft === 0) {
    return (
      <Warn heading={t('code.no-tries')}>
        <p>{t.rich('code.no-tries.text')}</p>
        {form}
      </Warn>
    );
  }
  return (
    <details>
      <summary>{t('code.anew.heading')}</summary>
      <p>{t('code.anew.text')}</p>
      {form}
    </details>
  );
}

const backTo = (onSystemPage = false): Record<string, string> => (onSystemPage ? { back: 'system' } : {});
