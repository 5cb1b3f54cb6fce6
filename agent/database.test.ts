// The database under the pages: backed up, restored, deleted, moved, and replaced by hand while the agent runs.

import { copyFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newFolder } from '../test/support/folders.ts';
import { headingOf, type Page, textOf } from '../test/support/http.ts';
import { type PortalSide, portalSide } from '../test/support/portal-side.ts';
import { PASSWORD, type Site, startSite, Visitor } from '../test/support/site.ts';
import { newIdentity } from './new-identity.ts';

let portal: PortalSide;
const open: Site[] = [];

beforeAll(async () => {
  portal = await portalSide();
});
beforeEach(() => {
  portal.heard.length = 0;
  portal.requests.length = 0;
});
afterEach(() => Promise.all(open.splice(0).map((site) => site.close())));
afterAll(() => portal.close());

async function newSite(changes: Parameters<typeof startSite>[1] = {}) {
  const site = await startSite(portal, changes);
  open.push(site);
  const visitor = new Visitor(site);
  await visitor.logOn();
  return { site, visitor, file: join(site.folder, 'server.sqlite'), systemId: await visitor.systemId() };
}

/** A server that shows its registration. */
async function registeredSite(changes: Parameters<typeof startSite>[1] = {}) {
  const made = await newSite(changes);
  await made.visitor.register();
  const request = portal.requests.at(-1)?.request.n;
  await made.visitor.open(`/registration/back?record=${await portal.record(made.systemId, { request })}`);
  expect(await made.visitor.registeredTo()).toMatchObject({ state: 'registered' });
  return made;
}

const short = (id: string) => `${id.slice(0, 5)}-${id.slice(5, 10)}`;
const textIn = async (page: Page | Promise<Page>) => textOf((await page).html);

describe('Delete database', () => {
  const deleteOf = async (visitor: Visitor, server: string) =>
    visitor.press(await visitor.open('/database/delete'), 'Delete database', { server });

  test('asks for the name of the server, exactly', async () => {
    const { visitor, systemId } = await newSite();
    const page = await deleteOf(visitor, 'hn-a-es01');
    expect(textOf(page.html)).toContain('Type HN-A-ES01 exactly.');
    expect(page.html).toContain('value="hn-a-es01"');
    expect(await visitor.systemId()).toBe(systemId);
  });

  test('leaves a new system that looks unregistered and knows the old one', async () => {
    const { visitor, systemId } = await registeredSite();
    const page = await deleteOf(visitor, 'HN-A-ES01');
    const now = await visitor.systemId();
    expect(headingOf(page)).toBe('The database is new');
    expect(textOf(page.html)).toContain(`New System Identifier ${short(now)}. The old one was ${short(systemId)}.`);
    expect(await visitor.registeredTo()).toEqual({
      state: 'database-new',
      text: ['This system has a new System Identifier.', 'It may already have a registration.'],
    });
    expect(await textIn(visitor.open('/register'))).toContain('Do not register it as new.');
    expect(await textIn(visitor.open('/registration'))).toContain(`${short(systemId)} until`);
  });

  test('leads on to the portal with one click, under the instance key of before', async () => {
    const { visitor } = await registeredSite();
    const before = portal.requests.at(-1)?.request.instance;
    const arrived = await visitor.press(
      await deleteOf(visitor, 'HN-A-ES01'),
      'Associate it with the existing registration',
    );
    expect(arrived.url).toBe(`${portal.url}/arrived`);
    const { request, systemId } = portal.requests.at(-1) ?? {};
    expect(systemId).toBe(await visitor.systemId());
    expect(request?.instance).toBe(before);
    expect(request?.registration).toBeUndefined();
  });

  test('without instance.json there is no claim to be the same installation', async () => {
    const { visitor, site } = await registeredSite();
    const before = portal.requests.at(-1)?.request.instance;
    rmSync(join(site.folder, 'instance.json'));
    await visitor.press(await deleteOf(visitor, 'HN-A-ES01'), 'Associate it');
    expect(portal.requests.at(-1)?.request.instance).not.toBe(before);
  });

  test('makes the first administrator again; whoever else was logged on is not any more', async () => {
    const { visitor, site } = await newSite();
    const other = new Visitor(site);
    await other.logOn();
    await deleteOf(visitor, 'HN-A-ES01');
    expect(headingOf(await other.open('/database'))).toBe('Log on');
    expect(headingOf(await other.logOn())).toBe('Register this system');
    expect(headingOf(await visitor.open('/database'))).toBe('Database');
  });

  test('says where the password stands that nobody chose', async () => {
    const folder = newFolder();
    const site = await startSite(portal, { folder, adminPassword: undefined });
    open.push(site);
    const visitor = new Visitor(site);
    const passwordFile = join(folder, 'initial-password');
    await visitor.open('/');
    const first = readFileSync(passwordFile, 'utf8').trim();
    await visitor.press(await visitor.open('/'), 'Log on', { user: 'admin', password: first });
    const page = await deleteOf(visitor, 'HN-A-ES01');
    expect(textOf(page.html)).toContain(passwordFile);
    expect(readFileSync(passwordFile, 'utf8').trim()).not.toBe(first);
  });
});

