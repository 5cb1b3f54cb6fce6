// This system is registered: what the logon page shows now, the text that may be typed where only a code came, and the
// confirmation code.

import { groupsOf } from '../../core/typed-code.ts';
import { Acts, Form, Go, LinkButton } from '../../ui/components/actions.tsx';
import { Inset, Section } from '../../ui/components/blocks.tsx';
import { CodeGroups } from '../../ui/components/codes.tsx';
import { TextField } from '../../ui/components/fields.tsx';
import { type HelpTopic, helpPath } from '../../ui/help/topics.ts';
import type { CodeInUse } from '../codes.ts';
import { isByCode, type Plate } from '../plate.ts';
import { PlateAlone } from './plate.tsx';
import { type Problem, type Site, SitePage, t } from './site-page.tsx';

/** The details as they were typed. */
export interface Details {
  site: string;
  company: string;
  city: string;
  registration: string;
}

export interface OfflineDonePageProps {
  site: Site;
  systemId: string;
  plate: Plate;
  code: CodeInUse | undefined;
  details: Details;
  /** What was just done, or was done before already. */
  note?: { text: string; help?: HelpTopic } | undefined;
  problems?: Problem[] | undefined;
}

export const OfflineDonePage = ({
  site,
  systemId,
  plate,
  code,
  details,
  note,
  problems = [],
}: OfflineDonePageProps) => (
  <SitePage site={site} heading={t('done.h1')} systemId={systemId} problems={problems}>
    {note && (
      <Inset>
        <p role="status">{note.text}</p>
        {note.help && (
          <p>
            <a href={helpPath(note.help)}>{t('offline.help')}</a>
          </p>
        )}
      </Inset>
    )}
    <PlateAlone plate={plate} />
    {code?.advisory && (
      <Inset>
        <p>{t('done.advisory')}</p>
      </Inset>
    )}
    {isByCode(plate) && <DetailsSection details={details} isOpen={plate.state !== 'as-of' || problems.length > 0} />}
    {code && <Confirmation code={code} />}
    <Acts>
      <LinkButton href="/registration">{t('nav.registration')}</LinkButton>
    </Acts>
  </SitePage>
);

/** Where the record of before is shown already, the form stays closed: nobody has to fill it in. */
const DetailsSection = ({ details, isOpen }: { details: Details; isOpen: boolean }) => (
  <Section heading={t('done.details')}>
    <p>{t(isOpen ? 'done.details.text' : 'done.details.as-of')}</p>
    <p>
      <a href="/offline#file">{t('done.details.load')}</a>
    </p>
    {isOpen ? (
      <DetailsForm details={details} />
    ) : (
      <details>
        <summary>{t('done.details.type')}</summary>
        <DetailsForm details={details} />
      </details>
    )}
  </Section>
);

const DetailsForm = ({ details }: { details: Details }) => (
  <Form action="/offline/details">
    <TextField name="site" label={t('done.site')} value={details.site} required />
    <TextField name="company" label={t('done.company')} value={details.company} required />
    <TextField name="city" label={t('done.city')} value={details.city} required />
    <TextField name="registration" label={t('done.number')} value={details.registration} literal />
    <Acts>
      <Go>{t('done.save')}</Go>
    </Acts>
  </Form>
);

const Confirmation = ({ code }: { code: CodeInUse }) =>
  code.confirmation ? (
    <Section heading={t('done.confirm')} id="confirmation">
      {code.asksConfirmation && <p>{t('done.confirm.why')}</p>}
      <CodeGroups groups={groupsOf(code.confirmation)} />
      <p>{code.asksConfirmation ? t.rich('done.confirm.text') : t('done.confirm.not-asked')}</p>
    </Section>
  ) : null;
