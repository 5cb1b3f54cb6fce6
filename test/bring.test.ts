import { request as httpRequest, type RequestOptions } from 'node:http';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { peek } from '../core/documents/jws.ts';
import { readRegistrationCode } from '../core/registration-code.ts';
import { linesOf, shortId } from '../core/system-id.ts';
import { LIMITS } from '../portal/files/limits.ts';
import { startSession } from '../portal/operations/sessions.ts';
import type { Account } from '../portal/portal.ts';
import { sql } from '../portal/store/sql.ts';
import { zipOf } from './support/archives.ts';
import { headingOf, type Page, says, textOf } from './support/http.ts';
import { Person, type ServedPortal, servePortal, signedIn } from './support/pages.ts';
import { png, pngOf } from './support/pictures.ts';
import { prepared, registered, requestOf, type TestServer, testPortal, testServer, typed } from './support/portal.ts';
import { testDatabase } from './support/postgres.ts';

/** Requests that come without a line to the server, as people bring them without script: files, pictures, archives. */

let served: ServedPortal;
beforeAll(async () => {
  served = await servePortal({ claimLimit: 1000 });
});
afterAll(() => served.close());

const pathOf = (page: Page) => new URL(page.url).pathname;
const as = (account: Account = served.cast.integrator) => signedIn(served, account);
const saved = (server: TestServer) => requestOf(served.portal, server, { via: 'file' });
const link = (document: string) => `${served.url}/r#${document}`;

async function cookieOf(account: Account): Promise<string> {
  const token = await startSession(served.portal, account.id);
  return `datestone-portal-${new URL(served.url).port}-session=${token}`;
}

type Content = string | Uint8Array;
const file = (name: string, content: Content) =>
  new File([typeof content === 'string' ? content : new Uint8Array(content)], name);

async function upload(person: Person, ...files: [name: string, content: Content][]): Promise<Page> {
  const page = await person.get('/register');
  const all = files.map(([name, content]) => file(name, content));
  return person.browser.upload(page, 'Upload request', 'files', ...all);
}

describe('one request', () => {
  test('a saved request goes the way of a carried one, but it proves nothing', async () => {
    const person = await as();
    const server = testServer('HN-B-ES02');
    const asked = await upload(person, ['HN-B-ES02-request.datestone', `${await saved(server)}\r\n`]);
    expect(headingOf(asked)).toBe('Are you authorised for this system?');
    expect(says(asked)).toContain(
      `Compare ${shortId(server.keys.systemId)} with the screen of the server, or with who gave you the file.`,
    );
    expect(says(asked)).toMatch(/Asked brought as a file or QR code, today .* the system itself has not spoken yet/);
    const question = await person.press(asked, 'Proceed');
    expect(headingOf(question)).toBe('HN-B-ES02 is new to us');
    expect(says(question)).toContain('the server has not confirmed it yet');
  });

  test('so does a picture of its QR code', async () => {
    const person = await as();
    const server = testServer('HN-C-ES03');
    const asked = await upload(person, ['IMG_0042.png', pngOf(link(await saved(server)))]);
    expect(says(asked)).toContain('HN-C-ES03');
  });

  test('*Use another account* takes it along', async () => {
    const person = await as();
    const asked = await upload(person, ['a.datestone', await saved(testServer('HN-D-ES04'))]);
    const logOn = await person.press(asked, 'Use another account');
    const again = await person.logOn(served.cast.stranger, logOn);
    expect([headingOf(again), says(again).includes('HN-D-ES04')]).toEqual([
      'Are you authorised for this system?',
      true,
    ]);
  });

  test('the same again is the same', async () => {
    const person = await as();
    const document = await saved(testServer());
    const [first, second] = [await upload(person, ['a', document]), await upload(person, ['b', document])];
    expect(pathOf(second)).toBe(pathOf(first));
  });
});

