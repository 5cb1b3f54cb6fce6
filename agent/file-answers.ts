// What a file is answered that somebody brought from the portal: each case with its sentence.

import { peek } from '../core/documents/jws.ts';
import { shortId } from '../core/system-id.ts';
import type { Agent } from './agent.ts';
import { t } from './pages/site-page.tsx';
import { type Taken, takeRecord } from './records.ts';
import { membersOf } from './sent.ts';

export type FileAnswer =
  /** It is shown now, or was shown already; or it changes which registration is shown, so that an administrator decides. */
  | { outcome: 'applied' | 'same' | 'offered'; registration: string }
  /** It is the bundle of a portal: trusted-portal.ts. */
  | { outcome: 'bundle' }
  /** Nothing was changed. `code` is for programs. */
  | { outcome: 'refused'; code: string; text: string };

/** A file was brought: the record of this system, or something else. */
export async function takeFile(agent: Agent, text: string): Promise<FileAnswer> {
  const typ = peek(text)?.typ;
  if (typ === 'datestone-bundle+jwt') return { outcome: 'bundle' };
  if (typ === 'datestone-request+jwt') return { outcome: 'refused', code: 'not-a-record', text: t('file.a-request') };
  if (typ !== 'datestone-record+jwt') return { outcome: 'refused', code: 'not-a-record', text: t('file.not-a-record') };
  const taken = await takeRecord(agent, text, { byHand: true });
  switch (taken.outcome) {
    case 'applied':
    case 'same':
    case 'offered':
      return { outcome: taken.outcome, registration: taken.registration };
    case 'older':
    case 'ended':
      return { outcome: 'refused', code: `record-${taken.outcome}`, text: t(`file.${taken.outcome}`) };
    case 'refused':
      return { outcome: 'refused', code: taken.code, text: await sentenceFor(agent, text, taken) };
  }
}

async function sentenceFor(
  agent: Agent,
  text: string,
  { code }: Extract<Taken, { outcome: 'refused' }>,
): Promise<string> {
  const { host } = agent.portal;
  switch (code) {
    case 'record-for-another-system': {
      const own = await agent.store.use(({ keys }) => keys.systemId);
      return t('file.record-for-another-system', {
        other: shortId(String(membersOf(text).members.sub)),
        own: shortId(own),
      });
    }
    case 'record-from-another-portal': {
      const other = hostOf(membersOf(text).members.iss);
      return other === undefined
        ? t('file.from-an-unknown-portal', { host })
        : t('file.record-from-another-portal', { other, host });
    }
    case 'record-under-unknown-key':
      return t('file.record-under-unknown-key', { host });
    case 'not-a-record':
      // It begins as a record does, so a part of it is missing.
      return t('file.record-damaged');
    default:
      return t(`file.${code}`);
  }
}

/** Unverified words of somebody else's file: a host or nothing. */
function hostOf(iss: unknown): string | undefined {
  return typeof iss === 'string' && URL.canParse(iss) ? new URL(iss).host || undefined : undefined;
}
