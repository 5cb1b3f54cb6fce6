import type { Language } from '../../core/languages.ts';
import { dateTimeOf, type Reader, texts } from '../../ui/text.ts';
import { mail as de } from '../messages/de/mail.ts';
import { mail as en } from '../messages/en/mail.ts';

const CATALOGUES: Record<Language, Record<keyof typeof en, string>> = { en, de };

/** A row of the outbox, as far as its reader sees it. */
export interface Notice {
  id: string;
  registration: string | undefined;
  recipient: 'integrator' | 'end-user' | 'site-administrator' | 'account' | 'invited';
  template: string;
  facts: Record<string, string | undefined>;
}

export interface Composed {
  subject: string;
  text: string;
  html: string;
}

/** A sentence, and an address under it. */
interface Paragraph {
  text: string;
  link?: string;
}

/**
 * One mail from the changes that one address is to be told of one registration. What it says is the state of the commit:
 * everything is in the facts, nothing is looked up now.
 */
export function compose(notices: readonly Notice[], portalUrl: string, reader: Reader<Language>): Composed {
  const t = texts(CATALOGUES[reader.locale], reader.locale) as (
    key: string,
    values?: Record<string, string | number>,
  ) => string;
  const [first, ...others] = notices as [Notice, ...Notice[]];
  const alone = t(`mail.${first.template}.subject`, valuesOf(first));
  const subject = others.length === 0 ? alone : t('mail.several.subject', { subject: alone, n: others.length });

  const paragraphs = notices.flatMap((notice) => sentences(notice));
  if (first.registration) {
    paragraphs.push({ text: t('mail.open'), link: `${portalUrl}/systems/${first.registration}` });
  }
  if (first.recipient === 'invited') {
    // Nobody has shown that the address is theirs, and its reader asked for nothing.
    paragraphs.push({ text: t('mail.invited-stranger'), link: `${portalUrl}/mail/${first.id}` });
  } else if (first.facts.path) paragraphs.push({ text: t('mail.not-asked-for') });
  // Where it is not about a registration of the reader's, no history says more.
  else paragraphs.push({ text: t(first.registration ? 'mail.not-expected' : 'mail.not-expected-alone') });
  if (first.recipient === 'site-administrator') {
    // Nobody has shown yet that the address is theirs: one click says so, or stops everything.
    const values = { site: first.facts.site ?? '' };
    paragraphs.push({ text: t('mail.site-administrator', values), link: `${portalUrl}/mail/${first.id}` });
  }
  return { subject, text: asText(paragraphs), html: asHtml(subject, paragraphs, reader.locale) };

  function sentences(notice: Notice): Paragraph[] {
    const key = `mail.${notice.template}`;
    const values = valuesOf(notice);
    const { facts } = notice;
    const isFirst = !facts.oldShortId && `${key}.first` in en;
    const said: Paragraph[] = [{ text: t(isFirst ? `${key}.first` : `${key}.text`, values) }];
    if (notice.template === 'proven' && facts.by) said.push({ text: t(`${key}.by`, values) });
    if (notice.template === 'proven' && facts.oldShortId) said.push({ text: t(`${key}.retired`, values) });
    if (notice.template === 'handed-over' && facts.seat === 'end-user') said.push({ text: t(`${key}.anew`) });
    if (facts.consents) said.push({ text: t(`${key}.consents`, { consents: kindsOf(facts.consents) }) });
    if (facts.preparation && notice.recipient !== 'site-administrator') {
      said.push({ text: t(`${key}.see`), link: `${portalUrl}/prepare/${facts.preparation}` });
    }
    if (`${key}.undo` in en && notice.recipient !== 'site-administrator') {
      said.push({ text: t(`${key}.undo`, values), link: `${portalUrl}/systems/${notice.registration}#undo` });
    }
    if (`${key}.revoke` in en) {
      said.push({ text: t(`${key}.revoke`, values), link: `${portalUrl}/account/access-tokens` });
    }
    if (facts.end) said.push({ text: t(`mail.case-decided.${facts.end}`, values) });
    // What people wrote goes to the parties and to who asked, never to an address that nobody has verified.
    if (notice.recipient !== 'site-administrator') {
      for (const written of ['statement', 'evidence', 'objection', 'decisionReason'] as const) {
        if (facts[written]) said.push({ text: t(`mail.written.${written}`, { text: facts[written] }) });
      }
      if (facts.case && `${key}.case` in en) {
        said.push({ text: t(`${key}.case`, values), link: `${portalUrl}${pathOf(notice)}/${facts.case}` });
      }
    }
    if (facts.code) said.push({ text: facts.code }, { text: t(`${key}.enter`) });
    if (`${key}.ways` in en) said.push({ text: t(`${key}.ways`, values), link: `${portalUrl}/account` });
    if (facts.path) said.push({ text: t(`${key}.link`), link: `${portalUrl}${facts.path}` });
    return said;
  }

  function valuesOf({ facts, recipient }: Notice): Record<string, string> {
    const values: Record<string, string> = {};
    for (const [name, value] of Object.entries(facts)) {
      if (typeof value === 'string') values[name] = isTime(value) ? dateTimeOf(new Date(value), reader) : value;
    }
    values.oldShortId ??= t('mail.unknown');
    values.undoUntil ??= '';
    values.provider ??= t('mail.your-provider');
    values.reason = reasonOf(facts, recipient);
    if (facts.role) values.role = t(`mail.role.${facts.role}`);
    if (facts.seat) values.seat = t(`mail.seat.${facts.seat}`);
    if (facts.kind) values.consents = kindsOf(facts.kind);
    return values;
  }

  function kindsOf(kinds: string): string {
    return kinds
      .split(' ')
      .map((kind) => t(`mail.consent.${kind}`))
      .join(', ');
  }

  function reasonOf(facts: Notice['facts'], recipient: Notice['recipient']): string {
    // Free text goes to the parties only, never to an address that nobody has verified.
    const own = recipient === 'site-administrator' ? undefined : facts.reasonText;
    const reason = own ?? (facts.reason && t(`mail.reason.${facts.reason}`));
    return reason ? ` ${t('mail.reason', { reason })}` : '';
  }
}

/** Where its reader sees the case. */
const pathOf = ({ template }: Notice): string => (template === 'case-waits' ? '/administration/cases' : '/cases');

/** Whether a mail of this kind has a link or code in it, which is erased once it was sent or given up. */
export const holdsSecret = (template: string): boolean =>
  `mail.${template}.link` in en || `mail.${template}.enter` in en;

function isTime(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text);
}

function asText(paragraphs: readonly Paragraph[]): string {
  return `${paragraphs.map(({ text, link }) => (link ? `${text}\n${link}` : text)).join('\n\n')}\n`;
}

function asHtml(subject: string, paragraphs: readonly Paragraph[], lang: string): string {
  const body = paragraphs
    .map(({ text, link }) => `<p>${escape(text)}${link ? `<br><a href="${escape(link)}">${escape(link)}</a>` : ''}</p>`)
    .join('\n');
  return `<!doctype html>
<html lang="${lang}">
<head><meta charset="utf-8"><title>${escape(subject)}</title></head>
<body>
${body}
</body>
</html>
`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);
}
