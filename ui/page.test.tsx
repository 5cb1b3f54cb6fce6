import type { ComponentChildren } from 'preact';
import { expect, test } from 'vitest';
import { Button, Form, Go } from './components/actions.tsx';
import { Plate, SystemIdLines } from './components/blocks.tsx';
import { ChoiceField, SelectField, TextAreaField, TextField } from './components/fields.tsx';
import { Pages } from './components/table.tsx';
import { gallery } from './gallery.tsx';
import { Page, type PageProps, render } from './page.tsx';

function page(children: ComponentChildren, props: Partial<PageProps> = {}): string {
  return render(
    <Page
      reader={{ locale: 'en', timeZone: 'Europe/Copenhagen', namesZone: true }}
      product={{ kind: 'portal', name: 'Datestone Registration Portal', carved: 'Datestone' }}
      heading="Register a system"
      footer={[]}
      {...props}
    >
      {children}
    </Page>,
  );
}

/** The start tag of the element with this id. */
const tag = (html: string, id: string) => html.match(new RegExp(`<[a-z]+ [^>]*\\bid="${id}"[^>]*>`))?.[0];

test('a title is the heading and the name of the portal', () => {
  expect(page(null)).toContain('<title>Register a system – Datestone Registration Portal</title>');
});

test('a title at a site ends in the name of the server', () => {
  const html = page(null, { product: { kind: 'site', server: 'HN-A-ES01', serverKind: 'Enterprise Server' } });
  expect(html).toContain('<title>Register a system – HN-A-ES01</title>');
  expect(html).toContain('<body class="site">');
});

test('a title starts with "Error:" when there is a problem', () => {
  const html = page(null, { problems: [{ text: 'Enter the System ID.' }] });
  expect(html).toContain('<title>Error: Register a system – Datestone Registration Portal</title>');
});

test('the summary stands before the heading, has the focus, and leads to the field', () => {
  const html = page(<TextField name="city" label="City" />, {
    problems: [{ field: 'city', text: 'Enter the city or town.' }, { text: 'Try again.' }],
  });
  const summary = html.slice(html.indexOf('<div class="problem"'), html.indexOf('<h1>'));
  expect(summary).toContain('role="alert" tabindex="-1" autofocus');
  expect(summary).toContain('<a href="#city">Enter the city or town.</a>');
  expect(summary).toContain('<li>Try again.</li>');
});

test('no problem, no summary', () => {
  expect(page(null)).not.toContain('role="alert"');
});

test('a wrong field names its error first and its hint second, and keeps what was typed', () => {
  const html = page(<TextAreaField name="id" id="new-id" label="System ID" hint="Four lines." value="342gs <" />, {
    problems: [{ field: 'new-id', text: 'Line 4 is missing.' }],
  });
  expect(tag(html, 'new-id')).toContain('aria-invalid="true" aria-describedby="new-id-error new-id-hint"');
  expect(tag(html, 'new-id-error')).toBeDefined();
  expect(tag(html, 'new-id-hint')).toBeDefined();
  expect(html).toContain('>342gs &lt;</textarea>');
});

test('a right field is not marked, and describes itself by its hint', () => {
  const html = page(<TextField name="id" label="System ID" hint="Four lines." />, {
    problems: [{ field: 'other', text: 'x' }],
  });
  expect(tag(html, 'id')).not.toContain('aria-invalid');
  expect(tag(html, 'id')).toContain('aria-describedby="id-hint"');
});

test('a password never travels back', () => {
  expect(page(<TextField name="password" type="password" label="Password" value="geheim" />)).not.toContain('geheim');
});

test('a required field says so in words and with a star', () => {
  const html = page(<TextField name="city" label="City" required />);
  expect(html).toMatch(
    /City<small class="required"> <span aria-hidden="true">\*<\/span> \(required\)<\/small><\/label>/,
  );
});

