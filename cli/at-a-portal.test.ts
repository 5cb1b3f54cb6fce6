import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeToCompare } from '../api/program-log-on.ts';
import { openRecord } from '../core/documents/record.ts';
import { makeRequest } from '../core/documents/request.ts';
import { OTHER_PORTAL, REQUEST } from '../core/documents/test-cast.ts';
import { contentOf, type RegistrationCode, readRegistrationCode } from '../core/registration-code.ts';
import { linesOf, shortId } from '../core/system-id.ts';
import { groupsOf, writtenCode } from '../core/typed-code.ts';
import type { Cast } from '../portal/seed.ts';
import { sql } from '../portal/store/sql.ts';
import { tokenFor } from '../test/support/api.ts';
import { FormClient, headingOf, type Page, textOf } from '../test/support/http.ts';
import { PASSWORD } from '../test/support/pages.ts';
import {
  rebuilt,
  registered,
  requestOf,
  shownFor,
  systemIdsOf,
  type TestPortal,
  type TestServer,
  testCast,
  testPortal,
  testServer,
} from '../test/support/portal.ts';
import { type TestDatabase, testDatabase } from '../test/support/postgres.ts';
import { freePort, type Program, portalProgram } from '../test/support/processes.ts';
import { type Running, Terminal } from '../test/support/terminal.ts';

/** The program as a process, a portal as a process, a real database. */

let database: TestDatabase;
let portal: TestPortal;
let cast: Cast;
let program: Program;
let lena: Terminal;
let nobody: Terminal;
let token: string;

beforeAll(async () => {
  [lena, nobody] = [new Terminal(), new Terminal()];
  database = await testDatabase();
  const port = await freePort();
  portal = await testPortal(database.db, `http://localhost:${port}`);
  portal.now = () => new Date();
  cast = await testCast(portal);
  program = await portalProgram({ databaseUrl: database.url, data: path.join(lena.home, 'portal'), port });
  await program.start();
  token = await tokenFor(portal, cast.integrator);
  Object.assign(lena.env, { DATESTONE_TOKEN: token, DATESTONE_PORTAL_URL: program.url });
});
afterAll(async () => {
  await program.stop();
  await database.drop();
  for (const terminal of [lena, nobody]) terminal.forget();
});

function file(name: string, content: string): string {
  writeFileSync(path.join(lena.home, name), content);
  return path.join(lena.home, name);
}

/** A registration whose system was last heard from a month ago. */
async function silent(site: string, server = testServer()): Promise<string> {
  const registration = await registered(portal, cast.integrator, server, { site, endUser: cast.endUser });
  await portal.db.rows(sql`
    update system set last_heard_at = now() - interval '30 days' where system_id = ${server.keys.systemId}`);
  return registration;
}

const request = async (server: TestServer) =>
  file(`${server.keys.systemId.slice(0, 10)}.datestone`, await requestOf(portal, server));

