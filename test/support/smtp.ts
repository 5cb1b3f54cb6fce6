import { type MailServer, type ReceivedMail, startMailServer } from '../../cli/demo/mail-server.ts';
import { until } from './until.ts';

/** A real SMTP server that keeps what it receives, and can be away for a while or refuse. */
export class Mailbox {
  readonly mails: ReceivedMail[] = [];
  /** With a text, every mail is refused for the present with that text (SMTP 451). */
  refusing: string | undefined;
  /** With a promise, the sender of a mail waits for it before it is told that the mail is taken. */
  holding: Promise<void> | undefined;
  #server: MailServer | undefined;
  #port = 0;

  /** Starts it; a second time on the same port, with all mails still there. */
  async start(): Promise<this> {
    this.#server = await startMailServer(this.#port, async (mail) => {
      if (this.refusing) throw Object.assign(new Error(this.refusing), { responseCode: 451 });
      this.mails.push(mail);
      await this.holding;
    });
    this.#port = this.#server.port;
    return this;
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
    this.#server = undefined;
  }

  /** For SMTP_URL. */
  get url(): string {
    return `smtp://127.0.0.1:${this.#port}`;
  }

  to(address: string): ReceivedMail[] {
    return this.mails.filter((mail) => mail.to.includes(address));
  }

  /** Waits for the first mail to this address whose subject holds the text. */
  waitFor(address: string, subject: string): Promise<ReceivedMail> {
    return until(`a mail to ${address} with "${subject}" in its subject`, () =>
      this.to(address).find((mail) => mail.subject.includes(subject)),
    );
  }
}
