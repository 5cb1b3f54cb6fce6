import { codeToCompare, LOG_ON_PATH } from '../../api/program-log-on.ts';
import { Acts, Button, Form, Go, LinkButton } from '../../ui/components/actions.tsx';
import { Inset } from '../../ui/components/blocks.tsx';
import { Facts } from '../../ui/components/lists.tsx';
import { When } from '../../ui/components/when.tsx';
import type { SignedIn, Visitor } from '../http/visitor.ts';
import { PROGRAM_SCOPES, programUntil } from '../operations/programs.ts';
import { Frame } from './frame.tsx';

interface AllowProgramProps {
  visitor: SignedIn;
  portal: { name: string };
  program: { name: string; port: string; challenge: string };
}

/** Nothing is allowed before this page: it says which program, for whom, what it may then do, and until when. */
export function AllowProgramPage({ visitor, portal, program }: AllowProgramProps) {
  const { t, account } = visitor;
  const may = (
    <ul>
      {PROGRAM_SCOPES.map((scope) => (
        <li>{t(`program.may.${scope}`)}</li>
      ))}
    </ul>
  );
  return (
    <Frame visitor={visitor} portalName={portal.name} heading={t('program.h1', { name: program.name })}>
      <Facts
        facts={[
          { term: t('program.code'), value: <code>{codeToCompare(program.challenge)}</code> },
          { term: t('program.account'), value: `${account.name}, ${account.email}` },
          { term: t('program.may'), value: may },
          { term: t('program.until'), value: <When at={programUntil(visitor.now)} as="date" /> },
        ]}
      />
      <Inset>
        <p>{t('program.compare')}</p>
        <p>{t.rich('program.not-you')}</p>
      </Inset>
      <p>{t.rich('program.end-before', { a: (words) => <a href="/account/access-tokens">{words}</a> })}</p>
      <Form action={LOG_ON_PATH} hidden={{ ...program }}>
        <Acts>
          <Go name="word" value="allow">
            {t('program.allow')}
          </Go>
          <Button name="word" value="refuse">
            {t('program.refuse')}
          </Button>
          <Button name="word" value="another-account">
            {t('program.another-account')}
          </Button>
        </Acts>
      </Form>
    </Frame>
  );
}

/** Where the browser rests when the program has what it wanted, or has not. */
export const AfterProgramPage = ({
  visitor,
  portal,
  what,
}: {
  visitor: Visitor;
  portal: { name: string };
  what: 'allowed' | 'refused';
}) => (
  <Frame visitor={visitor} portalName={portal.name} heading={visitor.t(`program.${what}.h1`)}>
    <p>{visitor.t(`program.${what}.text`)}</p>
    <Acts>
      <LinkButton href="/systems">{visitor.t('nav.systems')}</LinkButton>
    </Acts>
  </Frame>
);