describe('A database that changes by hand while the agent runs', () => {
  test('deleted: the server is a new system at once, without a restart', async () => {
    const { visitor, file, systemId } = await registeredSite();
    rmSync(file);
    expect(await visitor.registeredTo()).toMatchObject({ state: 'database-new' });
    expect(await visitor.systemId()).not.toBe(systemId);
    expect(headingOf(await visitor.open('/registration'))).toBe('Log on');
    expect(headingOf(await visitor.logOn())).toBe('Register this system');
  });

  test('replaced by an older copy of itself: it goes on as that', async () => {
    const { visitor, file, systemId, site } = await newSite();
    copyFileSync(file, join(site.folder, 'copy'));
    await visitor.register();
    const request = portal.requests.at(-1)?.request.n;
    await visitor.open(`/registration/back?record=${await portal.record(systemId, { request })}`);
    expect(await visitor.registeredTo()).toMatchObject({ state: 'registered' });
    copyFileSync(join(site.folder, 'copy'), file);
    expect(await visitor.registeredTo()).toMatchObject({ state: 'unregistered' });
    expect(await visitor.systemId()).toBe(systemId);
  });

  test('by one from another machine: it shows no registration, sends nothing, and asks which system it is', async () => {
    const original = await registeredSite();
    await original.site.close();
    const { visitor, file } = await newSite();
    copyFileSync(original.file, file);
    expect(await visitor.registeredTo()).toEqual({
      state: 'moved-or-copied',
      text: ['This database came from another machine.', 'An administrator must say which system this is.'],
    });
    const asked = await visitor.logOn();
    expect(headingOf(asked)).toBe('Which system is this?');
    portal.heard.length = 0;
    for (const page of ['/register', '/registration', '/what-we-send', '/database/new']) {
      expect(headingOf(await visitor.open(page))).toBe('Which system is this?');
    }
    await visitor.browser.submit(asked, { action: '/registration/check-now', method: 'post' }, new URLSearchParams());
    expect(portal.heard).toEqual([]);
    expect(asked.html).not.toContain('checked');
    expect(await textIn(visitor.press(asked, 'Continue'))).toContain('Choose which system this is.');
  });

  test('answered with *replaces*, it keeps the System ID and shows the registration again', async () => {
    const original = await registeredSite();
    const { visitor, file } = await newSite();
    copyFileSync(original.file, file);
    await visitor.press(await visitor.logOn(), 'Continue', { which: 'replaces' });
    expect(await visitor.systemId()).toBe(original.systemId);
    expect(await visitor.registeredTo()).toMatchObject({ state: 'registered' });
  });

  test('answered with *another system*, it has a System ID of its own', async () => {
    const original = await registeredSite();
    const { visitor, file } = await newSite();
    copyFileSync(original.file, file);
    await visitor.press(await visitor.logOn(), 'Continue', { which: 'another' });
    expect(await visitor.systemId()).not.toBe(original.systemId);
    expect(await visitor.registeredTo()).toMatchObject({ state: 'database-new' });
  });

  test('replaced by something unreadable: every page says so, and a good file heals it', async () => {
    const { visitor, file, systemId, site } = await newSite();
    copyFileSync(file, join(site.folder, 'copy'));
    writeFileSync(file, 'x'.repeat(5000));
    for (const path of ['/', '/registration', '/registered-to', '/healthz']) {
      const page = await visitor.open(path);
      expect(page.status).toBe(503);
      expect(headingOf(page)).toBe('The database of this server cannot be read');
    }
    expect(readFileSync(file, 'utf8')).toBe('x'.repeat(5000));
    copyFileSync(join(site.folder, 'copy'), file);
    expect(await visitor.systemId()).toBe(systemId);
  });

  test('given a new identity by a tool: the server is another system at once, and its page says why', async () => {
    const { visitor, site, systemId } = await registeredSite();
    newIdentity(site.folder, { reason: 'Golden image', machine: ['machine-id:here'] });
    expect(await visitor.systemId()).not.toBe(systemId);
    expect(await visitor.registeredTo()).toMatchObject({ state: 'database-new' });
    expect(await textIn(visitor.open('/registration'))).toContain('(Golden image)');
  });

  test('instance.json deleted: nobody is asked anything, and the registration stays', async () => {
    const { visitor, site } = await registeredSite();
    rmSync(join(site.folder, 'instance.json'));
    expect(await visitor.registeredTo()).toMatchObject({ state: 'registered' });
    expect(statSync(join(site.folder, 'instance.json')).mode & 0o777).toBe(0o600);
  });
});

