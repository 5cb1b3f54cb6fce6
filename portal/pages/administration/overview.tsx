import { Acts, Button, Form } from '../../../ui/components/actions.tsx';
import { Inset, Section } from '../../../ui/components/blocks.tsx';
import { TextField } from '../../../ui/components/fields.tsx';
import { Facts, History } from '../../../ui/components/lists.tsx';
import { RegistrationNumber } from '../../../ui/components/when.tsx';
import type { AdministratorAct } from '../../store/reads/administration/overview.ts';
import { Frame } from '../frame.tsx';
import type { AdministrationProps } from './frame.tsx';

interface OverviewProps extends AdministrationProps {
  openCases: number;
  waitingMails: number;
  acts: AdministratorAct[];
  /** What was looked for and is not there. */
  notFound?: string | undefined;
}

/** Where an administrator starts: what waits, and the way to everything else. */
export function OverviewPage({ visitor, portalName, openCases, waitingMails, acts, notFound }: OverviewProps) {
  const { t } = visitor;
  const link = (href: string, text: string) => <a href={`/administration/${href}`}>{text}</a>;
  return (
    <Frame
      visitor={visitor}
      portalName={portalName}
      heading={t('administration.h1')}
      current="/administration"
      problems={notFound === undefined ? [] : [{ field: 'what', text: t('administration.find.nothing') }]}
    >
      <Inset>
        <p>{t('administration.recorded')}</p>
      </Inset>
      <Facts
        facts={[
          {
            term: link('cases', t('administration.cases')),
            value: t('administration.cases.count', { count: openCases }),
          },
          {
            term: link('mails', t('administration.mails')),
            value: t('administration.mails.count', { count: waitingMails }),
          },
        ]}
      />
      <ul class="topics">
        <li>{link('accounts', t('administration.accounts'))}</li>
        <li>{link('organisations', t('administration.organisations'))}</li>
        <li>{link('consents', t('administration.consents'))}</li>
        <li>{link('catalogue', t('administration.catalogue'))}</li>
        <li>{link('keys', t('administration.keys'))}</li>
      </ul>
      <Section heading={t('administration.find')}>
        <Form action="/administration/registrations">
          <TextField name="what" label={t('administration.find.field')} typed value={notFound ?? ''} />
          <Acts>
            <Button>{t('administration.find.button')}</Button>
          </Acts>
        </Form>
      </Section>
      <Section heading={t('administration.acts')}>
        {acts.length === 0 && <p>{t('administration.acts.none')}</p>}
        <History
          entries={acts.map(({ act, administrator, registration, account, reason, at }) => ({
            at,
            what:
              act === 'gave-reason'
                ? ''
                : t.rich(`administration.act.${act}`, {
                    name: administrator,
                    number: registration && <RegistrationNumber number={registration} />,
                    account,
                    reason: reason ?? '',
                  }),
          }))}
        />
      </Section>
    </Frame>
  );
}
