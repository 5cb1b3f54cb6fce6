// Registering your system offline: what to take to a device with Internet, and the field and file for what comes back.

import { ALPHABET } from '../../core/crockford.ts';
import { linesOf } from '../../core/system-id.ts';
import { Acts, Button, Form, Go, LinkButton } from '../../ui/components/actions.tsx';
import { SystemIdLines } from '../../ui/components/blocks.tsx';
import { CodeField, EmptyBoxes } from '../../ui/components/codes.tsx';
import { FileField } from '../../ui/components/fields.tsx';
import { Step, Steps } from '../../ui/components/lists.tsx';
import { PrintButton } from '../../ui/components/print.tsx';
import { QrCode } from '../../ui/components/qr.tsx';
import { type HelpTopic, helpPath } from '../../ui/help/topics.ts';
import { type Problem, type Site, SitePage, t } from './site-page.tsx';

interface OfflinePageProps {
  site: Site;
  systemId: string;
  /** The link that the QR code holds. */
  link: string;
  /** The code as it was typed before it was refused. */
  typed?: string | undefined;
  problem?: { field: 'code' | 'file'; text: string; help: HelpTopic } | undefined;
}

export const OfflinePage = ({ site, systemId, link, typed, problem }: OfflinePageProps) => (
  <SitePage site={site} heading={t('offline.h1')} systemId={systemId} problems={problemsOf(problem)}>
    <Steps>
      <Step heading={t('offline.take')}>
        <p class="screen">{t('offline.three')}</p>
        <div class="ways">
          <section class="way">
            <h3>{t('offline.camera')}</h3>
            <QrCode text={link} label={t('offline.qr', { server: site.server.name })} level="M" large />
            <p>{t('offline.camera.text')}</p>
          </section>
          <section class="way screen">
            <h3>{t('offline.usb')}</h3>
            <p class="hint">{t('offline.usb.text')}</p>
            <Acts>
              <LinkButton href="/offline/request">{t('offline.save')}</LinkButton>
            </Acts>
            <p>
              <a href="/what-we-send">{t('offline.exactly')}</a>
            </p>
          </section>
          <section class="way">
            <h3>{t('offline.paper')}</h3>
            <p class="hint">
              {t('system-identifier.h1')} {t('info.called')}
            </p>
            <SystemIdLines lines={linesOf(systemId)} />
            <details>
              <summary>{t('offline.spell')}</summary>
              <ol>
                {linesOf(systemId).map((line) => (
                  <li>{spelt(line)}</li>
                ))}
              </ol>
            </details>
            <PrintButton>{t('offline.print')}</PrintButton>
          </section>
        </div>
      </Step>
      <Step heading={t('offline.register-at', { host: site.portal.host })}>
        <p>{t.rich('offline.you-get')}</p>
        <p>
          <a href={site.portal.url}>{site.portal.url}</a>
        </p>
      </Step>
      <Step heading={t('offline.bring-back')}>
        <div class="paper">
          <p>{t('offline.code')}</p>
          <EmptyBoxes groups={5} />
        </div>
        <div class="screen">
          <Form action="/offline/code">
            <CodeField
              kind="registration-code"
              name="code"
              label={t('offline.code')}
              hint={t('offline.code.hint')}
              value={typed}
            />
            {problem?.field === 'code' && <WhatToDo topic={problem.help} />}
            <Acts>
              <Go>{t('offline.enter')}</Go>
            </Acts>
          </Form>
          <Form action="/offline/file" files>
            <FileField name="file" label={t('offline.file')} hint={t('offline.file.hint')} />
            {problem?.field === 'file' && <WhatToDo topic={problem.help} />}
            <Acts>
              <Button>{t('offline.load')}</Button>
            </Acts>
          </Form>
        </div>
      </Step>
    </Steps>
  </SitePage>
);

const problemsOf = (problem: OfflinePageProps['problem']): Problem[] =>
  problem ? [{ field: problem.field, text: problem.text }] : [];

const WhatToDo = ({ topic }: { topic: HelpTopic }) => (
  <p>
    <a href={helpPath(topic)}>{t('offline.help')}</a>
  </p>
);

/** "342GS-3J21S" → "Three Four Two Golf Sierra – Three Juliett Two One Sierra" */
function spelt(line: string): string {
  const words = t('offline.spelling').split(' ');
  const group = (text: string) => Array.from(text, (symbol) => words[ALPHABET.indexOf(symbol)]).join(' ');
  return line.split('-').map(group).join(' – ');
}
