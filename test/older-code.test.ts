import { expect, onTestFinished, test } from 'vitest';
import type { SystemId } from '../core/system-id.ts';
import { textOf } from './support/http.ts';
import { servePortal, signedIn } from './support/pages.ts';
import { registered, testServer } from './support/portal.ts';
import { startSite, Visitor } from './support/site.ts';

/** A code that is older than what its server knows, though it is the newest that its party has: portal and server, whole. */

const codeOn = ({ html }: { html: string }) =>
  [...html.matchAll(/<li>([0-9A-Z]{5})\s*<\/li>/g)].map(([, group]) => group).join('-');

test('a record brings the number of a stranger’s code: the server says what to do, and a new code is taken', async () => {
  const served = await servePortal();
  onTestFinished(() => served.close());
  const { portal, cast } = served;
  // It has no line: nothing listens where it looks for the portal.
  const site = await startSite({ bundle: { ...portal.keys.bundle, iss: 'http://127.0.0.1:9' } }, { now: portal.now });
  onTestFinished(() => site.close());
  const visitor = new Visitor(site);
  const offline = () => visitor.open('/offline');
  const server = { ...testServer(), keys: { ...testServer().keys, systemId: (await visitor.systemId()) as SystemId } };

  const registration = await registered(portal, cast.integrator, testServer(), { site: 'Plant room' });
  const elsewhere = await registered(portal, cast.stranger, testServer(), { site: 'Elsewhere' });
  portal.pass(7 * 24);
  const person = await signedIn(served, cast.integrator);
  const list = await person.press(await person.type(server, 'new-id'), 'Proceed');
  const done = await person.press(await person.get(`${list.url}/${registration}`), 'Associate');
  const first = codeOn(done);

  // Somebody has photographed the System ID, and claims it for a registration of their own.
  const stranger = await signedIn(served, cast.stranger);
  const theirList = await stranger.press(await stranger.type(server, 'new-id'), 'Proceed');
  await stranger.press(await stranger.get(`${theirList.url}/${elsewhere}`), 'Associate');

  const file = await person.browser.follow(done, 'Save file with the registration of Plant room');
  await visitor.logOn();
  const offered = await visitor.browser.upload(await offline(), 'Load file', 'file', new File([file.html], 'a'));
  await visitor.press(offered, 'Show it on this server');
  const older = await visitor.press(await offline(), 'Enter code', { code: first });
  expect(textOf(older.html)).toContain('Get the newest code at the portal.');
  expect(textOf(older.html)).toContain('Is it this one? Choose Make a new Registration code there.');
  expect(textOf((await visitor.follow(older, 'What to do')).html)).toContain('The portal shows this very code');

  const page = await person.get(`/systems/${registration}`);
  expect(codeOn(page)).toBe(first);
  expect(textOf(page.html)).toContain('The code is lost, or too old for the server, or there are no tries left?');
  const anew = await person.press(page, 'Make a new Registration code');
  const taken = await visitor.press(await offline(), 'Enter code', { code: codeOn(anew) });
  expect(textOf(taken.html)).toContain('This system is registered');
  const [, confirmation = ''] = /id="confirmation"[\s\S]*?((?:<li>[0-9A-Z]{5}\s*<\/li>\s*)+)/.exec(taken.html) ?? [];
  const confirmed = await person.press(await person.get(done.url), 'Confirm that the code arrived', {
    confirmation: codeOn({ html: confirmation }),
  });
  expect(textOf(confirmed.html)).toContain('Confirmed by the system');
});
