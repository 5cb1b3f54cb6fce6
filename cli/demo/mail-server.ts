import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  receivedAt: Date;
  messageId: string;
  from: string;
  to: string[];
  subject: string;
  text: string;
  html: string;
  /** The names of its headers. */
  headers: string[];
}

export interface MailServer {
  port: number;
  stop(): Promise<void>;
}

/**
 * An SMTP server on this machine only: it takes every mail for anybody and passes none on. Whoever sends is told
 * "received" after `receive` has kept the mail; what `receive` throws, the sender is told instead.
 */
export async function startMailServer(
  port: number,
  receive: (mail: ReceivedMail) => void | Promise<void>,
): Promise<MailServer> {
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, session, done) {
      simpleParser(stream)
        .then(async (mail) => {
          await receive({
            receivedAt: new Date(),
            messageId: mail.messageId ?? '',
            from: mail.from?.text ?? '',
            to: session.envelope.rcptTo.map(({ address }) => address),
            subject: mail.subject ?? '',
            text: mail.text ?? '',
            html: mail.html || '',
            headers: [...mail.headers.keys()],
          });
          done();
        })
        .catch(done);
    },
  });
  // A sender that dies in the middle of a mail is told nothing and tries again; it must not end this process.
  server.on('error', () => {});
  server.listen(port, '127.0.0.1');
  await once(server.server, 'listening');
  const { port: listening } = server.server.address() as AddressInfo;
  return { port: listening, stop: () => new Promise((stopped) => server.close(() => stopped())) };
}
