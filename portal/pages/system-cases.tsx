import { otherSeat } from '../../core/invitations.ts';
import { may } from '../../core/permissions.ts';
import { Acts, Button, LinkButton } from '../../ui/components/actions.tsx';
import { Section } from '../../ui/components/blocks.tsx';
import { Facts, History } from '../../ui/components/lists.tsx';
import { When } from '../../ui/components/when.tsx';
import type { SignedIn } from '../http/visitor.ts';
import type { Look } from '../store/reads/cases.ts';
import { stateOf } from './case.tsx';
import type { SystemProps } from './system-information.tsx';
import { whyNot } from './why-not.ts';

/** The cases about a registration, and the way to open one. */
export function CasesOf({ visitor, system }: SystemProps) {
  const { t } = visitor;
  const { number, state, seat, cases } = system;
  const allowed = may('open-case', state, seat);
  const isOtherThere = system.parties.some((party) => party.seat === otherSeat(seat));
  return (
    <Section heading={t('system.cases')} id="cases">
      <p>{t('system.cases.text')}</p>
      {cases.length > 0 && (
        <Facts
          facts={cases.map((line) => ({
            term: (
              <a href={`/cases/${line.id}`}>
                {t.rich('system.cases.line', { at: <When at={line.openedAt} as="date" /> })}
              </a>
            ),
            value: stateOf(visitor, line),
          }))}
        />
      )}
      <Acts>
        {allowed === 'yes' && isOtherThere ? (
          <LinkButton href={`/systems/${number}/case`}>{t('system.cases.open')}</LinkButton>
        ) : (
          <Button refused={allowed === 'yes' ? t('why-not.open-case') : whyNot(visitor, 'open-case', allowed, system)}>
            {t('system.cases.open')}
          </Button>
        )}
      </Acts>
    </Section>
  );
}

/** Who of those who run the portal looked at it, when, and why. */
export function LooksOf({ visitor: { t }, looks }: { visitor: SignedIn; looks: readonly Look[] }) {
  if (looks.length === 0) return null;
  return (
    <Section heading={t('system.looks')} id="looks">
      <History
        entries={looks.map(({ name, reason, count, last }) => ({
          at: last,
          what: t('system.looks.line', { name, reason, count }),
        }))}
      />
    </Section>
  );
}