describe('Back up and restore', () => {
  /** The file that the page's form gives. */
  async function backupOf(site: Site, fields: Record<string, string> = {}): Promise<Uint8Array> {
    const cookie = await cookieOf(site);
    const body = new URLSearchParams(fields);
    const response = await fetch(`${site.url}/database/backup`, { method: 'POST', body, headers: { cookie } });
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="HN-A-ES01-.*\.sqlite"$/);
    return new Uint8Array(await response.arrayBuffer());
  }

  /** Uploads as a form with a file does; the client without script sends none. */
  async function restore(site: Site, visitor: Visitor, content: Uint8Array): Promise<Page> {
    const body = new FormData();
    body.set('backup', new Blob([new Uint8Array(content)]), 'backup.sqlite');
    const headers = { cookie: await cookieOf(site) };
    const response = await fetch(`${site.url}/database/restore`, { method: 'POST', body, headers, redirect: 'manual' });
    const location = response.headers.get('location');
    if (location) return visitor.open(location);
    return { url: response.url, status: response.status, html: await response.text(), headers: response.headers };
  }

  async function cookieOf(site: Site): Promise<string> {
    const body = new URLSearchParams({ user: 'admin', password: PASSWORD });
    const response = await fetch(`${site.url}/log-on`, { method: 'POST', body, redirect: 'manual' });
    return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  }

  test('a backup of this machine is restored without a question; its users log on again', async () => {
    const { site, visitor, systemId } = await registeredSite();
    const backup = await backupOf(site);
    const page = await restore(site, visitor, backup);
    expect(headingOf(page)).toBe('Log on');
    expect(textOf(page.html)).toContain('The database was restored. Log on as a user of the backup.');
    expect(await visitor.systemId()).toBe(systemId);
    expect(await visitor.registeredTo()).toMatchObject({ state: 'registered' });
    await visitor.logOn();
    expect(await textIn(visitor.open('/database'))).toMatch(/Last backup: \d/);
  });

  test('a backup of another machine that this one replaces brings back System ID and registration', async () => {
    const original = await registeredSite();
    const backup = await backupOf(original.site);
    const { site, visitor, systemId } = await newSite();
    const asked = await restore(site, visitor, backup);
    expect(headingOf(asked)).toBe('Which system is this?');
    expect(asked.html).not.toContain('checked');
    expect(await visitor.systemId()).toBe(systemId);
    expect(await textIn(visitor.press(asked, 'Continue'))).toContain('Choose which system this is.');
    await visitor.press(asked, 'Continue', { which: 'replaces' });
    expect(await visitor.systemId()).toBe(original.systemId);
    expect(await visitor.registeredTo()).toMatchObject({ state: 'registered' });
  });

  test('a backup of another machine for another system gives a new System ID', async () => {
    const original = await registeredSite();
    const backup = await backupOf(original.site);
    const { site, visitor, systemId } = await newSite();
    await visitor.press(await restore(site, visitor, backup), 'Continue', { which: 'another' });
    expect([original.systemId, systemId]).not.toContain(await visitor.systemId());
    expect(await visitor.registeredTo()).toMatchObject({ state: 'database-new' });
  });

  test('a template makes each server that takes it a system of its own, without a question', async () => {
    const original = await registeredSite();
    const template = await backupOf(original.site, { 'without-identity': 'yes' });
    const { site, visitor } = await newSite();
    expect(headingOf(await restore(site, visitor, template))).toBe('Log on');
    expect(await visitor.systemId()).not.toBe(original.systemId);
  });

  test('a file that is no backup is refused at its field, and nothing is changed', async () => {
    const { site, visitor, systemId } = await newSite();
    const page = await restore(site, visitor, Buffer.from('not a backup'.repeat(500)));
    expect(page.status).toBe(422);
    expect(textOf(page.html)).toContain('This is not a backup of a server. Nothing was changed.');
    expect(textOf((await restore(site, visitor, new Uint8Array())).html)).toContain('Choose a backup file.');
    expect(await visitor.systemId()).toBe(systemId);
  });

  test('a backup that is no longer kept is asked for again', async () => {
    const { visitor, systemId } = await newSite();
    const page = await visitor.open('/database');
    const fields = new URLSearchParams({ which: 'another', backup: '00000000-0000-0000-0000-000000000000' });
    const after = await visitor.browser.submit(page, { action: '/database/restore/answer', method: 'post' }, fields);
    expect(textOf(after.html)).toContain('Choose the file again. Nothing was changed.');
    expect(await visitor.systemId()).toBe(systemId);
  });
});