describe('what is none is answered in words, and nothing is changed', () => {
  const answers = async (name: string, content: Content) => {
    const answer = await upload(await as(), [name, content]);
    expect([answer.status, headingOf(answer)]).toEqual([422, 'Register a system']);
    return says(answer);
  };

  test.each<[string, string, () => Content | Promise<Content>, string]>([
    ['no file', '', () => '', 'Choose a file.'],
    ['a letter', 'letter.txt', () => 'Dear colleagues', 'letter.txt: This is not a request. Look for a name ending in'],
    ['a half', 'a.datestone', async () => (await saved(testServer())).slice(0, 500), 'The request is damaged.'],
    ['a changed one', 'a.datestone', async () => changed(await saved(testServer())), 'The request is damaged.'],
    ['the bundle', 'b.datestone', () => served.portal.keys.bundleDocument, 'by which a server knows its portal'],
    ['something large', 'a.iso', () => 'x'.repeat(200_000), 'The file is larger than a request can be.'],
    ['too large for any', 'a.iso', () => new Uint8Array(LIMITS.file + 1).fill(120), 'larger than a request can be'],
    [
      'a picture of a wall',
      'w.png',
      () => png(40, 40, Buffer.alloc(41 * 40)),
      'No QR code can be read in this picture.',
    ],
    ['a label', 'l.png', () => pngOf(`${served.url}/systems/12345678`), 'The QR code in this picture leads elsewhere.'],
    [
      'half a picture',
      'p.png',
      async () => pngOf(link(await saved(testServer()))).subarray(0, 50),
      'picture is damaged',
    ],
    ['a huge picture', 'p.png', () => png(60_000, 60_000, Buffer.alloc(9)), 'The picture is larger than we take.'],
    ['another kind of picture', 'p.heic', () => '\0\0\0\x18ftypheic....', 'We read pictures as JPEG and PNG.'],
    ['an empty archive', 'a.zip', () => zipSync({}), 'The archive holds no file.'],
    ['a locked archive', 'a.zip', () => zipOf({ name: 'a', content: strToU8('a'), flags: 1 }), 'without a password'],
    [
      'a way out',
      'a.zip',
      () => zipOf({ name: '../a', content: strToU8('a') }),
      'A name in the archive leads out of it',
    ],
    ['a bomb', 'a.zip', () => zipSync({ zeros: new Uint8Array(LIMITS.file + 1) }), 'The archive holds more than 64 MB'],
  ])('%s', async (_, name, content, sentence) => {
    expect(await answers(name, await content())).toContain(sentence);
  });

  test('another portal’s: the code says whose, the file cannot', async () => {
    const database = await testDatabase();
    const other = await testPortal(database.db, 'https://registration.other.example');
    const document = await requestOf(other, testServer(), { via: 'file' });
    await database.drop();
    const here = new URL(served.url).host;
    expect(await answers('a.datestone', document)).toContain(
      `This request is for another portal; this portal is ${here}. Nothing was changed.`,
    );
    expect(await answers('a.png', pngOf(`https://registration.other.example/r#${document}`))).toContain(
      `This request is for registration.other.example; this portal is ${here}.`,
    );
  });

  test('100 MB are refused before they are read', async () => {
    const answer = await announce(100_000_000);
    expect(answer.status).toBe(413);
    expect(textOf(answer.body)).toContain(
      'That is more than 64 MB at once. Nothing was changed. What a server saves is small',
    );
  });

  test('and so much that does not say how much it is, while it comes', async () => {
    const large = new Uint8Array(LIMITS.file).fill(120);
    const answer = await upload(
      await as(),
      ...Array.from({ length: 5 }, (_, n): [string, Uint8Array] => [`${n}`, large]),
    );
    expect([answer.status, says(answer).includes('That is more than 64 MB at once.')]).toEqual([413, true]);
  });

  test('more files than we take', async () => {
    const many = Array.from({ length: LIMITS.files + 1 }, (_, n): [string, string] => [`${n}.datestone`, 'x']);
    expect(says(await upload(await as(), ...many))).toContain('We take 100 files at once.');
  });

  /** A post that says how long it is, and then sends nothing. */
  async function announce(length: number): Promise<{ status: number; body: string }> {
    const options: RequestOptions = {
      method: 'POST',
      headers: {
        cookie: await cookieOf(served.cast.integrator),
        'content-type': 'multipart/form-data; boundary=x',
        'content-length': length,
      },
    };
    return new Promise((resolve, reject) => {
      const posting = httpRequest(`${served.url}/register/files`, options, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (piece: string) => {
          body += piece;
        });
        response.on('end', () => {
          posting.destroy();
          resolve({ status: response.statusCode ?? 0, body });
        });
      });
      posting.on('error', reject);
      posting.flushHeaders();
    });
  }
});

function changed(document: string): string {
  const [header, payload = '', signature] = document.split('.');
  return [header, `${payload.slice(0, 40)}${payload[40] === 'A' ? 'B' : 'A'}${payload.slice(41)}`, signature].join('.');
}