describe('login', () => {
  /** The person at the browser: from the address that the program printed to the page that asks. */
  async function askedPage(login: Running, browser = new FormClient()): Promise<{ page: Page; browser: FormClient }> {
    const address = (await login.says(/http\S+\/programs\/log-on\?\S+/)).trim();
    const page = await browser.press(await browser.get(address), 'Log on', {
      email: cast.integrator.email,
      password: PASSWORD,
    });
    return { page, browser };
  }

  test('lets the program in after a look at one page, without a password and without printing the token', async () => {
    const terminal = new Terminal();
    const login = terminal.start(['login', program.url]);
    const { page, browser } = await askedPage(login);
    expect(headingOf(page)).toMatch(/^Allow datestone on .+ to use your account\?$/);
    const said = textOf(page.html);
    const code = codeToCompare(new URL(page.url).searchParams.get('challenge') ?? '');
    expect(said).toContain(`Code ${code}`);
    expect(said).toContain('Register, associate, change and undo, in your name.');
    const after = await browser.press(page, 'Allow');
    expect([after.url, headingOf(after)]).toEqual([`${program.url}/programs/allowed`, 'The program is logged on']);

    const { code: exit, stdout, stderr } = await login.ended;
    expect([exit, stdout]).toEqual([0, expect.stringContaining(`logged on to ${program.url} as Lena Brandt`)]);
    expect(stderr).toContain(`The page shows the code ${code}.`);
    const kept = path.join(terminal.home, '.config/datestone/portals.json');
    expect(statSync(kept).mode & 0o777).toBe(0o600);
    const { token: fetched } = JSON.parse(readFileSync(kept, 'utf8')).portals[program.url];
    expect(stdout + stderr).not.toContain(fetched);
    // What it fetched opens the portal, and a log-off ends that at the portal too.
    expect((await terminal.datestone(['systems', '--json'])).code).toBe(0);
    expect((await terminal.datestone(['logout', '--json'])).stdout).toBe(
      `{"portal":"${program.url}","logged_on":false}\n`,
    );
    const env = { DATESTONE_TOKEN: fetched, DATESTONE_PORTAL_URL: program.url };
    expect((await terminal.datestone(['systems'], { env })).code).toBe(3);
    expect((await terminal.datestone(['systems'])).code).toBe(3);
    terminal.forget();
  });

  test('ends with 1 where the person does not allow it', async () => {
    const login = nobody.start(['login', program.url]);
    const { page, browser } = await askedPage(login);
    expect(headingOf(await browser.press(page, 'Do not allow'))).toBe('The program was not allowed');
    const { code, stderr } = await login.ended;
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('It was not allowed at the portal. You are not logged on.'),
    ]);
  });

  test('leads whoever uses another account back to the same question', async () => {
    const login = nobody.start(['login', program.url]);
    const { page, browser } = await askedPage(login);
    const logOn = await browser.press(page, 'Use another account');
    const asked = await browser.press(logOn, 'Log on', { email: cast.endUser.email, password: PASSWORD });
    expect(textOf(asked.html)).toContain(cast.endUser.email);
    await browser.press(asked, 'Do not allow');
    await login.ended;
  });

  test('listens only to the page that it opened', async () => {
    const login = nobody.start(['login', program.url]);
    const { page, browser } = await askedPage(login);
    const port = new URL(page.url).searchParams.get('port');
    const strange = await fetch(`http://127.0.0.1:${port}/?challenge=another&code=stolen`);
    expect(strange.status).toBe(404);
    await browser.press(page, 'Do not allow');
    expect((await login.ended).code).toBe(1);
  });

  test('reads a token from standard input, and keeps none that the portal does not know', async () => {
    const wrong = await nobody.datestone(['login', program.url, '--token'], { input: 'dst_nothing\n' });
    expect([wrong.code, wrong.stderr]).toEqual([3, expect.stringContaining('Reason token-needed')]);
    const empty = await nobody.datestone(['login', program.url, '--token']);
    expect([empty.code, empty.stderr]).toEqual([2, expect.stringContaining('That is no access token')]);
    expect((await nobody.datestone(['systems'])).code).toBe(3);
    const right = await nobody.datestone(['login', program.url, '--token', '--json'], { input: `${token}\n` });
    expect(JSON.parse(right.stdout)).toEqual({
      portal: program.url,
      email: cast.integrator.email,
      name: cast.integrator.name,
      expires_at: expect.stringMatching(/^\d{4}-/),
    });
    // By its host alone, once one is logged on there.
    const { host } = new URL(program.url);
    expect((await nobody.datestone(['systems', '--portal', host, '--json'])).code).toBe(0);
    nobody.forget();
  });

  test('takes no token that would cross a network in the clear', async () => {
    const { code, stderr } = await nobody.datestone(['login', 'http://portal.example', '--token'], { input: token });
    expect([code, stderr]).toEqual([2, expect.stringContaining('Use https.')]);
  });
});

describe('who is not logged on, or does not reach the portal', () => {
  test('learns what to type', async () => {
    const { code, stderr } = await nobody.datestone(['systems']);
    expect([code, stderr]).toEqual([3, expect.stringContaining('Type: datestone login')]);
  });

  test('never sends a token from the environment to a portal that was not named', async () => {
    const { code, stderr } = await nobody.datestone(['systems'], { env: { DATESTONE_TOKEN: token } });
    expect([code, stderr]).toEqual([2, expect.stringContaining('Say for which portal')]);
    expect(stderr).not.toContain(token);
  });

  test('ends with 4 where nothing answers', async () => {
    const env = { DATESTONE_PORTAL_URL: `http://localhost:${await freePort()}` };
    const { code, stdout, stderr } = await lena.datestone(['systems', '--json'], { env });
    expect([code, stdout]).toEqual([4, '']);
    expect(JSON.parse(stderr).title).toContain('was not reached');
  });
});