describe('Log on', () => {
  test('everything that makes or takes a document needs somebody who is logged on', async () => {
    const { site } = await newSite();
    const stranger = new Visitor(site);
    const pages = [
      '/register',
      '/offline',
      '/offline/request',
      '/offline/registered',
      '/portal',
      '/registration',
      '/registration/back?record=x',
      '/what-we-send',
    ];
    for (const path of [...pages, '/database', '/database/delete', '/database/new', '/which-system']) {
      expect(headingOf(await stranger.open(path)), path).toBe('Log on');
    }
    const forms = [
      '/register/now',
      '/register/later',
      '/registration/check-now',
      '/registration/offer',
      '/offline/code',
      '/offline/file',
      '/offline/details',
      '/portal/bundle',
      '/portal/trust',
      '/database/backup',
    ];
    for (const path of [
      ...forms,
      '/registration/ask-again',
      '/database/restore/answer',
      '/database/delete',
      '/which-system',
    ]) {
      const page = await stranger.open('/');
      const after = await stranger.browser.submit(page, { action: path, method: 'post' }, new URLSearchParams());
      expect(headingOf(after), path).toBe('Log on');
    }
  });

  test('the logon page, the System Identifier, privacy and help are open to everybody', async () => {
    const { site } = await newSite();
    const stranger = new Visitor(site);
    for (const path of [
      '/',
      '/system-identifier',
      '/privacy',
      '/help',
      '/help/online-registration',
      '/registered-to',
      '/healthz',
    ]) {
      expect((await stranger.open(path)).status, path).toBe(200);
    }
  });

  test('a wrong user, password or domain gets one and the same sentence', async () => {
    const { site } = await newSite();
    const tries: Record<string, string>[] = [{ user: 'nobody' }, { password: 'wrong' }, { domain: 'elsewhere' }];
    for (const wrong of tries) {
      const stranger = new Visitor(site);
      const fields = { user: 'admin', password: PASSWORD, ...wrong };
      const page = await stranger.press(await stranger.open('/'), 'Log on', fields);
      expect(page.status).toBe(401);
      expect(textOf(page.html)).toContain('The user name, password or domain is not correct.');
      expect(page.html).toContain('<title>Error: Log on – HN-A-ES01</title>');
    }
  });

  test('the name of the server is its domain', async () => {
    const { site } = await newSite();
    const somebody = new Visitor(site);
    const fields = { user: 'Admin', password: PASSWORD, domain: 'hn-a-es01' };
    expect(headingOf(await somebody.press(await somebody.open('/'), 'Log on', fields))).toBe('Register this system');
  });

  test('who guesses has to wait', async () => {
    const { site } = await newSite();
    const stranger = new Visitor(site);
    const page = await stranger.open('/');
    for (let i = 0; i < 7; i++) await stranger.press(page, 'Log on', { user: 'admin', password: 'wrong' });
    const waits = await Promise.all(
      Array.from({ length: 5 }, () => stranger.press(page, 'Log on', { user: 'admin', password: 'wrong' })),
    );
    expect(waits.map(({ status }) => status)).toContain(429);
  });

  test('a form of another site does nothing', async () => {
    const { visitor, site, systemId } = await newSite();
    const evil = { url: 'http://evil.example/', status: 200, html: '', headers: new Headers() };
    const form = { action: `${site.url}/database/delete`, method: 'post' };
    const page = await visitor.browser.submit(evil, form, new URLSearchParams({ server: 'HN-A-ES01' }));
    expect(page.status).toBe(403);
    expect(headingOf(page)).toBe('This form came from another site');
    expect(await visitor.systemId()).toBe(systemId);
  });
});