describe('the page behind a QR code', () => {
  test('says what to do where no script runs', async () => {
    const page = await new Person(served).get('/r');
    expect(headingOf(page)).toBe('The code of your server');
    expect(page.html).not.toMatch(/<p data-part="no-script" hidden/);
    expect(says(page)).toMatch(/This page needs JavaScript .* Other ways Upload the request .* Type the System ID/);
  });

  test('posts the request, which is kept through signing in', async () => {
    const person = new Person(served);
    const server = testServer('HN-E-ES05');
    const page = await person.get('/r');
    const logOn = await person.press(page, 'Continue', { request: await saved(server) });
    expect(says(logOn)).toContain(`You came from HN-E-ES05, System ID ${shortId(server.keys.systemId)}.`);
    const asked = await person.logOn(served.cast.endUser, logOn);
    expect(headingOf(asked)).toBe('Are you authorised for this system?');
    const how = await served.portal.db.rows(
      sql`select how, proven from request where system_id = ${server.keys.systemId}`,
    );
    expect(how).toEqual([{ how: 'file', proven: false }]);
  });

  test('a request that was made for a browser proves nothing when it comes this way', async () => {
    const person = await as();
    const server = testServer();
    const document = await requestOf(served.portal, server);
    await person.press(await person.get('/r'), 'Continue', { request: link(document) });
    const how = await served.portal.db.rows(
      sql`select how, proven from request where system_id = ${server.keys.systemId}`,
    );
    expect(how).toEqual([{ how: 'file', proven: false }]);
  });

  test('what was scanned and is none is refused', async () => {
    const answer = await (await as()).press(await new Person(served).get('/r'), 'Continue', {
      request: 'https://x.example',
    });
    expect(headingOf(answer)).toBe('We cannot read what the server sent');
  });
});