test('the summary leads to the first of several choices, and nothing is preset', () => {
  const html = page(
    <ChoiceField
      type="radio"
      name="reason"
      label="Why?"
      options={[
        { value: 'deleted', text: 'The database was deleted' },
        { value: 'other', text: 'Other' },
      ]}
    />,
    { problems: [{ field: 'reason', text: 'Say why.' }] },
  );
  expect(tag(html, 'reason')).toContain('value="deleted"');
  expect(html).toContain('<fieldset class="field wrong" aria-invalid="true" aria-describedby="reason-error">');
  expect(html).not.toContain('checked');
});

test('what was chosen stays chosen', () => {
  const options = ['a', 'b', 'c'].map((value) => ({ value, text: value }));
  const html = page(
    <>
      <ChoiceField type="checkbox" name="several" label="Several" chosen={['a', 'c']} options={options} />
      <SelectField name="one" label="One" value="b" options={options} none="Choose" />
    </>,
  );
  expect(html.match(/value="\w" checked/g)).toEqual(['value="a" checked', 'value="c" checked']);
  expect(html.match(/<option[^>]*selected[^>]*>/g)).toEqual(['<option value="b" selected>']);
});

test('a button says what it acts on', () => {
  expect(page(<Go object="Hospital North">Select</Go>)).toContain('Select<span class="said"> Hospital North</span>');
});

test('a refused button stays, disabled, with its reason as text', () => {
  const html = page(<Button refused="Closed on 3 May 2026">Select</Button>);
  const reason = html.match(/<button disabled aria-describedby="([^"]+)">/)?.[1];
  expect(html).toContain(`<p class="note" id="${reason}">Closed on 3 May 2026</p>`);
});

test('two refused buttons have two reasons', () => {
  const html = page([<Button refused="One">A</Button>, <Button refused="Two">B</Button>]);
  expect(new Set(html.match(/aria-describedby="[^"]+"/g)).size).toBe(2);
});

test('everything that comes from outside is escaped', () => {
  const evil = '"><script>alert(1)</script>';
  const html = page(
    <Form action="/x" hidden={{ token: evil }}>
      <TextField name="site" label={evil} hint={evil} value={evil} />
      <Plate heading={evil} site={evil} />
      <SystemIdLines lines={[evil]} />
    </Form>,
    { heading: evil, problems: [{ field: 'site', text: evil }] },
  );
  expect(html.match(/<script/g)).toEqual(['<script']); // the islands' own
  expect(html).not.toContain('"><script>alert');
});

test('Log off is a button that posts, not a link', () => {
  const nav = { label: 'Portal', items: [{ href: '/log-off', text: 'Log off', posts: { token: 't' } }] };
  expect(page(null, { nav })).toContain(
    '<form method="post" action="/log-off"><input type="hidden" name="token" value="t"/><button class="plain">Log off',
  );
});

test('the page where one is, is marked', () => {
  const items = [
    { href: '/', text: 'Overview' },
    { href: '/register', text: 'Register' },
  ];
  const html = page(null, { nav: { label: 'Portal', items, current: '/register' } });
  expect(html.match(/aria-current="page">[^<]+/g)).toEqual(['aria-current="page">Register']);
});

test('a list of one page has no pages to turn', () => {
  expect(page(<Pages page={1} last={1} href={String} />)).not.toContain('class="pages"');
});

test('pages name the first, the last, and the neighbours', () => {
  const html = page(<Pages page={4} last={9} href={(at) => `?page=${at}`} />);
  expect(html.match(/aria-label="Page [^"]+"/g)).toEqual([
    'aria-label="Page 1"',
    'aria-label="Page 3"',
    'aria-label="Page 4"',
    'aria-label="Page 5"',
    'aria-label="Page 9, the last"',
  ]);
});

test.each(Object.entries(gallery))('%s has one heading, no inline style and no inline script', (_, vnode) => {
  const html = render(vnode);
  expect(html.match(/<h1/g)).toHaveLength(1);
  expect(html).not.toMatch(/ style=| on[a-z]+="|<style|javascript:/);
  expect(html.match(/<script[^>]*>/g)).toEqual([expect.stringMatching(/^<script type="module" src="\/static\//)]);
});
