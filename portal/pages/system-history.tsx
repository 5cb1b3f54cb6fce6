import type { ComponentChildren } from 'preact';
import { REASONS } from '../../core/association.ts';
import type { CaseEnd } from '../../core/cases.ts';
import { CONSENT_KINDS } from '../../core/consents.ts';
import { STEPS } from '../../core/registration-form.ts';
import { shortId } from '../../core/system-id.ts';
import { Links } from '../../ui/components/actions.tsx';
import { Section } from '../../ui/components/blocks.tsx';
import { History } from '../../ui/components/lists.tsx';
import { Pages } from '../../ui/components/table.tsx';
import { RegistrationNumber } from '../../ui/components/when.tsx';
import { dateOf } from '../../ui/text.ts';
import type { SignedIn } from '../http/visitor.ts';
import { HISTORY_PAGE_SIZE, type PastEntry } from '../store/reads/history.ts';
import { stepTitle } from './form-texts.ts';
import type { SystemProps } from './system-information.tsx';

interface HistoryProps {
  visitor: SignedIn;
  system: Pick<SystemProps['system'], 'number' | 'historyLength'>;
  entries: PastEntry[];
  /** `undefined`: all of it. */
  page: number | undefined;
}

/** Every change, newest first: what, by whom, and what the entry says besides. */
export function HistoryOf({ visitor, system, entries, page }: HistoryProps) {
  const { t } = visitor;
  const { number, historyLength: count } = system;
  const last = Math.ceil(count / HISTORY_PAGE_SIZE);
  const [newest, oldest] = [entries[0]?.n ?? 0, entries.at(-1)?.n ?? 0];
  const path = `/systems/${number}`;
  return (
    <Section heading={t('history.heading')} id="history">
      {last > 1 && <p>{t('history.showing', { from: oldest, to: newest, count })}</p>}
      <History
        entries={entries.map((entry) => ({
          at: entry.at,
          what: whatOf(entry, t),
          more: <More visitor={visitor} entry={entry} />,
        }))}
      />
      {page !== undefined && last > 1 && (
        <>
          <Pages page={page} last={last} href={(to) => `${path}?history=${to}#history`} />
          <Links items={[{ href: `${path}?history=all#history`, text: t('history.all', { count }) }]} />
        </>
      )}
    </Section>
  );
}

/** What the words for an act need: which seat it is about, or what is shared. */
function whatOf({ act, about }: PastEntry, t: SignedIn['t']): string {
  switch (act) {
    case 'seat-taken':
    case 'brought-into-organisation':
    case 'taken-from-organisation':
    case 'invited':
    case 'invitation-replaced':
    case 'invitation-withdrawn':
    case 'invitation-refused':
    case 'invitation-expired':
    case 'hand-over-offered':
    case 'hand-over-replaced':
    case 'hand-over-withdrawn':
    case 'hand-over-refused':
    case 'hand-over-expired':
    case 'handed-over':
    case 'seat-ended':
    case 'resigned':
    case 'resignation-taken-back':
    case 'seat-left':
      return t(`history.act.${act}`, {
        seat: t(about['seat'] === 'end-user' ? 'system.end-user' : 'system.integrator'),
      });
    case 'consented':
    case 'consent-withdrawn': {
      const kinds = CONSENT_KINDS.filter((kind) => String(about['kinds']).split(' ').includes(kind));
      return t(`history.act.${act}`, { kinds: kinds.map((kind) => t(`consent.${kind}.short`)).join(', ') });
    }
    case 'case-decided':
      return t(`history.act.case-decided.${about['decision'] as Exclude<CaseEnd, 'withdrawn'>}`);
    default:
      return t(`history.act.${act}`);
  }
}

function More({ visitor, entry }: { visitor: SignedIn; entry: PastEntry }) {
  const said = sayingsOf(visitor, entry).map((saying) => <> {saying}</>);
  return (
    <>
      {byWhom(visitor, entry)}
      {said}
    </>
  );
}

function byWhom({ t }: SignedIn, entry: PastEntry): string {
  const { act, actor, actorName: name, organisationName: organisation, about } = entry;
  if (actor === 'system') return t('history.by-system');
  if (organisation)
    return name ? t('history.by-for', { name, organisation }) : t('history.by-member', { organisation });
  if (name) return t('history.by', { name });
  if (act === 'case-decided') return t('history.by-administrator');
  return t(act === 'case-opened' && about['opened_as'] === 'holder' ? 'history.by-holder' : 'history.by-somebody');
}

/** What the entry says in the clear, and the reason beside it, each as a sentence; what it does not say is left out. */
function sayingsOf(visitor: SignedIn, { act, about, texts }: PastEntry): ComponentChildren[] {
  const { t } = visitor;
  const code = (value: unknown) => <code>{shortId(String(value))}</code>;
  const number = (value: unknown) => <RegistrationNumber number={String(value)} />;
  const { system_id, former, how, by, into, fresh, steps, reason, version, until } = about;
  const { address, decision, person } = texts;
  return [
    person !== undefined && t('history.person', { person }),
    system_id !== undefined && t.rich('history.system-id', { id: code(system_id) }),
    former !== undefined && act !== 'claimed' && t.rich('history.retired', { id: code(former) }),
    how === 'typed' && t('history.typed'),
    how === 'file' && t('history.file'),
    how === 'printed' && t('history.printed'),
    address !== undefined && t('history.invited', { address }),
    version !== undefined && t('history.consent-version', { version: String(version) }),
    decision !== undefined && t('history.reason', { reason: decision }),
    by === 'confirmation-code' && t('history.by-code'),
    into !== undefined && t.rich('history.into', { number: number(into) }),
    fresh !== undefined && t.rich('history.fresh', { number: number(fresh) }),
    steps !== undefined && t('history.steps', { steps: stepsIn(visitor, String(steps)) }),
    until !== undefined && t('history.until', { until: dateOf(new Date(String(until)), visitor.reader) }),
    reason !== undefined && t('history.reason', { reason: texts['reason'] ?? reasonWords(t, String(reason)) }),
  ].filter((saying) => saying !== false);
}

const stepsIn = (visitor: SignedIn, steps: string): string =>
  STEPS.filter((step) => steps.split(' ').includes(step))
    .map((step) => stepTitle(visitor, step))
    .join(', ');

function reasonWords(t: SignedIn['t'], code: string): string {
  const reason = REASONS.find((known) => known === code);
  return reason ? t(`review.reason.${reason}`) : code;
}
