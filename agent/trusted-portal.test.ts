// The portal that a server trusts: a newer bundle of it, another one after a person compared, and what stays.

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { toBase64url } from '../core/bytes.ts';
import { ed25519PublicKey, randomBytes, x25519PublicKey } from '../core/crypto.ts';
import { recordKeyId } from '../core/documents/bundle.ts';
import { makeAnswer } from '../core/documents/check-in.ts';
import { fingerprintLines } from '../core/fingerprint.ts';
import { newFolder } from '../test/support/folders.ts';
import { headingOf, textOf } from '../test/support/http.ts';
import { type PortalSide, portalSide } from '../test/support/portal-side.ts';
import { type Site, startSite, Visitor } from '../test/support/site.ts';

let portal: PortalSide;
let stranger: PortalSide;
const open: Site[] = [];

beforeAll(async () => {
  [portal, stranger] = await Promise.all([portalSide(), portalSide()]);
});
beforeEach(() => {
  portal.says(async () => ({}));
  portal.heard.length = 0;
});
afterEach(() => Promise.all(open.splice(0).map((site) => site.close())));
afterAll(() => Promise.all([portal.close(), stranger.close()]));

async function newSite(changes: Parameters<typeof startSite>[1] = {}) {
  const site = await startSite(portal, changes);
  open.push(site);
  const visitor = new Visitor(site);
  await visitor.logOn();
  const bring = async (bundle: string, at: '/portal' | '/offline' = '/portal') =>
    at === '/portal'
      ? visitor.browser.upload(await visitor.open(at), 'Load bundle', 'bundle', new File([bundle], 'portal.bundle'))
      : visitor.browser.upload(await visitor.open(at), 'Load file', 'file', new File([bundle], 'portal.bundle'));
  const enter = async (code: string) => visitor.press(await visitor.open('/offline'), 'Enter code', { code });
  return { site, visitor, bring, enter, systemId: await visitor.systemId() };
}

const trust = async ({ bring, visitor }: Awaited<ReturnType<typeof newSite>>, other: PortalSide) =>
  visitor.press(await bring(readFileSync(other.bundleFile, 'utf8')), 'Trust this portal', { compared: 'yes' });
const plate = async (visitor: Visitor) => (await visitor.registeredTo()).state;
const newCodeKeys = () => Array.from({ length: 8 }, () => toBase64url(x25519PublicKey(randomBytes(32))));

test('the page shows name, address, and the fingerprint in groups', async () => {
  const { visitor } = await newSite();
  const page = await visitor.follow(await visitor.open('/registration'), 'Portal');
  const lines = fingerprintLines(portal.bundle.fingerprint);
  for (const words of ['Test portal', portal.url, ...lines]) {
    expect(textOf(page.html)).toContain(words);
  }
});

