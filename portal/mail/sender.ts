import { setTimeout as pause } from 'node:timers/promises';
import { createTransport, type Transporter } from 'nodemailer';
import type { Logger } from 'pino';
import type { Portal } from '../portal.ts';
import type { Secret } from '../secret.ts';
import { compose } from './compose.ts';
import { giveUp, isWanted, markAccepted, type OutboxRow, postpone, putBack, takeDue } from './outbox.ts';

/** Sends what the outbox holds, after commit, at least once; also when the mail server was down for hours. */
export interface Mailing {
  stop(): Promise<void>;
}

export interface MailSettings {
  smtpUrl: Secret;
  from: string;
  /** How long later changes of a registration are gathered into one mail. */
  gatherSeconds: number;
}

const TIMEOUT_MS = 5000;
const IDLE_MS = 500;
const LONGEST_WAIT_MS = 30_000;

export function startMailing(portal: Portal, settings: MailSettings, log: Logger): Mailing {
  const transport = createTransport({
    url: settings.smtpUrl.reveal(),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  });
  const stopping = new AbortController();
  const done = sendUntil(stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await done;
      transport.close();
    },
  };

  async function sendUntil(signal: AbortSignal): Promise<void> {
    let wait = IDLE_MS;
    while (!signal.aborted) {
      try {
        const sent = await sendDue(portal, transport, settings, signal);
        wait = sent === 'unreachable' ? Math.min(LONGEST_WAIT_MS, wait * 2) : IDLE_MS;
      } catch (error) {
        log.error({ err: error }, 'the outbox could not be read');
        wait = Math.min(LONGEST_WAIT_MS, wait * 2);
      }
      await pause(wait, undefined, { signal }).catch(() => {});
    }
  }
}

/** One round over the outbox. When the portal stops, the mail that is on its way arrives, and others may take the rest. */
async function sendDue(
  portal: Portal,
  transport: Transporter,
  settings: MailSettings,
  stopping: AbortSignal,
): Promise<'sent' | 'unreachable'> {
  const { db } = portal;
  const due = await takeDue(db, portal.now(), settings.gatherSeconds);
  const mails = oneMailEach(due);
  for (const [i, rows] of mails.entries()) {
    const left = mails
      .slice(i)
      .flat()
      .map((row) => row.id);
    if (stopping.aborted) {
      await putBack(db, left, null);
      return 'sent';
    }
    const ids = rows.map((row) => row.id);
    const [first] = rows as [OutboxRow];
    if (!(await isWanted(db, first))) {
      await giveUp(db, ids, 'the address is not verified, or its reader stopped all mail', portal.now());
      continue;
    }
    const reader = { locale: first.language, timeZone: portal.settings.timeZone, namesZone: true };
    const mail = compose(rows, portal.settings.url, reader);
    try {
      await transport.sendMail({
        from: settings.from,
        to: first.address,
        // The same at every attempt: a server that took it already can tell.
        messageId: `<${first.id}@${new URL(portal.settings.url).hostname}>`,
        ...mail,
      });
      await markAccepted(db, ids, portal.now());
    } catch (error) {
      const { responseCode, message } = error as { responseCode?: number; message: string };
      if (responseCode === undefined) {
        await putBack(db, left, message);
        return 'unreachable';
      }
      if (responseCode >= 500) await giveUp(db, ids, message, portal.now());
      else for (const row of rows) await postpone(db, row, message, portal.now());
    }
  }
  return 'sent';
}

/** What one address is to be told of one registration goes in one mail. */
function oneMailEach(due: readonly OutboxRow[]): OutboxRow[][] {
  const byReader = Map.groupBy(due, (row) => `${row.address}\n${row.registration ?? row.id}`);
  return [...byReader.values()];
}