describe('systems, show and open', () => {
  let registration: string;
  let server: TestServer;
  beforeAll(async () => {
    server = testServer('T-ES01');
    registration = await registered(portal, cast.integrator, server, { site: '東京タワー' });
    for (let i = 0; i < 3; i++) await registered(portal, cast.integrator, testServer(), { site: `Library ${i}` });
  });

  test('list what one has a seat on: a table for people, a line of JSON each for programs', async () => {
    const people = await lena.datestone(['systems', 'T-ES01']);
    const [headings, row] = people.stdout.split('\n');
    expect(headings).toMatch(/^Number +State +Site +City +System ID +Server +Last heard$/);
    expect(row).toContain(
      `${registration.slice(0, 4)} ${registration.slice(4)}  awaits the end user  東京タワー  Aarhus`,
    );
    const programs = await lena.datestone(['systems', 'Library', '--json']);
    const items = programs.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(items.map((item) => item.site)).toEqual(['Library 0', 'Library 1', 'Library 2']);
  });

  test('say that nothing fits beside the answer, which is empty', async () => {
    const { code, stdout, stderr } = await lena.datestone(['systems', 'nowhere at all', '--json']);
    expect([code, stdout, stderr]).toEqual([0, '', 'None of your systems fits.\n']);
    expect((await lena.datestone(['systems', '--state', 'lost'])).code).toBe(2);
  });

  test('show everything of a registration, however its number is written', async () => {
    const { code, stdout } = await lena.datestone(['show', registration.slice(0, 4), registration.slice(4)]);
    expect(code).toBe(0);
    for (const words of [
      '東京タワー, registration',
      'Lena Brandt',
      ...linesOf(server.keys.systemId),
      'Palle Allé 10',
      'Denmark',
    ]) {
      expect(stdout).toContain(words);
    }
    const json = await lena.datestone(['show', registration, '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({
      number: registration,
      answers: { installation: { city: 'Aarhus' } },
    });
  });

  test('tell a foreign registration and an unknown one alike, with code and help', async () => {
    const foreign = await registered(portal, cast.stranger, testServer(), { site: 'Secret' });
    const answers = await Promise.all([foreign, '00000000'].map((number) => lena.datestone(['show', number])));
    for (const { code, stdout, stderr } of answers) {
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(
        /^Not among your systems\.\n.*\nReason not-among-yours\. Help: http\S+\/help\/not-among-your-systems\n$/s,
      );
    }
    expect(answers[0]?.stderr).toBe(answers[1]?.stderr);
    expect((await lena.datestone(['show', '123'])).code).toBe(2);
  });

  test('are as wide as the terminal, and fall into lines where it is too narrow', async () => {
    const wide = await lena.onScreen(['systems', 'Library'], 78).ended;
    expect(wide.stdout.split('\n').filter((line) => line.length > 78)).toEqual([]);
    expect(wide.stdout).toContain('Library 0');
    const narrow = await lena.onScreen(['systems', 'Library'], 40).ended;
    expect(narrow.stdout).toMatch(/^Site +Library 0$/m);
  });

  test('use no colour where it is not wanted', async () => {
    lena.env['NO_COLOR'] = '1';
    const { stdout } = await lena.bash(
      `script -qec "$DATESTONE systems Library" /dev/null | od -c | grep -c '033' || true`,
    );
    delete lena.env['NO_COLOR'];
    expect(stdout.trim()).toBe('0');
  });

  test('stop quietly when nobody reads on', async () => {
    const { stdout, stderr } = await lena.bash('$DATESTONE systems --json | head -n 1; echo "${PIPESTATUS[0]}"');
    expect([stdout.trim().split('\n').at(-1), stderr]).toEqual(['0', '']);
  });

  test('print the address where there is no browser, and open it where there is one', async () => {
    const address = `${program.url}/systems/${registration}`;
    expect((await lena.datestone(['open', registration])).stdout).toContain(address);
    const opened = path.join(lena.home, 'opened');
    const browser = file('browser.sh', `#!/bin/sh\nprintf %s "$1" > ${opened}.part; mv ${opened}.part ${opened}\n`);
    const { stdout } = await lena.bash(
      `chmod +x ${browser}; BROWSER=${browser} $DATESTONE open ${registration} --json; until [ -e ${opened} ]; do sleep 0.1; done; cat ${opened}`,
    );
    expect(stdout).toBe(`${JSON.stringify({ address, opened: true })}\n${address}`);
  });
});

