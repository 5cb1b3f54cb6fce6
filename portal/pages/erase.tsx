import { type Held, whatHolds } from '../../core/erasure.ts';
import { Acts, Danger, Form, GoLink, LinkButton } from '../../ui/components/actions.tsx';
import { Section } from '../../ui/components/blocks.tsx';
import { ChoiceField } from '../../ui/components/fields.tsx';
import type { Problem } from '../../ui/reader.ts';
import type { SignedIn, Visitor } from '../http/visitor.ts';
import { Frame } from './frame.tsx';

export const SURE = 'sure';

interface EraseProps {
  visitor: SignedIn;
  portal: { name: string };
  held: Held;
  problems?: Problem[];
}

/** Where what holds the account is ended. */
const WAYS = { seats: '/systems', cases: '/cases', organisation: '/account/organisation', administers: undefined };

/** What erasing an account does, and what has to be done before. */
export function ErasePage({ visitor, portal, held, problems = [] }: EraseProps) {
  const { t } = visitor;
  const holds = whatHolds(held);
  return (
    <Frame visitor={visitor} portalName={portal.name} heading={t('erase.h1')} current="/account" problems={problems}>
      <ul>
        <li>{t('erase.what')}</li>
        <li>{t('erase.stays')}</li>
        <li>{t('erase.site-administrator')}</li>
        <li>{t('erase.mail')}</li>
      </ul>
      {holds.length > 0 ? (
        <Section heading={t('erase.first')}>
          <ul>
            {holds.map((one) => {
              const words = t(`erase.holds.${one}`, { count: Number(held[one]) });
              return <li>{WAYS[one] ? <a href={WAYS[one]}>{words}</a> : words}</li>;
            })}
          </ul>
        </Section>
      ) : (
        <Form action="/account/erase">
          <ChoiceField
            type="checkbox"
            name={SURE}
            label={t('erase.sure')}
            required
            options={[{ value: 'yes', text: t('erase.sure.yes') }]}
          />
          <Acts>
            <Danger>{t('erase.button')}</Danger>
            <LinkButton href="/account">{t('erase.cancel')}</LinkButton>
          </Acts>
        </Form>
      )}
    </Frame>
  );
}

/** Nobody is logged on any more. */
export const ErasedPage = ({ visitor, portal }: { visitor: Visitor; portal: { name: string } }) => (
  <Frame visitor={visitor} portalName={portal.name} heading={visitor.t('erase.done.h1')} width="logon">
    <p>{visitor.t('erase.done.text')}</p>
    <Acts>
      <GoLink href="/about">{visitor.t('about.h1')}</GoLink>
    </Acts>
  </Frame>
);