describe('A bundle of the portal that is trusted', () => {
  test('is taken at once if it is newer, on this page and where records are loaded, and stays through a restart', async () => {
    const folder = newFolder();
    const { site, visitor, bring } = await newSite({ folder });
    const page = await bring(await portal.bundleWith({ version: 2, name: 'Second' }));
    expect(textOf(page.html)).toContain('The newer bundle of this portal is in use.');
    expect(textOf(page.html)).toContain('Second');
    await bring(await portal.bundleWith({ version: 3, name: 'Third' }), '/offline');
    rmSync(join(folder, 'server.sqlite'));
    await visitor.logOn();
    expect(textOf((await visitor.open('/portal')).html)).toContain('Third');
    await site.close();
    const again = await newSite({ folder });
    expect(textOf((await again.visitor.open('/portal')).html)).toContain('Third');
  });

  test('comes with the answer to a check-in, too', async () => {
    const { visitor } = await newSite();
    portal.says(async () => ({ bundle: await portal.bundleWith({ version: 7, name: 'By check-in' }) }));
    await visitor.checkNow();
    expect(textOf((await visitor.open('/portal')).html)).toContain('By check-in');
    portal.says(async () => ({ bundle: readFileSync(stranger.bundleFile, 'utf8') }));
    await visitor.checkNow();
    expect(textOf((await visitor.open('/portal')).html)).toContain('By check-in');
  });

  test('comes with an answer under a record key that only it names: by its root, and by nothing else', async () => {
    const { visitor } = await newSite();
    const secret = randomBytes(32);
    const key = ed25519PublicKey(secret);
    const kid = recordKeyId(key);
    const changes = { version: 8, name: 'New record key', record_keys: [{ kid, x: toBase64url(key) }] };
    const answering = (bundle: string) =>
      portal.says(async ({ systemId, checkIn: { n } }, response) => {
        const answer = { aud: systemId, n, token: 'next', next_check_in: 3600, bundle };
        response.setHeader('content-type', 'application/jose').end(await makeAnswer(answer, { kid, secret }));
        return 'answered-otherwise';
      });
    answering(await stranger.bundleWith(changes));
    await visitor.checkNow();
    expect(textOf((await visitor.open('/registration')).html)).toContain('did not go through');
    expect(textOf((await visitor.open('/portal')).html)).not.toContain('New record key');
    answering(await portal.bundleWith(changes));
    await visitor.checkNow();
    expect(textOf((await visitor.open('/registration')).html)).not.toContain('did not go through');
    expect(textOf((await visitor.open('/portal')).html)).toContain('New record key');
  });

  test('that is the same or older changes nothing, and says so', async () => {
    const { bring } = await newSite();
    expect(textOf((await bring(readFileSync(portal.bundleFile, 'utf8'))).html)).toContain('in use already');
    await bring(await portal.bundleWith({ version: 3 }));
    const page = await bring(await portal.bundleWith({ version: 2 }));
    expect(page.status).toBe(422);
    expect(textOf(page.html)).toContain('This bundle is older than the one in use. Nothing was changed.');
  });

  test('that raises the lowest code key retires codes; one with other code keys begins anew', async () => {
    const { bring, enter, systemId, visitor } = await newSite();
    await enter(portal.code(systemId, { keyId: 3 }));
    await bring(await portal.bundleWith({ version: 2, min_code_key: 6 }));
    const retired = 'The portal no longer uses the key of this code.';
    expect(textOf((await enter(portal.code(systemId, { keyId: 5, sequence: 2 }))).html)).toContain(retired);
    const page = await bring(await portal.bundleWith({ version: 3, code_keys: newCodeKeys() }));
    expect(textOf(page.html)).toContain('The newer bundle');
    // The portal would no longer take this confirmation code, so it is not shown; the registration is.
    expect(textOf((await visitor.open('/registration')).html)).not.toContain('Confirmation code');
    expect(await plate(visitor)).toBe('details-not-loaded');
    await bring(await portal.bundleWith({ version: 4 }));
    expect(textOf((await enter(portal.code(systemId, { keyId: 2, sequence: 2 }))).html)).toContain(retired);
    await bring(
      await portal.bundleWith({
        version: 5,
        code_keys: [...portal.bundle.code_keys].with(7, newCodeKeys()[0] as string),
      }),
    );
    expect(headingOf(await enter(portal.code(systemId, { keyId: 2, sequence: 2 })))).toBe('This system is registered');
  });
});

describe('A root that follows the one of before', () => {
  test('is believed through its chain, and the replaced one says nothing any more', async () => {
    const { bring, visitor } = await newSite();
    const { bundle, replaced } = await portal.successor({ version: 5, name: 'Under a new root' });
    expect(textOf((await bring(bundle)).html)).toContain('Under a new root');
    expect(textOf((await bring(replaced)).html)).toContain('older than the one in use');
    expect(textOf((await visitor.open('/portal')).html)).toContain(fingerprintLines(portal.bundle.fingerprint)[0]);
  });

  test('that the one known here does not lead to is refused, though it names the same fingerprint', async () => {
    const { bring, visitor } = await newSite();
    await bring((await portal.successor({ version: 5, name: 'Under a new root' })).bundle);
    const page = await bring((await portal.successor({ version: 9, name: 'Under a stolen root' })).bundle);
    expect(page.status).toBe(422);
    expect(textOf(page.html)).toContain('The bundle is not signed by the portal that it names. Nothing was changed.');
    expect(textOf((await visitor.open('/portal')).html)).toContain('Under a new root');
  });
});