describe('associate and undo', () => {
  test('a request file makes the new System ID current at once; the same again changes nothing; undo takes it back', async () => {
    const old = testServer('HN-A-ES01');
    const registration = await silent('Hospital North', old);
    const fresh = rebuilt(old);
    const args = ['associate', await request(fresh), '--registration', registration, '--yes'];
    const first = await lena.datestone(args);
    expect([first.code, first.stdout]).toEqual([
      0,
      expect.stringContaining(`has the System ID ${shortId(fresh.keys.systemId)}`),
    ]);
    expect(first.stderr).toMatch(/Now +After/);
    expect(first.stdout).toContain(`datestone undo ${registration}`);
    expect(await systemIdsOf(portal, registration)).toEqual({
      retired: [old.keys.systemId],
      current: [fresh.keys.systemId],
    });

    const again = await lena.datestone([...args, '--json']);
    expect([again.code, JSON.parse(again.stdout)]).toMatchObject([0, { registration, state: 'current' }]);

    expect((await lena.datestone(['undo', registration])).code).toBe(2);
    const undone = await lena.datestone(['undo', registration, '--yes']);
    expect([undone.code, undone.stdout]).toEqual([0, expect.stringContaining('no longer has')]);
    expect((await systemIdsOf(portal, registration))['current']).toEqual([old.keys.systemId]);
    const twice = await lena.datestone(['undo', registration, '--yes', '--json']);
    expect([twice.code, JSON.parse(twice.stderr.trim().split('\n').at(-1) ?? '').code]).toEqual([1, 'undo-not-latest']);
  });

  test('a System ID from standard input waits for the word of the system, and is withdrawn', async () => {
    const registration = await silent('Library');
    const fresh = testServer();
    const input = linesOf(fresh.keys.systemId).join('\n');
    const { code, stdout } = await lena.datestone(['associate', '--registration', registration, '--yes'], { input });
    expect([code, stdout]).toEqual([0, expect.stringContaining('Until the system itself confirms it')]);
    const withdrawn = await lena.datestone(['undo', registration, '--yes', '--json']);
    expect(JSON.parse(withdrawn.stdout)).toMatchObject({ outcome: 'withdrawn' });
  });

  test('a System ID that is mistyped is explained before anything is sent', async () => {
    const [first, ...others] = linesOf(testServer().keys.systemId);
    const mistyped = first.slice(0, -1) + (first.endsWith('0') ? '1' : '0');
    const { code, stderr } = await lena.datestone([
      'associate',
      mistyped,
      ...others,
      '--registration',
      '00000000',
      '--yes',
    ]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('Line 1, group 3')]);
  });

  test('an old system that is alive needs a reason', async () => {
    const registration = await registered(portal, cast.integrator, testServer('OTHER'), { site: 'Alive' });
    const args = ['associate', await request(testServer()), '--registration', registration, '--yes'];
    const { code, stderr } = await lena.datestone(args);
    expect([code, stderr]).toEqual([1, expect.stringContaining('say why with --reason')]);
    expect((await lena.datestone([...args, '--reason', 'server-replaced'])).code).toBe(0);
  });

  test('without a terminal nobody is asked: which registration, and yes, have to be said', async () => {
    const typed = linesOf(testServer().keys.systemId);
    expect((await lena.datestone(['associate', ...typed])).code).toBe(2);
    const { code, stderr } = await lena.datestone(['associate', ...typed, '--yes']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('--registration NUMBER')]);
  });

  test('at a terminal one proceeds, chooses from a list, reads the review and says yes', async () => {
    const old = testServer('CL-AS01');
    const registration = await silent('Central Library', old);
    const fresh = rebuilt(old);
    const screen = lena.onScreen(['associate', await request(fresh), '--search', 'Central']);
    await screen.says(/Are you authorised .* Type yes to go on: /);
    screen.type('yes\n');
    await screen.says(/1 +same installation +Central Library[\s\S]*Which\?.* /);
    screen.type('1\n');
    await screen.says(/Now +After[\s\S]*Associate it with Central Library\? Type yes to go on: /);
    screen.type('yes\n');
    const { code, stdout } = await screen.ended;
    expect([code, stdout]).toEqual([0, expect.stringContaining('Central Library, registration')]);
    expect((await systemIdsOf(portal, registration))['current']).toEqual([fresh.keys.systemId]);
  });

  test('Ctrl-C at a question leaves nothing behind', async () => {
    const registration = await silent('Interrupted');
    const fresh = testServer();
    const screen = lena.onScreen(['associate', ...linesOf(fresh.keys.systemId), '--registration', registration]);
    await screen.says(/Are you authorised .* Type yes to go on: /);
    screen.type('yes\n');
    await screen.says(/Associate it with Interrupted\? Type yes to go on: /);
    screen.type('\u0003');
    const { code, stdout } = await screen.ended;
    expect([code, stdout]).toEqual([130, expect.stringContaining('Stopped. Nothing was changed.')]);
    const left = await portal.db.rows(sql`
      select from request where system_id = ${fresh.keys.systemId} and cancelled_at is null`);
    expect(left).toEqual([]);
    expect((await systemIdsOf(portal, registration))['claimed']).toBeUndefined();
  });
});

