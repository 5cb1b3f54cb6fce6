import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSession } from '../portal/operations/sessions.ts';
import type { Cast } from '../portal/seed.ts';
import { startBrowser } from './support/browser.ts';
import { textOf } from './support/http.ts';
import { PASSWORD } from './support/pages.ts';
import {
  rebuilt,
  registered,
  requestOf,
  systemIdsOf,
  type TestPortal,
  testCast,
  testPortal,
  testServer,
} from './support/portal.ts';
import { type TestDatabase, testDatabase } from './support/postgres.ts';
import { freePort, type Program, portalProgram } from './support/processes.ts';
import { until } from './support/until.ts';

/**
 * The files of `deploy/` in front of two portal processes, as the programs read them that they are for. Only ports, names
 * and the certificate are others. Debian has both: `apt-get install nginx caddy`.
 */

const SITE = 'Hospital North, Building A';
const REQUESTS_PER_MINUTE = 40;

interface Ports {
  tls: number;
  plain: number;
  portals: [number, number];
}

const nginx = {
  program: 'nginx',
  version: '-v',
  args: (folder: string) => ['-e', 'stderr', '-p', folder, '-c', `${folder}/main.conf`],
  write(folder: string, { tls, plain, portals }: Ports): void {
    const site = changed(read('deploy/nginx.conf'), [
      ['127.0.0.1:8080', `127.0.0.1:${portals[0]}`],
      ['127.0.0.1:8082', `127.0.0.1:${portals[1]}`],
      ['listen 443 ssl', `listen 127.0.0.1:${tls} ssl`],
      ['listen [::]:443 ssl', `listen [::1]:${tls} ssl`],
      ['listen 80', `listen 127.0.0.1:${plain}`],
      ['listen [::]:80', `listen [::1]:${plain}`],
      ['portal.example;', 'localhost;'],
      ['/etc/letsencrypt/live/portal.example/fullchain.pem', `${folder}/certificate.pem`],
      ['/etc/letsencrypt/live/portal.example/privkey.pem', `${folder}/key.pem`],
      ['/var/log/nginx/error.log', `${folder}/error.log`],
    ]);
    const own = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((of) => `${of}_temp_path ${folder}/${of};`);
    const http = `http { ${own.join(' ')} include site.conf; }`;
    writeFileSync(`${folder}/site.conf`, site);
    writeFileSync(`${folder}/main.conf`, `daemon off; master_process off; pid ${folder}/pid; events {} ${http}`);
  },
};

const caddy = {
  program: 'caddy',
  version: 'version',
  args: (folder: string) => ['run', '--adapter', 'caddyfile', '--config', `${folder}/Caddyfile`],
  write(folder: string, { tls, plain, portals }: Ports): void {
    const site = changed(read('deploy/Caddyfile'), [
      ['127.0.0.1:8080', `127.0.0.1:${portals[0]}`],
      ['127.0.0.1:8082', `127.0.0.1:${portals[1]}`],
      ['{\n', `{\nadmin off\nskip_install_trust\nhttp_port ${plain}\nhttps_port ${tls}\n`],
      ['portal.example {\n', `localhost {\ntls ${folder}/certificate.pem ${folder}/key.pem\n`],
    ]);
    writeFileSync(`${folder}/Caddyfile`, site);
  },
};

/** With these in place of those; each has to be there. */
function changed(text: string, changes: [string, string][]): string {
  return changes.reduce((before, [from, to]) => {
    if (!before.includes(from)) throw new Error(`There is no "${from}" to change.`);
    return from === '{\n' ? before.replace(from, to) : before.replaceAll(from, to);
  }, text);
}

function read(file: string): string {
  return readFileSync(path.join(import.meta.dirname, '..', file), 'utf8');
}

const runs = (program: string, version: string) => spawnSync(program, [version]).status === 0;
const isThere = ({ program, version }: typeof nginx) => runs(program, version) && runs('openssl', 'version');

