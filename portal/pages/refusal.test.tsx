import { describe, expect, test } from 'vitest';
import { PROBLEMS, type ProblemCode } from '../../api/problems.ts';
import type { RefusalFacts } from '../../core/refusals.ts';
import { newSeed, systemKeysFrom } from '../../core/system-keys.ts';
import { formsOf, textOf } from '../../test/support/http.ts';
import { isHelpTopic } from '../../ui/help/topics.ts';
import { render } from '../../ui/page.tsx';
import { texts } from '../../ui/text.ts';
import type { Visitor } from '../http/visitor.ts';
import { en } from '../messages/en.ts';
import type { BroughtRequest } from '../store/facts.ts';
import { RefusalPage, type RefusalProps } from './refusal.tsx';

const now = new Date('2026-11-24T13:05:00Z');
const { systemId } = systemKeysFrom(newSeed());
const account = {
  id: 'lena',
  name: 'Lena Brandt',
  email: 'lena@brandt.example',
  organisation: 'Brandt',
  kind: 'partner',
};
const visitor = {
  account,
  reader: { locale: 'en', timeZone: 'Europe/Copenhagen', namesZone: true },
  t: texts(en, 'en'),
  now,
} as Visitor;

const brought: BroughtRequest = {
  id: '11111111-1111-4111-8111-111111111111',
  systemId,
  how: 'carried',
  n: 1,
  proven: true,
  instance: undefined,
  instanceCopied: false,
  server: { kind: 'enterprise-server', product: 'Enterprise Server', version: '3.2.4.1180', name: 'HN-A-ES01' },
  returnTo: undefined,
  origin: undefined,
  receivedAt: now,
  proceededAt: now,
  association: '22222222-2222-4222-8222-222222222222',
};

const facts: RefusalFacts = { site: 'Building A', registration: '48172065', by: 'anna', at: now, systemId, count: 5 };

/** Everything that can be known, and nothing at all: as a stranger gets it, or before anybody has logged on. */
const everything = {
  facts,
  brought,
  chosen: '10203040',
  ended: true,
  invitation: '/invitations/a-secret',
  administeredCase: 'a-case',
  logOn: { provider: { id: 'exchange', name: 'Buildings Exchange' }, next: '/requests/1/proceed' },
  registration: {
    number: '48172065',
    site: 'Building A',
    closedAt: now,
    mergedInto: null,
    confirmedAt: now,
    confirmedBy: 'Anna Holm',
    doer: { name: 'Anna Holm', seat: 'end-user' },
  },
} as const;
const nothing = {
  facts: {},
  brought: undefined,
  chosen: undefined,
  ended: undefined,
  invitation: undefined,
  administeredCase: undefined,
  logOn: undefined,
  registration: undefined,
};

function pageOf(code: ProblemCode, known: Omit<RefusalProps, 'visitor' | 'portal' | 'code' | 'reference'>): string {
  const portal = { name: 'Test portal', url: 'https://portal.example' };
  const html = render(<RefusalPage visitor={visitor} portal={portal} code={code} reference="req-7" {...known} />);
  return /<main\b.*?<\/main>/s.exec(html)?.[0] ?? '';
}

/** Where the page leads: its links and the forms that it sends, without the one to the help. */
function waysOf(main: string): string[] {
  const links = [...main.matchAll(/<a\b[^>]*class="button[^"]*"[^>]*href="([^"]*)"/g)].map(([, href = '']) => href);
  return [...formsOf(main).map((form) => form.action), ...links];
}

const codes = Object.keys(PROBLEMS) as ProblemCode[];

describe.each(codes)('%s', (code) => {
  test.each([
    ['with everything that can be known', everything],
    ['with nothing known', nothing],
  ])('has a title, a text and a next step, %s', (_, known) => {
    const main = pageOf(code, known);
    expect(textOf(/<h1\b.*?<\/h1>/s.exec(main)?.[0] ?? '')).toMatch(/^\p{Lu}.{7,}/u);
    const paragraphs = [...main.matchAll(/<p>(.*?)<\/p>/gs)].map(([, text = '']) => textOf(text));
    expect(paragraphs.join(' ')).toMatch(/[\p{L}\p{N}]\.$/u);
    expect(waysOf(main).length).toBeGreaterThan(0);
    // One next step is the filled one.
    expect(main.match(/class="(?:button )?go"/g)).toHaveLength(1);
    expect(waysOf(main).join(' ')).not.toMatch(/undefined|\/\/|\/$/);
    expect(textOf(main)).not.toMatch(/undefined|null|\{|\}/);
  });

  test('has a help topic and shows its code', () => {
    const main = pageOf(code, everything);
    expect(isHelpTopic(PROBLEMS[code].help)).toBe(true);
    expect(main).toContain(`href="/help/${PROBLEMS[code].help}"`);
    expect(textOf(main)).toContain(`Reason ${code}`);
  });
});

describe('who did it', () => {
  test('is "You" where it was oneself', () => {
    const main = pageOf('lost-race', { ...everything, facts: { ...facts, by: account.id } });
    expect(textOf(main)).toContain('You associated Building A on 24 November 2026, 14:05 CET.');
  });

  test('is a party by name', () => {
    expect(textOf(pageOf('lost-race', everything))).toContain('Anna Holm associated Building A on');
  });

  test('is "The other party" where it is a party no more', () => {
    const gone = { ...everything, registration: { ...everything.registration, doer: null } };
    expect(textOf(pageOf('lost-race', gone))).toContain('The other party associated Building A on');
  });
});

test('a registration that was merged leads to the one that it was merged into', () => {
  const merged = { ...everything, registration: { ...everything.registration, mergedInto: '12345678' } };
  expect(textOf(pageOf('registration-closed', merged))).toContain('It was merged into registration 1234 5678');
});