const answers = {
  installation: {
    site_name: 'Tower',
    company: 'Nordbau',
    address: 'Street 1',
    city: 'Bern',
    country: 'CH',
    segments: ['office'],
  },
  site_administrator: { name: 'Rolf', email: 'rolf@nordbau.example' },
};

describe('register', () => {
  test('takes a file of answers and single ones over it, and says the number', async () => {
    const server = testServer();
    const from = file('answers.json', JSON.stringify(answers));
    const set = ['--set', 'site_name=Tower B', '--set', 'segments=office,retail'];
    const args = ['register', await request(server), '--answers', from, ...set, '--yes'];
    const { code, stdout, stderr } = await lena.datestone([...args, '--json']);
    const registration = JSON.parse(stdout);
    expect([code, registration]).toMatchObject([
      0,
      { site: 'Tower B', answers: { installation: { city: 'Bern', segments: ['office', 'retail'] } } },
    ]);
    expect(stderr).toMatch(/Country +Switzerland/);
    const again = await lena.datestone(args);
    expect([again.code, again.stdout + again.stderr]).toEqual([again.code, expect.stringMatching(/before|was used/)]);
    const rows = await portal.db.rows(sql`select from association where system_id = ${server.keys.systemId}`);
    expect(rows).toHaveLength(1);
  });

  test('says of each wrong answer where and what', async () => {
    const wrong = { ...answers, installation: { ...answers.installation, country: 'Switzerland', city: '' } };
    const args = [
      'register',
      await request(testServer()),
      '--answers',
      file('wrong.json', JSON.stringify(wrong)),
      '--yes',
    ];
    const { code, stderr } = await lena.datestone(args);
    expect(code).toBe(1);
    expect(stderr).toMatch(/\/answers\/installation\/country: /);
    expect(stderr).toMatch(/\/answers\/installation\/city: /);
    expect(stderr).toContain('Reason not-as-described.');
  });

  test.each([
    [['--set', 'colour=red'], 'is no field of the form'],
    [['--set', 'company=Nordbau'], 'stands in more than one step'],
    [['--answers', '/nowhere.json'], 'cannot be read'],
  ])('does not understand %j', async (options, why) => {
    const { code, stderr } = await lena.datestone([
      'register',
      ...linesOf(testServer().keys.systemId),
      '--yes',
      ...options,
    ]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(why)]);
  });

  test('at a terminal asks every field with its label, and again where an answer is wrong', async () => {
    const server = testServer();
    const from = file(
      'almost.json',
      JSON.stringify({ ...answers, installation: { ...answers.installation, city: undefined, segments: undefined } }),
    );
    const screen = lena.onScreen(['register', ...linesOf(server.keys.systemId), '--answers', from]);
    await screen.says(/Are you authorised .* Type yes to go on: /);
    screen.type('yes\n');
    const typed: Record<string, string[]> = { City: ['', 'Aarhus'], 'Segment/application': ['Nowhere', '1, 5'] };
    for (let label = ''; label !== 'Register'; ) {
      label = (await screen.says(/[^\n]+: $/)).split(/ \*?:|: | as new/)[0]?.trim() ?? '';
      if (label.startsWith('Register ')) label = 'Register';
      screen.type(label === 'Register' ? 'yes\n' : `${typed[label]?.shift() ?? ''}\n`);
    }
    const { code, stdout } = await screen.ended;
    expect([code, stdout]).toEqual([0, expect.stringContaining('Tower is registered. Its number is')]);
    expect(stdout).toContain('That is not in the list.');
    expect(stdout).toContain('This is needed.');
  });
});

