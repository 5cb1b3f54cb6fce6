import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { renderToString } from 'preact-render-to-string';
import { assets } from '../../ui/assets.ts';
import { type MailServer, type ReceivedMail, startMailServer } from './mail-server.ts';
import { DemoPage } from './page.tsx';

/** The mailbox of everybody in the demonstration: an SMTP server, and pages on which every mail can be read. */
export interface Mailbox {
  url: string;
  smtpUrl: string;
  stop(): Promise<void>;
}

export async function startMailbox(port: number, file: string): Promise<Mailbox> {
  const mails: ReceivedMail[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  mkdirSync(dirname(file), { recursive: true });
  const smtp: MailServer = await startMailServer(0, (mail) => {
    mails.push(mail);
    writeFileSync(file, JSON.stringify(mails, null, 1));
  });
  const web = createServer((request, response) => {
    const asset = assets.find(({ url }) => url === request.url);
    if (asset) {
      response.setHeader('content-type', asset.contentType);
      response.end(asset.body);
      return;
    }
    const mail = mails[Number(/^\/(\d+)$/.exec(request.url ?? '')?.[1] ?? Number.NaN)];
    const found = mail || request.url === '/';
    response.writeHead(found ? 200 : 404, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; frame-src 'self'",
      'cache-control': 'no-store',
    });
    response.end(
      `<!doctype html>${renderToString(mail ? <MailPage mail={mail} /> : <ListPage mails={mails} found={!!found} />)}`,
    );
  });
  web.listen(port, '127.0.0.1');
  await once(web, 'listening').catch(async (error: unknown) => {
    await smtp.stop();
    throw error;
  });
  return {
    url: `http://localhost:${(web.address() as AddressInfo).port}`,
    smtpUrl: `smtp://127.0.0.1:${smtp.port}`,
    stop: async () => {
      web.closeAllConnections();
      await new Promise((stopped) => web.close(stopped));
      await smtp.stop();
    },
  };
}

const Frame = (props: { heading: string; children: preact.ComponentChildren }) => (
  <DemoPage of="Mailbox" home="/" {...props} />
);

function ListPage({ mails, found }: { mails: readonly ReceivedMail[]; found: boolean }) {
  return (
    <Frame heading={found ? 'Every mail of the demonstration' : 'There is no such mail'}>
      {mails.length === 0 && <p>No mail yet. Associate a System ID, then load this page again.</p>}
      <ul class="rows">
        {mails
          .map((mail, i) => (
            <li key={mail.messageId}>
              <div>
                <h2>
                  <a href={`/${i}`}>{mail.subject}</a>
                </h2>
                <p class="note">
                  to {mail.to.join(', ')}, <Time at={mail.receivedAt} />
                </p>
              </div>
            </li>
          ))
          .reverse()}
      </ul>
    </Frame>
  );
}

function MailPage({ mail }: { mail: ReceivedMail }) {
  return (
    <Frame heading={mail.subject}>
      <p class="note">
        from {mail.from}, to {mail.to.join(', ')}, <Time at={mail.receivedAt} />
      </p>
      {mail.text.split(/\n{2,}/).map((paragraph) => (
        <p key={paragraph}>
          {paragraph.split('\n').map((line) =>
            /^https?:\/\/\S+$/.test(line) ? (
              <a key={line} href={line}>
                {line}
              </a>
            ) : (
              `${line} `
            ),
          )}
        </p>
      ))}
      <details>
        <summary>As HTML, as it was sent</summary>
        <pre>
          <code>{mail.html}</code>
        </pre>
      </details>
      <p>
        <a href="/">All mails</a>
      </p>
    </Frame>
  );
}

function Time({ at }: { at: Date | string }) {
  const date = new Date(at);
  return (
    <time datetime={date.toISOString()}>{date.toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' })}</time>
  );
}