describe('A bundle of another portal', () => {
  test('is trusted only after a person said that the fingerprint is the same', async () => {
    const { visitor, bring } = await newSite();
    const asked = await bring(readFileSync(stranger.bundleFile, 'utf8'), '/offline');
    const text = textOf(asked.html);
    for (const { bundle } of [portal, stranger]) {
      for (const line of fingerprintLines(bundle.fingerprint)) expect(text).toContain(line);
    }
    const not = await visitor.press(asked, 'Trust this portal');
    expect(not.status).toBe(422);
    expect(textOf(not.html)).toContain('Compare the fingerprint first.');
    expect(textOf((await visitor.open('/portal')).html)).toContain(portal.url);
    const page = await visitor.press(not, 'Trust this portal', { compared: 'yes' });
    expect(textOf(page.html)).toContain('This server trusts Test portal now, and no other portal.');
    expect(textOf((await visitor.open('/portal')).html)).toContain(stranger.url);
  });

  test('counts from then on without a restart: for codes, for requests, and for where a form may lead', async () => {
    const site = await newSite();
    await site.enter(portal.code(site.systemId));
    await trust(site, stranger);
    expect(await plate(site.visitor)).toBe('unregistered');
    expect(textOf((await site.enter(portal.code(site.systemId, { sequence: 2 }))).html)).toContain('another portal');
    expect(headingOf(await site.enter(stranger.code(site.systemId)))).toBe('This system is registered');
    const page = await site.visitor.open('/register');
    expect(page.headers.get('content-security-policy')).toContain(`form-action 'self' ${stranger.url}`);
    expect((await site.visitor.press(page, 'Edit registration')).url).toBe(`${stranger.url}/arrived`);
  });

  test('begins with no numbers, also when it was trusted before', async () => {
    const site = await newSite();
    await site.enter(portal.code(site.systemId, { sequence: 9, keyId: 4 }));
    await trust(site, stranger);
    await trust(site, portal);
    expect(await plate(site.visitor)).toBe('unregistered');
    expect(headingOf(await site.enter(portal.code(site.systemId)))).toBe('This system is registered');
  });

  test('stays through a restart and a deleted database, until another one is installed', async () => {
    const folder = newFolder();
    const site = await newSite({ folder });
    await trust(site, stranger);
    rmSync(join(folder, 'server.sqlite'));
    await site.site.close();
    const again = await newSite({ folder });
    expect(textOf((await again.visitor.open('/portal')).html)).toContain(stranger.url);
    await again.site.close();
    const third = await portalSide();
    const installed = await newSite({ folder, bundle: third.bundle });
    expect(textOf((await installed.visitor.open('/portal')).html)).toContain(third.url);
    await third.close();
  });
});

test('what is no bundle is refused with a sentence, and nothing is changed', async () => {
  const { bring, visitor } = await newSite();
  const bundle = await portal.bundleWith({ version: 2 });
  const [header, payload, signature] = bundle.split('.');
  const damaged = `${header}.${payload}.${signature?.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))}`;
  const cases = [
    ['Dear diary', 'This is not the bundle of a portal. Nothing was changed.'],
    [damaged, 'The bundle is damaged. Get it again. Nothing was changed.'],
    ['x'.repeat(200_000), 'The file is larger than a bundle can be. Nothing was changed.'],
    ['', 'Choose a bundle file.'],
  ] as const;
  for (const [content, words] of cases) expect(textOf((await bring(content)).html)).toContain(words);
  expect(textOf((await visitor.open('/portal')).html)).toContain(portal.url);
});

test('a portal.json that is spoilt is as good as none', async () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'portal.json'), '{"bundle": "');
  const { visitor } = await newSite({ folder });
  expect(textOf((await visitor.open('/portal')).html)).toContain(portal.url);
});