describe('a server without a line', () => {
  /** As a USB stick brings it. */
  const requestFile = async (name: string, server: TestServer) =>
    file(`${name}.datestone`, `${await requestOf(portal, server, { via: 'file' })}\n`);
  const codeIn = (text: string) => readRegistrationCode(text) as { code: RegistrationCode };

  test('gets its code and its file with the association, and is confirmed by what it shows', async () => {
    const old = testServer('LIB-ES01');
    const registration = await silent('Offline library', old);
    const fresh = rebuilt(old);
    const folder = path.join(lena.home, 'to carry');
    const args = ['associate', await requestFile('library', fresh), '--registration', registration, '--yes'];
    const made = JSON.parse((await lena.datestone([...args, '--save', folder, '--json'])).stdout);
    expect(made).toMatchObject({ state: 'claimed', registration_code: { short_id: shortId(fresh.keys.systemId) } });
    const record = readFileSync(made.record_file, 'utf8');
    expect(path.basename(made.record_file)).toBe(
      `Offline-library-${shortId(fresh.keys.systemId)}-registration.datestone`,
    );
    const reading = await openRecord(record, portal.keys.bundle, fresh.keys.systemId);
    expect(reading).toMatchObject({ outcome: 'genuine', record: { registration } });

    const { code: same, stdout } = await lena.datestone(['code', registration]);
    expect([same, stdout]).toEqual([0, expect.stringContaining(`\n    ${made.registration_code.code}\n`)]);

    const { code } = codeIn(made.registration_code.code);
    const shown = shownFor(portal, fresh, code);
    const mistyped = shown.slice(0, -1) + (shown.endsWith('0') ? '1' : '0');
    const wrong = await lena.datestone(['confirm', registration, mistyped]);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('Group 2')]);
    const foreign = shownFor(portal, testServer(), code);
    const refused = await lena.datestone(['confirm', registration, writtenCode(foreign)]);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('4 tries left.')]);
    expect((await systemIdsOf(portal, registration))['current']).toEqual([old.keys.systemId]);

    const right = await lena.datestone(['confirm', registration, ...groupsOf(shown)]);
    expect([right.code, right.stdout]).toEqual([0, expect.stringContaining('is confirmed by its system')]);
    expect((await systemIdsOf(portal, registration))['current']).toEqual([fresh.keys.systemId]);
    const again = await lena.datestone(['confirm', registration, shown, '--json']);
    expect([again.code, JSON.parse(again.stdout)]).toMatchObject([0, { outcome: 'already' }]);
  });

  test('gets another code where that is wanted, and the confirmation of the one before counts no more', async () => {
    const registration = await silent('Anew');
    const fresh = testServer();
    const args = ['associate', await requestFile('anew', fresh), '--registration', registration, '--yes', '--json'];
    const first = codeIn(JSON.parse((await lena.datestone(args)).stdout).registration_code.code);
    expect((await lena.datestone(['code', registration, '--new'])).code).toBe(2);
    const anew = await lena.datestone(['code', registration, '--new', '--yes', '--json']);
    expect(JSON.parse(anew.stdout).registration_code.sequence).toBeGreaterThan(contentOf(first.code).sequence);
    const { code, stderr } = await lena.datestone(['confirm', registration, shownFor(portal, fresh, first.code)]);
    expect([code, stderr]).toEqual([1, expect.stringContaining('Enter the newest code at the server')]);
    const mail = await lena.datestone(['code', registration, '--mail']);
    expect([mail.code, mail.stdout]).toEqual([0, `The code goes to ${cast.integrator.email}.\n`]);
  });

  test('is one of several whose files are registered together, each by itself', async () => {
    const servers = [testServer('N-1'), testServer('N-2')];
    const other = await makeRequest({ ...REQUEST, bundle: OTHER_PORTAL.bundle });
    const files = [
      await requestFile('n1', servers[0] as TestServer),
      file('foreign.datestone', other),
      await requestFile('n2', servers[1] as TestServer),
    ];
    const from = file('campus.json', JSON.stringify(answers));
    const folder = path.join(lena.home, 'campus');
    const args = ['register', ...files, '--answers', from, '--yes', '--json', '--save', folder];
    const { code, stdout, stderr } = await lena.datestone(args);
    const done = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect([code, done.map((one) => one.claims[0].short_id)]).toEqual([
      1,
      servers.map(({ keys }) => shortId(keys.systemId)),
    ]);
    expect(new Set(done.map((one) => one.registration_code.code)).size).toBe(2);
    expect(readdirSync(folder)).toHaveLength(2);
    const problems = stderr
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line));
    expect(problems).toMatchObject([
      { file: files[1], code: 'other-portal' },
      { title: 'Of 3 files 1 could not be done.' },
    ]);
  });

  test('is registered from the link of its QR code, by standard input', async () => {
    const server = testServer();
    const input = `${program.url}/r#${await requestOf(portal, server, { via: 'file' })}\n`;
    const from = file('link.json', JSON.stringify(answers));
    const { code, stdout } = await lena.datestone(['register', '-', '--answers', from, '--yes'], { input });
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/Registration code, for [\s\S]*datestone confirm \d{8} CODE/),
    ]);
  });

  test('whose file is something else is told apart before anything is sent', async () => {
    const files = [file('empty.datestone', ''), file('letter.datestone', 'Dear Lena')];
    const said = [];
    for (const one of files) said.push(await lena.datestone(['associate', one, '--registration', '00000000', '--yes']));
    said.push(await lena.datestone(['associate', ...files, '--registration', '00000000', '--yes']));
    expect(said.map(({ code }) => code)).toEqual([2, 2, 2]);
    expect(said[0]?.stderr).toContain('is empty. Nothing was sent.');
  });
});