describe('several requests together', () => {
  test('*Use another account* leads to where that one uploads them', async () => {
    const person = await as();
    const files = await Promise.all(
      ['A', 'B'].map(async (name): Promise<[string, string]> => [`${name}.datestone`, await saved(testServer(name))]),
    );
    const page = await upload(person, ...files);
    const logOn = await person.press(page, 'Use another account');
    expect(headingOf(logOn)).toContain('Log on to');
    expect(headingOf(await person.logOn(served.cast.stranger, logOn))).toBe('Register a system');
    const again = await upload(person, ...files);
    expect(headingOf(again)).toBe('2 requests together');
    expect(says(again)).toContain(served.cast.stranger.email);
    expect(headingOf(await person.get(pathOf(page)))).toBe('We no longer hold your request');
  });

  const row = (page: Page, name: string) =>
    [...page.html.matchAll(/<li><div><h3>(.*?)<\/h3>(.*?)<\/li>/gs)]
      .filter(([, heading]) => textOf(heading ?? '') === name)
      .map(([whole]) => textOf(whole));

  test('have one page, one Proceed, and go on one by one; their codes and records come together', async () => {
    const { portal, cast } = served;
    const person = await as();
    const servers = Array.from({ length: 20 }, (_, n) => testServer(`PLANT-${String(n + 1).padStart(2, '0')}`));
    const [first, second, third, fourth, fifth] = servers as [
      TestServer,
      TestServer,
      TestServer,
      TestServer,
      TestServer,
    ];
    await registered(portal, cast.stranger, second, { site: 'Not for others' });
    await registered(portal, cast.integrator, third, { site: 'Mine already' });
    await prepared(portal, cast.integrator, 'Prepared Park', 'PLANT-04');
    const documents = await Promise.all(servers.map(saved));
    const archive = zipSync(
      Object.fromEntries(documents.slice(5).map((document, n) => [`${n}.datestone`, strToU8(document)])),
    );
    const page = await upload(
      person,
      ...documents.slice(0, 4).map((document, n): [string, string] => [`${n}.datestone`, document]),
      ['5.png', pngOf(link(documents[4] ?? ''))],
      ['again.png', pngOf(link(documents[4] ?? ''))],
      ['rest.zip', archive],
      ['letter.txt', 'Dear colleagues'],
    );
    expect(headingOf(page)).toBe('20 requests together');
    expect(says(page)).toContain('1 file holds no request that we can take.');
    expect(row(page, 'letter.txt')).toEqual([expect.stringContaining('This is not a request.')]);
    // Before Proceed nothing is said of any System ID.
    expect(says(page)).not.toMatch(/New to us|Registered|Mine already/);
    expect(row(page, 'PLANT-01')).toEqual([
      `PLANT-01 Enterprise Server 3.2.4.1180 System ID ${shortId(first.keys.systemId)}`,
    ]);

    const list = await person.press(page, 'Proceed with 20 systems');
    expect(pathOf(list)).toBe(pathOf(page));
    expect(row(list, 'PLANT-01')[0]).toMatch(/New to us Associate PLANT-01 ?Register as new PLANT-01$/);
    expect(row(list, 'PLANT-02')[0]).toMatch(/Registered to another account What to do PLANT-02$/);
    expect(row(list, 'PLANT-02')[0]).not.toContain('Not for others');
    expect(row(list, 'PLANT-03')[0]).toMatch(/Registered as Mine already Open PLANT-03$/);
    expect(says(list)).not.toContain('Are you authorised');

    // One is associated, one is registered as new.
    const choices = await person.browser.follow(list, 'Associate PLANT-04');
    const review = await person.press(choices, 'Select Prepared Park');
    const done = await person.press(review, 'Associate the new System ID with Prepared Park');
    const back = await person.get(pathOf(page));
    expect(row(back, 'PLANT-04')[0]).toMatch(/Prepared Park: not yet confirmed by the system Open PLANT-04$/);
    expect(headingOf(await person.browser.follow(back, 'Open PLANT-04'))).toBe(headingOf(done));
    const form = await person.browser.follow(back, 'Register as new PLANT-05');
    expect(headingOf(form)).toBe('Installation and system information');
    await typed(portal, cast.integrator, fifth);

    const answers = await person.get(pathOf(page));
    expect(says(answers)).toContain('1 system has a registration to take there');
    const codes = await person.press(answers, 'Print all codes');
    expect(headingOf(codes)).toBe('Registration codes of 1 system');
    expect(says(codes)).toContain(`Prepared Park PLANT-04, System ID ${shortId(fourth.keys.systemId)}`);
    const written = [...codes.html.matchAll(/<ol class="code"[^>]*>(.*?)<\/ol>/gs)].map(([, code]) =>
      textOf(code ?? ''),
    );
    expect(written.map((code) => readRegistrationCode(code).outcome)).toEqual(['read']);
    // A look at the list makes no other code.
    expect(says(await person.press(answers, 'Print all codes'))).toBe(says(codes));

    const archived = await fetch(`${page.url}/records.zip`, { headers: { cookie: await cookieOf(cast.integrator) } });
    const records = new Uint8Array(await archived.arrayBuffer());
    const files = Object.entries(unzipSync(records)).map(
      ([name, bytes]) => [name, Buffer.from(bytes).toString()] as const,
    );
    expect(files.map(([name]) => name)).toEqual([
      `Prepared-Park-${shortId(fourth.keys.systemId)}-registration.datestone`,
    ]);
    expect(peek(files[0]?.[1].trim() ?? '')?.typ).toBe('datestone-record+jwt');

    // After a day the requests are gone; what came of them is still there.
    portal.pass(25);
    const later = await (await as()).get(pathOf(page));
    expect(row(later, 'PLANT-06')[0]).toMatch(/We no longer hold this request/);
    expect(row(later, 'PLANT-04')[0]).toMatch(/Prepared Park: not yet confirmed/);
    const system = await (await as()).get(pathOf(done).replace(/\/associations.*/, ''));
    expect(system.html).toContain(`href="${pathOf(page)}"`);
  });

  test('all can be cancelled at once', async () => {
    const person = await as();
    const page = await upload(person, ['a', await saved(testServer('X-1'))], ['b', await saved(testServer('X-2'))]);
    expect(headingOf(await person.press(page, 'Cancel'))).toBe('Cancelled');
    const after = await person.get(pathOf(page));
    expect(row(after, 'X-1')[0]).toMatch(/We no longer hold this request/);
    expect(says(after)).not.toContain('Proceed');
  });

  test('are nobody else’s', async () => {
    const page = await upload(await as(), ['a', await saved(testServer('Y-1'))], ['b', await saved(testServer('Y-2'))]);
    for (const path of ['', '/codes', '/records.zip']) {
      const theirs = await (await as(served.cast.stranger)).get(`${pathOf(page)}${path}`);
      expect([headingOf(theirs), theirs.html.includes('Y-1')]).toEqual(['We no longer hold your request', false]);
    }
  });

  test('a System ID that is typed still goes its way', async () => {
    const person = await as();
    const server = testServer();
    const page = await person.get('/register');
    const asked = await person.press(page, 'Continue to register', { id: linesOf(server.keys.systemId).join('\n') });
    expect(headingOf(asked)).toBe('Are you authorised for this system?');
  });
});