describe.each([nginx, caddy])('$program', (proxy) => {
  // What is not installed is named among what was skipped.
  describe.skipIf(!isThere(proxy))('in front of two portal processes', () => {
    let database: TestDatabase;
    let portal: TestPortal;
    let cast: Cast;
    let programs: [Program, Program];
    let running: ChildProcess;
    let browser: Browser;
    let folder: string;
    let ports: Ports;
    let url: string;
    let log = '';

    beforeAll(async () => {
      database = await testDatabase();
      folder = mkdtempSync(path.join(tmpdir(), 'datestone-proxy-'));
      ports = { tls: await freePort(), plain: await freePort(), portals: [await freePort(), await freePort()] };
      url = `https://localhost:${ports.tls}`;
      portal = await testPortal(database.db, url);
      portal.now = () => new Date();
      cast = await testCast(portal);
      const started = ports.portals.map((port) => startedPortal(port));
      programs = (await Promise.all(started)) as [Program, Program];
      browser = await startBrowser();
      makeCertificate();
      proxy.write(folder, ports);
      startProxy();
      await until(`${proxy.program} to answer`, () =>
        ask('/readyz').then(
          ({ status }) => status === 200,
          () => false,
        ),
      );
    });
    afterAll(async () => {
      if (running?.exitCode === null) {
        running.kill('SIGKILL');
        await once(running, 'exit');
      }
      await browser?.close();
      await Promise.all((programs ?? []).map((program) => program.kill()));
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    });

    async function startedPortal(port: number): Promise<Program> {
      const env = {
        DATESTONE_PORTAL_URL: url,
        DATESTONE_PORTAL_NAME: 'Test portal',
        DATESTONE_REQUESTS_PER_MINUTE: `${REQUESTS_PER_MINUTE}`,
        DATESTONE_METRICS_PORT: `${await freePort()}`,
      };
      return (await portalProgram({ databaseUrl: database.url, data: folder, port, env })).start();
    }

    function makeCertificate(): void {
      const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${folder}/key.pem`];
      const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-days', '2'];
      const made = spawnSync('openssl', ['req', '-x509', ...key, ...subject, '-out', `${folder}/certificate.pem`], {
        encoding: 'utf8',
      });
      if (made.status !== 0) throw new Error(`There is no certificate: ${made.stderr}`);
    }

    function startProxy(): void {
      mkdirSync(`${folder}/home`);
      running = spawn(proxy.program, proxy.args(folder), {
        env: { PATH: process.env['PATH'], HOME: `${folder}/home` },
      });
      running.stderr?.on('data', (text) => {
        log += text;
      });
    }

    interface Asked {
      method?: string;
      headers?: IncomingHttpHeaders;
      body?: string | Buffer;
      /** From which address of this machine. */
      from?: string;
      port?: number;
    }

    interface Answered {
      status: number;
      headers: IncomingHttpHeaders;
      text: string;
    }

    /** One request, of which nothing is followed. */
    function ask(where: string, { method, headers, body, from, port = ports.tls }: Asked = {}): Promise<Answered> {
      const send = port === ports.plain ? overHttp : overHttps;
      const to = { host: '127.0.0.1', servername: 'localhost', port, path: where, agent: false };
      const host = `localhost:${port}`;
      const how = { method, headers: { host, ...headers }, localAddress: from, rejectUnauthorized: false };
      return new Promise((resolve, reject) => {
        send({ ...to, ...how }, async (answer) => {
          let text = '';
          for await (const part of answer.setEncoding('utf8')) text += part;
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
        })
          .on('error', reject)
          .end(body);
      });
    }

    const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

    test('a person comes over plain http, and is sent on to https', async () => {
      const answer = await ask('/systems?q=a', { port: ports.plain });
      expect([301, 308]).toContain(answer.status);
      expect(answer.headers.location).toMatch(/^https:\/\/localhost(:\d+)?\/systems\?q=a$/);
      expect((await ask('/log-on')).headers['strict-transport-security']).toContain('max-age=31536000');
    });

    test('a request is carried by the browser, and associated at the one that is left when the other is killed', async () => {
      const before = testServer();
      const registration = await registered(portal, cast.integrator, before, { site: SITE });
      const after = rebuilt(before);
      const context = await browser.newContext({ ignoreHTTPSErrors: true });
      const page = await context.newPage();
      await carry(page, await requestOf(portal, after, { returnTo: 'http://hn-a-es01.example/registration/back' }));
      expect(await page.innerText('main')).toContain('You came from HN-A-ES01');
      await page.fill('[name=email]', cast.integrator.email);
      await page.fill('[name=password]', PASSWORD);
      await page.click('button:has-text("Log on")');
      await page.click('button:has-text("Proceed")');
      const cookies = await context.cookies();
      expect(cookies.map(({ name }) => name).sort()).toEqual([
        `__Host-datestone-portal-${ports.tls}-carrier`,
        `__Host-datestone-portal-${ports.tls}-session`,
      ]);
      for (const cookie of cookies) {
        expect(cookie).toMatchObject({ secure: true, httpOnly: true, path: '/', domain: 'localhost' });
        expect(cookie.sameSite).toBe(cookie.name.endsWith('session') ? 'Lax' : 'None');
      }
      await page.check('[name=how][value=associate]');
      await page.click('button:has-text("Continue")');
      await page.click(`button:has-text("Select ${SITE}"), a:has-text("Select ${SITE}")`);
      await programs[0].kill();
      // Of so many forms some are offered to the one that is gone. What a browser is sent on to, it sends again.
      const send = () => ask('/requests', { method: 'POST', headers: FORM, body: 'request=x' });
      const answers = await Promise.all(Array.from({ length: 12 }, send));
      expect(answers.map(({ status }) => status).filter((status) => status >= 500)).toEqual([]);
      await page.click('button:has-text("Associate")');
      expect(await page.innerText('h1')).toBe(`${SITE} now has the new System ID`);
      expect(page.url().startsWith(`${url}/`)).toBe(true);
      expect((await systemIdsOf(portal, registration)).current).toEqual([after.keys.systemId]);
      await programs[0].start();
      await context.close();
    });

    /** As a server's page at another site does. */
    async function carry(page: Page, document: string): Promise<void> {
      await page.setContent(
        `<form method="post" action="${url}/requests"><input name="request"><button>Go</button></form>`,
      );
      await page.fill('input', document);
      await page.click('button');
      await page.waitForURL(`${url}/**`);
    }

    test('a file of 32 MB arrives, and what is larger is told so in words of the portal', async () => {
      const cookie = `__Host-datestone-portal-${ports.tls}-session=${await startSession(portal, cast.integrator.id)}`;
      const upload = async (megabytes: number) => {
        const form = new FormData();
        form.set('file', new File([Buffer.alloc(megabytes * 1024 * 1024, 'x\n')], 'sites.csv'));
        const sent = new Response(form);
        const headers = { cookie, origin: url, 'content-type': sent.headers.get('content-type') ?? '' };
        return ask('/prepare/import', { method: 'POST', headers, body: Buffer.from(await sent.arrayBuffer()) });
      };
      const taken = await upload(31);
      expect([taken.status, textOf(taken.text)]).toEqual([422, expect.stringContaining('These columns are missing')]);
      const large = await upload(33);
      expect([large.status, textOf(large.text)]).toEqual([
        422,
        expect.stringContaining('The file is larger than 32 MB.'),
      ]);
    });

    test('a check-in as large as one may be is read by the portal', async () => {
      const headers = { 'content-type': 'application/jose' };
      const answer = await ask('/check-ins', { method: 'POST', headers, body: 'x'.repeat(1_400_000) });
      expect(JSON.parse(answer.text)).toMatchObject({ code: 'check-in-damaged' });
    });

    test('who asks is known by the address that they come from, whatever they say of it', async () => {
      const send = (n: number, from: string) => {
        const headers = { ...FORM, 'x-forwarded-for': `10.1.${n >> 8}.${n & 255}`, forwarded: `for=10.2.0.${n & 255}` };
        return ask('/requests', { method: 'POST', headers, body: 'request=x', from });
      };
      const answers: number[] = [];
      for (let n = 0; n < 3 * REQUESTS_PER_MINUTE; n++) answers.push((await send(n, '127.0.0.2')).status);
      expect(answers.filter((status) => status === 429).length).toBeGreaterThan(REQUESTS_PER_MINUTE / 2);
      // Of a neighbour nothing was counted.
      expect((await send(1, '127.0.0.3')).status).not.toBe(429);
    });

    test('what counts for Prometheus is not behind the address of the pages', async () => {
      expect((await ask('/metrics')).status).toBe(404);
    });

    test('no address of a page is written down, also while no portal answers', async () => {
      const secret = 'a-token-that-stands-in-a-mail';
      expect((await ask(`/create-account/link/${secret}`)).status).toBe(410);
      await Promise.all(programs.map((program) => program.kill()));
      expect((await ask(`/create-account/link/${secret}`)).status).toBeGreaterThanOrEqual(502);
      const written = proxy === nginx ? readFileSync(`${folder}/error.log`, 'utf8') : '';
      expect(log + written).not.toContain(secret);
    });
  });
});