describe('history', () => {
  test('is shown, and verified by nothing but its own entries', async () => {
    const registration = await silent('With a past');
    const { code, stdout } = await lena.datestone(['history', registration, '--verify']);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/registered[\s\S]*The history is intact: \d+ entries/)]);
    const json = await lena.datestone(['history', registration, '--json']);
    const [newest] = json.stdout.split('\n');
    expect(JSON.parse(newest ?? '')).toMatchObject({
      n: expect.any(Number),
      entry: expect.stringContaining(registration),
    });
  });

  test('that was changed in the database is found out', async () => {
    const registration = await silent('Tampered');
    await portal.db.transaction(async (tx) => {
      await tx.script('alter table history disable trigger history_is_append_only');
      await tx.rows(sql`
        update history set entry = replace(entry, '"registered"', '"associated"') where registration = ${registration} and n = 1`);
      await tx.script('alter table history enable trigger history_is_append_only');
    });
    const { code, stderr } = await lena.datestone(['history', registration, '--verify']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('The history is broken at entry 1')]);
  });
});

describe('the token', () => {
  test('is on no command line that another user of the machine could read', async () => {
    const login = nobody.start(['login', program.url, '--token']);
    const commandLine = readFileSync(`/proc/${login.pid}/cmdline`, 'utf8');
    login.type(`${token}\n`, 'and no more');
    const { code, stdout, stderr } = await login.ended;
    expect(code).toBe(0);
    expect(commandLine + stdout + stderr).not.toContain(token);
    expect((await nobody.datestone(['login', program.url, '--token', token])).code).toBe(2);
  });
});
