// `datestone request` and `datestone apply`: what the page *Registering your system offline* does, for whoever is at a
// terminal of the server. The agent may be running: it opens its database for each piece of work, as this does.

import { existsSync } from 'node:fs';
import type { ConfirmationCode } from '../core/confirmation-code.ts';
import type { RecordPayload } from '../core/documents/record.ts';
import { documentFileName } from '../core/file-names.ts';
import { type SystemId, shortId } from '../core/system-id.ts';
import { dateOf, type Reader } from '../ui/text.ts';
import type { Agent } from './agent.ts';
import { refusalOfCode } from './code-answers.ts';
import { type TypedCode, takeCode } from './codes.ts';
import type { Config } from './config.ts';
import { takeFile } from './file-answers.ts';
import { agentOf } from './main.ts';
import { t } from './pages/site-page.tsx';
import type { Plate } from './plate.ts';
import { acceptOffer, readOffers, readPlate } from './records.ts';
import { fileRequest, requestLink } from './requests.ts';
import { DatabaseUnreadable, databasePath } from './store/database.ts';
import { takeBundle } from './trusted-portal.ts';

export type ServerAtHand =
  | { outcome: 'at-hand'; agent: Agent }
  /** The agent makes one at its start: a command in the wrong folder must not. */
  | { outcome: 'no-database' | 'unreadable' }
  /** The database came from another machine, and nobody has said yet which system this is. */
  | { outcome: 'not-at-home' };

/** The server that the configuration names, if something can be done for it now. */
export async function serverAtHand(config: Config): Promise<ServerAtHand> {
  if (!existsSync(databasePath(config.dataFolder))) return { outcome: 'no-database' };
  const agent = await agentOf(config);
  try {
    const atHome = await agent.store.use((server) => server.atHome);
    return atHome ? { outcome: 'at-hand', agent } : { outcome: 'not-at-home' };
  } catch (error) {
    if (error instanceof DatabaseUnreadable) return { outcome: 'unreadable' };
    throw error;
  }
}

export interface RequestByCommand {
  systemId: SystemId;
  /** The same document as in the QR code and the file of the page. */
  document: string;
  link: string;
  fileName: string;
  portal: string;
}

/** The request of this server, to be carried to the portal. */
export async function requestByCommand(agent: Agent): Promise<RequestByCommand> {
  const document = await fileRequest(agent);
  const systemId = await agent.store.use(({ keys }) => keys.systemId);
  return {
    systemId,
    document,
    link: requestLink(agent.portal, document),
    fileName: documentFileName(agent.server.name, systemId, 'request'),
    portal: agent.portal.url,
  };
}

/** What was done, in the sentences of the page, and how the server stands now. */
export type Applied =
  | { outcome: 'accepted' | 'already'; says: string[]; confirmation: Confirmation; state: Plate['state'] }
  | { outcome: 'applied' | 'same' | 'bundle-taken' | 'bundle-same'; says: string[]; state: Plate['state'] }
  /** It changes which registration is shown: whoever gives the command reads which, and says yes. */
  | { outcome: 'offered'; registration: string; site: RecordPayload['site'] }
  /** Seconds until a code can be tried. */
  | { outcome: 'wait'; says: string; seconds: number }
  | { outcome: 'refused'; code: string; says: string };

export interface Confirmation {
  code: ConfirmationCode;
  /** The portal asks for it. */
  isAsked: boolean;
}

/** A registration code that somebody typed. */
export async function applyCode(agent: Agent, typed: string): Promise<Applied> {
  const taken = await takeCode(agent, typed);
  const { answer } = taken;
  if (answer.outcome === 'accepted' || answer.outcome === 'already') {
    const { confirmation, content, outcome } = answer;
    return {
      outcome,
      says: notesOn(taken, agent),
      confirmation: { code: confirmation, isAsked: content.asksConfirmation },
      state: (await readPlate(agent)).state,
    };
  }
  const own = await agent.store.use(({ keys }) => keys.systemId);
  const { text: says } = refusalOfCode(answer, shortId(own), dayInUtc);
  if (answer.outcome === 'wait') return { outcome: 'wait', says, seconds: answer.seconds };
  return { outcome: 'refused', code: answer.outcome, says };
}

/** A file that the portal made: the record of this system, or a newer bundle of the portal that it trusts. */
export async function applyFile(agent: Agent, text: string): Promise<Applied> {
  const answer = await takeFile(agent, text);
  switch (answer.outcome) {
    case 'bundle':
      return applyBundle(agent, text);
    case 'refused':
      return { outcome: 'refused', code: answer.code, says: answer.text };
    case 'offered': {
      const { registration } = answer;
      const offered = (await readOffers(agent)).find((one) => one.registration === registration);
      if (!offered) return { outcome: 'refused', code: 'record-older', says: t('file.older') };
      return { outcome: 'offered', registration, site: offered.site };
    }
    default:
      return { outcome: answer.outcome, says: [t('done.loaded')], state: (await readPlate(agent)).state };
  }
}

/** Somebody has read what was offered, and wants it. */
export async function applyOffer(agent: Agent, registration: string): Promise<Applied> {
  if (await acceptOffer(agent, registration)) {
    return { outcome: 'applied', says: [t('done.loaded')], state: (await readPlate(agent)).state };
  }
  return { outcome: 'refused', code: 'record-older', says: t('file.older') };
}

async function applyBundle(agent: Agent, text: string): Promise<Applied> {
  const brought = await takeBundle(agent, text);
  switch (brought.outcome) {
    case 'taken':
      return { outcome: 'bundle-taken', says: [t('portal.taken')], state: (await readPlate(agent)).state };
    case 'same':
      return { outcome: 'bundle-same', says: [t('portal.same')], state: (await readPlate(agent)).state };
    case 'older':
      return { outcome: 'refused', code: 'bundle-older', says: t('portal.older') };
    case 'another':
      return { outcome: 'refused', code: 'bundle-from-another-portal', says: t('portal.by-page') };
    case 'refused':
      return { outcome: 'refused', code: brought.code, says: t(`portal.${brought.code}`) };
  }
}

function notesOn({ answer, enteredAt, heals }: TypedCode, { timeZone }: Agent): string[] {
  if (answer.outcome === 'already' && enteredAt) {
    return [t('done.already', { date: dateOf(enteredAt, { ...READER, timeZone }) })];
  }
  return [
    t('done.h1'),
    ...(answer.outcome === 'accepted' && answer.isRepaired ? [t('done.repaired')] : []),
    ...(heals ? [t('done.healed', { date: dayInUtc(heals) })] : []),
    ...(answer.outcome === 'accepted' && answer.content.advisory ? [t('done.advisory')] : []),
  ];
}

/** The days of codes are days in UTC. */
const READER: Reader = { locale: 'en', timeZone: 'UTC', namesZone: false };
const dayInUtc = (day: Date) => dateOf(day, READER);
