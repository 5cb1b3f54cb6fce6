import { CONSENT_KINDS, CONSENT_VERSION, type Consent, type ConsentKind } from '../../core/consents.ts';
import { may } from '../../core/permissions.ts';
import { Acts, Button, Form } from '../../ui/components/actions.tsx';
import { Box, Section } from '../../ui/components/blocks.tsx';
import { ChoiceField } from '../../ui/components/fields.tsx';
import { When } from '../../ui/components/when.tsx';
import type { Visitor } from '../http/visitor.ts';
import { CONSENT_USES } from './consent-text.ts';
import type { SystemProps } from './system-information.tsx';
import { whyNot } from './why-not.ts';

/** What was chosen for each kind; nothing is preset. */
export type ConsentChoices = Partial<Record<ConsentKind, 'yes' | 'no'>>;

/** The name of the field that a kind is asked with. */
export const consentField = (kind: ConsentKind): string => `consent_${kind}`;

/** Both questions, each under its text in full. */
export const AskForConsents = ({ visitor, choices }: { visitor: Visitor; choices: ConsentChoices }) => (
  <>
    {CONSENT_KINDS.map((kind) => (
      <Box heading={visitor.t(`consent.${kind}`)}>
        <ConsentText visitor={visitor} kind={kind} />
        <ChoiceField
          type="radio"
          name={consentField(kind)}
          label={visitor.t(`consent.ask.${kind}`)}
          required
          options={(['yes', 'no'] as const).map((value) => ({ value, text: visitor.t(`consent.${value}`) }))}
          {...(choices[kind] && { chosen: choices[kind] })}
        />
      </Box>
    ))}
  </>
);

/** The text of one consent, with its three uses and its version. */
const ConsentText = ({ visitor: { t }, kind }: { visitor: Visitor; kind: ConsentKind }) => (
  <>
    <p>{t(`consent.${kind}.what`)}</p>
    <p>{t('consent.uses')}</p>
    <ul>
      {CONSENT_USES.map((use) => (
        <li>
          <b>{t(`consent.use.${use}`)}</b>: {t(`consent.${kind}.${use}`)}
        </li>
      ))}
    </ul>
    <p>{t('consent.free')}</p>
    <p class="note">{t('consent.version', { version: CONSENT_VERSION })}</p>
  </>
);

/** What is shared now, and the way to withdraw it or to agree after all. Only the end user decides. */
export function ConsentsOf(props: SystemProps) {
  const { visitor, system } = props;
  const { t } = visitor;
  if (!system.confirmed && system.consents.length === 0) return null;
  return (
    <Section heading={t(system.seat === 'end-user' ? 'consent.heading' : 'consent.heading-integrator')} id="consents">
      {CONSENT_KINDS.map((kind) => (
        <ConsentOf {...props} kind={kind} consent={system.consents.find((one) => one.kind === kind)} />
      ))}
    </Section>
  );
}

interface ConsentProps extends SystemProps {
  kind: ConsentKind;
  consent: Consent | undefined;
}

function ConsentOf({ visitor, system, kind, consent }: ConsentProps) {
  const { t } = visitor;
  const isGiven = consent?.given ?? false;
  const action = isGiven ? 'withdraw-consent' : 'consent';
  const allowed = may(action, system.state, system.seat);
  const refused = allowed === 'yes' ? {} : { refused: whyNot(visitor, action, allowed, system) };
  const object = t('consent.object', { what: t(`consent.${kind}.short`) });
  return (
    <Box heading={t(`consent.${kind}`)}>
      <p>{stateOf(consent, t)}</p>
      {isGiven ? (
        <details>
          <summary>{t('consent.read')}</summary>
          <ConsentText visitor={visitor} kind={kind} />
        </details>
      ) : (
        <ConsentText visitor={visitor} kind={kind} />
      )}
      <Form
        action={`/systems/${system.number}/consents/${kind}`}
        hidden={{ given: isGiven ? 'no' : 'yes', version: CONSENT_VERSION }}
      >
        <Acts>
          <Button {...refused} object={object}>
            {t(isGiven ? 'consent.withdraw' : 'consent.give')}
          </Button>
        </Acts>
      </Form>
    </Box>
  );
}

function stateOf(consent: Consent | undefined, t: Visitor['t']) {
  if (!consent) return t('consent.not-given');
  const at = <When at={consent.at} />;
  return consent.given
    ? t.rich('consent.given', { at, version: consent.version })
    : t.rich('consent.withdrawn', { at });
}
