import { Button, Form } from '../../../ui/components/actions.tsx';
import { Section } from '../../../ui/components/blocks.tsx';
import { Table } from '../../../ui/components/table.tsx';
import { When } from '../../../ui/components/when.tsx';
import { holdsSecret } from '../../mail/compose.ts';
import type { QueuedMail } from '../../store/reads/administration/mails.ts';
import { AdministrationFrame, type AdministrationProps } from './frame.tsx';

interface MailsProps extends AdministrationProps {
  waiting: QueuedMail[];
  waitingCount: number;
  givenUp: QueuedMail[];
}

/** Which mails have not got out, and why; never what they say. */
export const MailsPage = ({ visitor, portalName, waiting, waitingCount, givenUp }: MailsProps) => {
  const { t } = visitor;
  return (
    <AdministrationFrame {...{ visitor, portalName }} heading={t('administration.mails')}>
      <p>{t('admin-mails.text')}</p>
      <Section heading={t('admin-mails.waiting')}>
        <Mails
          visitor={visitor}
          mails={waiting}
          caption={t('admin-mails.waiting.caption', { count: waitingCount })}
          when={t('admin-mails.due')}
        />
      </Section>
      <Section heading={t('admin-mails.given-up')}>
        <Mails
          visitor={visitor}
          mails={givenUp}
          caption={t('admin-mails.given-up.caption', { count: givenUp.length })}
          when={t('admin-mails.when')}
        />
      </Section>
    </AdministrationFrame>
  );
};

interface TableProps {
  visitor: MailsProps['visitor'];
  mails: QueuedMail[];
  caption: string;
  when: string;
}

function Mails({ visitor: { t }, mails, caption, when }: TableProps) {
  if (mails.length === 0) return <p>{caption}</p>;
  return (
    <Table
      caption={caption}
      columns={[
        t('admin-mails.address'),
        t('admin-mails.what'),
        when,
        t('admin-mails.tries'),
        t('admin-mails.error'),
        t('admin-mails.act'),
      ]}
      rows={mails.map((mail) => [
        mail.address,
        <code>{mail.template}</code>,
        <When at={mail.givenUpAt ?? mail.dueAt} />,
        mail.attempts,
        mail.lastError ?? t('admin-mails.no-error'),
        <MailActs t={t} mail={mail} />,
      ])}
    />
  );
}

function MailActs({ t, mail }: { t: MailsProps['visitor']['t']; mail: QueuedMail }) {
  const { id, address, givenUpAt, template } = mail;
  const path = `/administration/mails/${id}`;
  const object = t('admin-mails.object', { address });
  return (
    <>
      <Form action={`${path}/retry`}>
        <Button object={object} {...(givenUpAt && holdsSecret(template) && { refused: t('admin-mails.secret') })}>
          {t('admin-mails.retry')}
        </Button>
      </Form>
      {!givenUpAt && (
        <Form action={`${path}/give-up`}>
          <Button object={object}>{t('admin-mails.give-up')}</Button>
        </Form>
      )}
    </>
  );
}
