import { Acts, Button, Form, Go } from '../../ui/components/actions.tsx';
import type { Visitor } from '../http/visitor.ts';
import type { AddressOfMail, AddressWord } from '../operations/mail-address.ts';
import type { Portal } from '../portal.ts';
import { Frame } from './frame.tsx';

interface MailAddressProps {
  visitor: Visitor;
  portal: Portal;
  mail: string;
  of: AddressOfMail;
  said?: AddressWord;
}

export function MailAddressPage({ visitor, portal, mail, of, said }: MailAddressProps) {
  const { address, recipient } = of;
  const { t } = visitor;
  return (
    <Frame
      visitor={visitor}
      portalName={portal.settings.name}
      heading={t('mail-address.h1', { address })}
      width="logon"
    >
      {said && <p role="status">{t(`mail-address.${said}.done`, { address })}</p>}
      {!said && <p>{t(recipient === 'invited' ? 'mail-address.text-invited' : 'mail-address.text')}</p>}
      {said !== 'keep' && (
        <Form action={`/mail/${mail}`}>
          <Acts>
            <Go name="word" value="keep">
              {t('mail-address.keep')}
            </Go>
          </Acts>
        </Form>
      )}
      {said !== 'stop' && (
        <Form action={`/mail/${mail}`}>
          <Acts>
            <Button name="word" value="stop">
              {t('mail-address.stop')}
            </Button>
          </Acts>
        </Form>
      )}
    </Frame>
  );
}
