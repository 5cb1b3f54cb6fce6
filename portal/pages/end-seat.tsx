import { Acts, Danger, Form, LinkButton } from '../../ui/components/actions.tsx';
import { Inset } from '../../ui/components/blocks.tsx';
import { ChoiceField, TextAreaField } from '../../ui/components/fields.tsx';
import { When } from '../../ui/components/when.tsx';
import type { Problem } from '../../ui/reader.ts';
import { dateOf } from '../../ui/text.ts';
import { Frame } from './frame.tsx';
import type { SystemProps } from './system-information.tsx';

export const REASON = 'reason';
export const INSIST = 'insist';

interface PageProps extends SystemProps {
  portalName: string;
  problems?: Problem[];
}

interface EndProps extends PageProps {
  /** Whose seat it is. */
  integrator: SystemProps['system']['parties'][number];
  reason?: string;
}

/** The end user ends the integrator's seat: what that means, before it is done. */
export function EndIntegratorPage({ visitor, portalName, system, problems = [], integrator, reason }: EndProps) {
  const { t } = visitor;
  const { number, site } = system;
  const { organisation, name, holder } = integrator;
  return (
    <Frame
      visitor={visitor}
      portalName={portalName}
      heading={t('end-seat.h1', { site })}
      current="/systems"
      problems={problems}
    >
      <p>
        {name === organisation
          ? t('end-seat.who-organisation', { organisation })
          : t('end-seat.who', { organisation, name })}
      </p>
      <ul>
        <li>{t('end-seat.at-once')}</li>
        <li>{t('end-seat.stays')}</li>
        <li>{t('end-seat.codes')}</li>
        <li>{t('end-seat.next')}</li>
        <li>{t('end-seat.mail')}</li>
      </ul>
      <Form action={`/systems/${number}/end-integrator`} hidden={{ seen: holder }}>
        <TextAreaField
          name={REASON}
          label={t('end-seat.reason')}
          hint={t('end-seat.reason.hint')}
          required
          {...(reason && { value: reason })}
        />
        <Acts>
          <Danger>{t('end-seat.button')}</Danger>
          <LinkButton href={`/systems/${number}`}>{t('close.cancel')}</LinkButton>
        </Acts>
      </Form>
    </Frame>
  );
}

interface ResignProps extends PageProps {
  /** When the integrator would leave. */
  until: Date;
}

/** An integrator leaves: when, and what becomes of the registration. */
export function ResignPage({ visitor, portalName, system, problems = [], until }: ResignProps) {
  const { t, reader } = visitor;
  const { number, site, state } = system;
  const isAlone = !system.parties.some((party) => party.seat === 'end-user');
  return (
    <Frame
      visitor={visitor}
      portalName={portalName}
      heading={t('resign.h1', { site })}
      current="/systems"
      problems={problems}
    >
      {isAlone && <Alone visitor={visitor} system={system} />}
      {!(isAlone && state === 'prepared') && (
        <>
          <ul>
            <li>{t.rich('resign.until', { at: <When at={until} as="date" /> })}</li>
            <li>{t('resign.then')}</li>
            <li>{t('resign.stays')}</li>
            <li>{t(isAlone ? 'resign.mail-alone' : 'resign.mail')}</li>
          </ul>
          <Form action={`/systems/${number}/resign`}>
            {isAlone && (
              <ChoiceField
                type="checkbox"
                name={INSIST}
                label={t('resign.insist')}
                options={[{ value: 'yes', text: t('resign.insist.yes') }]}
              />
            )}
            <Acts>
              <Danger>{t('resign.button', { at: dateOf(until, reader) })}</Danger>
              <LinkButton href={`/systems/${number}`}>{t('close.cancel')}</LinkButton>
            </Acts>
          </Form>
        </>
      )}
    </Frame>
  );
}

const Alone = ({ visitor: { t }, system: { number, state } }: SystemProps) => (
  <Inset>
    <p>{t(state === 'prepared' ? 'resign.alone.prepared' : 'resign.alone')}</p>
    <p>
      {t.rich('resign.alone.better', {
        hand: (words) => <a href={`/systems/${number}/hand-over`}>{words}</a>,
        close: (words) => <a href={`/systems/${number}/close`}>{words}</a>,
      })}
    </p>
  </Inset>
);
