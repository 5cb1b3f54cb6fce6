import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { encode } from 'uqr';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contentOf, type RegistrationCode } from '../core/registration-code.ts';
import { linesOf, shortId } from '../core/system-id.ts';
import { groupsOf } from '../core/typed-code.ts';
import type { Cast } from '../portal/seed.ts';
import { tokenFor } from '../test/support/api.ts';
import { registered, systemIdsOf, type TestPortal, testCast, testPortal, testServer } from '../test/support/portal.ts';
import { type TestDatabase, testDatabase } from '../test/support/postgres.ts';
import { freePort, Program, portalProgram } from '../test/support/processes.ts';
import { Terminal } from '../test/support/terminal.ts';
import { until } from '../test/support/until.ts';

/**
 * A site and a portal that no line connects: the address in the bundle leads nowhere. What passes between them is what the
 * test carries from the one terminal to the other.
 */

const NOWHERE = 'https://portal.invalid';

let database: TestDatabase;
let portal: TestPortal;
let cast: Cast;
let portalProcess: Program;
let agent: Program;
let lena: Terminal;
let site: Terminal;
let registration: string;

beforeAll(async () => {
  [lena, site] = [new Terminal(), new Terminal()];
  database = await testDatabase();
  portal = await testPortal(database.db, NOWHERE);
  portal.now = () => new Date();
  cast = await testCast(portal);
  const port = await freePort();
  const data = path.join(lena.home, 'portal');
  const env = { DATESTONE_PORTAL_URL: NOWHERE };
  portalProcess = await portalProgram({ databaseUrl: database.url, data, port, env });
  await portalProcess.start();
  const token = await tokenFor(portal, cast.integrator);
  Object.assign(lena.env, { DATESTONE_TOKEN: token, DATESTONE_PORTAL_URL: `http://localhost:${port}` });

  // Installed with the bundle of before any ceremony.
  writeFileSync(path.join(site.home, 'portal.bundle'), readFileSync(path.join(data, 'portal.bundle')));
  Object.assign(site.env, {
    DATESTONE_AGENT_DATA: path.join(site.home, 'data'),
    DATESTONE_BUNDLE_FILE: path.join(site.home, 'portal.bundle'),
    DATESTONE_SERVER_NAME: 'Plant room 3',
    DATESTONE_SERVER_KIND: 'enterprise-server',
    DATESTONE_SERVER_PRODUCT: 'Enterprise Server',
    DATESTONE_SERVER_VERSION: '3.2.4.1180',
    DATESTONE_ADMIN_PASSWORD: 'administrator-of-a-test',
    PORT: '0',
  });
  registration = await silentRegistration('Plant');
});
afterAll(async () => {
  await Promise.all([agent?.stop(), portalProcess.stop()]);
  await database.drop();
  for (const terminal of [lena, site]) terminal.forget();
});

const silentRegistration = (name: string) =>
  registered(portal, cast.integrator, testServer(), { site: name, endUser: cast.endUser });

const here = (...args: string[]) => site.datestone(args);
const there = (...args: string[]) => lena.datestone(args);
const inJson = async (ran: Promise<{ stdout: string }>) => JSON.parse((await ran).stdout.trim());
const registeredTo = async () => (await fetch(`${agent.url}/registered-to`)).json() as Promise<{ state: string }>;

async function carriedUp(): Promise<string> {
  const file = path.join(lena.home, 'from-the-stick.datestone');
  writeFileSync(file, (await here('request', '--out', '-')).stdout);
  return file;
}

const reason = ['--reason', 'database-deleted', '--yes', '--json'];

test('before the agent was started there is no server: a command makes none', async () => {
  const { code, stderr } = await here('request');
  expect([code, stderr]).toEqual([1, expect.stringContaining('has no server database yet. Start the agent')]);
  const none = await site.datestone(['request'], { env: { DATESTONE_AGENT_DATA: undefined } });
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('DATESTONE_AGENT_DATA is missing')]);
});

describe('by command line only', () => {
  let systemId: string;
  let code: RegistrationCode;
  let confirmation: string;
  let record: string;
  beforeAll(async () => {
    agent = new Program('agent', site.env as Record<string, string>);
    await agent.start();
  });

  test('the server writes its request, into a file and as a QR code', async () => {
    const file = path.join(site.home, 'request.datestone');
    const made = await inJson(here('request', '--out', file, '--json'));
    systemId = made.system_id;
    expect(made).toMatchObject({ short_id: shortId(systemId), portal: NOWHERE, file });
    expect(readFileSync(file, 'utf8')).toBe(`${made.document}\n`);
    expect(await inJson(there('inspect', file, '--json'))).toMatchObject({ facts: { via: 'file' }, problems: [] });
    mkdirSync(path.join(site.home, 'elsewhere'));
    const named = await site.bash(`cd elsewhere 2>/dev/null || cd ${site.home}/elsewhere; $DATESTONE request; ls`);
    expect(named.stdout).toContain(`${shortId(systemId)}-request.datestone`);
    expect(named.stdout).toContain(linesOf(systemId).join('\n'));

    const drawn = (await here('request', '--qr')).stdout.split('\n');
    const { data, size } = encode(made.link, { ecc: 'M', border: 4 });
    const rows = drawn
      .slice(0, Math.ceil(size / 2))
      .flatMap((line) => [
        [...line].map((block) => '█▀'.includes(block)),
        [...line].map((block) => '█▄'.includes(block)),
      ]);
    expect(rows.slice(0, size)).toEqual(data);
    expect(drawn).toContain(made.link);
    const narrow = await site.onScreen(['request', '--qr'], 60).ended;
    expect([narrow.code, narrow.stdout]).toEqual([1, expect.stringMatching(/columns wide, and this terminal has 60/)]);
  });

  test('the portal takes it, and gives a code and a file', async () => {
    const folder = path.join(lena.home, 'to-carry');
    const args = ['associate', await carriedUp(), '--registration', registration, '--save', folder];
    const made = await inJson(there(...args, ...reason));
    expect(made).toMatchObject({ state: 'claimed', registration_code: { short_id: shortId(systemId) } });
    code = made.registration_code.code.replaceAll('-', '');
    record = readFileSync(made.record_file, 'utf8');
    expect(await inJson(there('inspect', code, '--json'))).toMatchObject({
      facts: { 'issue number': contentOf(code).sequence, 'asks for a confirmation code': true },
    });
  });

  test('the server says of a wrong code what is wrong, and takes it with one mistake', async () => {
    const other = (at: number) => (code[at] === '7' ? '8' : '7');
    const twice = other(0) + code.slice(1, 13) + other(13) + code.slice(14);
    const several = await here('apply', twice, '--json');
    expect([several.code, JSON.parse(several.stderr).code]).toEqual([1, 'mistyped']);
    const short = await here('apply', code.slice(1));
    expect([short.code, short.stderr]).toEqual([1, 'The code has 25 characters. You typed 24.\n']);
    expect(await registeredTo()).toMatchObject({ state: 'unregistered' });

    const once = code.slice(0, 8) + other(8) + code.slice(9);
    const { code: exit, stdout } = await here('apply', ...groupsOf(once.toLowerCase()));
    expect([exit, stdout]).toEqual([0, expect.stringContaining('One mistake in the code was found and put right.')]);
    confirmation = /Confirmation code: (\S+)/.exec(stdout)?.[1] ?? '';
    expect(await registeredTo()).toMatchObject({ state: 'details-not-loaded' });
    const again = await inJson(here('apply', code, '--json'));
    expect(again).toMatchObject({ outcome: 'already', confirmation_code: confirmation.replaceAll('-', '') });
  });

  test('the portal is told, and the System ID is current', async () => {
    expect((await systemIdsOf(portal, registration))['current']).not.toEqual([systemId]);
    expect((await there('confirm', registration, confirmation)).code).toBe(0);
    expect((await systemIdsOf(portal, registration))['current']).toEqual([systemId]);
  });

  test('the file shows the site, after a look at which', async () => {
    const file = path.join(site.home, 'from-the-portal.datestone');
    writeFileSync(file, record);
    const asked = await here('apply', file);
    expect([asked.code, asked.stderr]).toEqual([
      2,
      expect.stringContaining('The portal says that this system is registered'),
    ]);
    expect((await here('apply', file, '--yes')).stdout).toBe(
      'The file is loaded. This server shows what the portal says.\n',
    );
    expect(await registeredTo()).toMatchObject({ state: 'registered', registration });
    const own = await here('apply', await carriedUp(), '--json');
    expect([own.code, JSON.parse(own.stderr)]).toMatchObject([1, { code: 'not-a-record' }]);
    expect((await here('apply', '/nowhere.datestone')).code).toBe(2);
  });

  test('what is empty is told so, and was not understood', async () => {
    const empty = path.join(site.home, 'empty.datestone');
    writeFileSync(empty, '\n');
    const [file, input] = [await here('apply', empty), await site.datestone(['apply'], { input: ' \n' })];
    expect([file.code, file.stderr]).toEqual([2, `The file ${empty} is empty. Nothing was changed.\n`]);
    expect([input.code, input.stderr]).toEqual([2, 'Standard input is empty. Give the code or the file.\n']);
  });

  test('an older code and one for another system are told apart', async () => {
    const newest = await inJson(there('code', registration, '--new', '--yes', '--json'));
    expect((await here('apply', newest.registration_code.code)).stdout).toContain(
      'The portal knows this system already.',
    );
    const older = await here('apply', code, '--json');
    expect([older.code, JSON.parse(older.stderr)]).toMatchObject([
      1,
      { code: 'older', title: expect.stringContaining('older') },
    ]);

    const stranger = await silentRegistration('Stranger');
    const foreign = await inJson(there('code', stranger, '--json'));
    const refused = await here('apply', foreign.registration_code.code, '--json');
    expect([refused.code, JSON.parse(refused.stderr).code]).toEqual([1, 'not-for-this-system']);
  });

  test('after ten wrong codes it waits by itself, and then takes the right one', async () => {
    const server = new DatabaseSync(path.join(site.home, 'data', 'server.sqlite'));
    server.exec('update portal set code_failures = 11');
    server.close();
    const newest = await inJson(there('code', registration, '--json'));
    const { code: exit, stderr } = await here('apply', newest.registration_code.code);
    expect([exit, stderr]).toEqual([0, expect.stringContaining('Too many wrong codes. Wait 2 seconds')]);
  });

  const env = () => ({
    DATABASE_URL: database.url,
    DATESTONE_PORTAL_URL: NOWHERE,
    DATESTONE_KEYS_PASSPHRASE: 'nine blue bicycles at the weir',
  });

  test('the key that codes are made under is left behind: at the portal, then at the server', async () => {
    const before = await inJson(there('code', registration, '--new', '--yes', '--json'));
    const keys = path.join(lena.home, 'portal.keys');
    const ceremony = [
      ['export', keys],
      ['test', keys],
      ['remove', keys, '--yes'],
      ['advance', keys, '--yes'],
    ];
    for (const args of ceremony) expect((await lena.datestone(['keys', ...args], { env: env() })).code).toBe(0);
    const after = await until('the portal process makes codes under the next key', async () => {
      const { registration_code } = await inJson(there('code', registration, '--json'));
      return contentOf(registration_code.code.replaceAll('-', '')).keyId === 1 && registration_code.code;
    });
    expect((await here('apply', after)).code).toBe(0);
    const refused = await here('apply', before.registration_code.code, '--json');
    expect([refused.code, JSON.parse(refused.stderr).code]).toEqual([1, 'retired-key']);
  });

  test('a record under a new key needs the bundle first, which the agent takes up while it runs', async () => {
    let newest = 0;
    for (const step of ['announce', 'sign', 'drop']) {
      const changed = await lena.datestone(['keys', 'new-record-key', step, '--yes', '--json'], { env: env() });
      newest = JSON.parse(changed.stdout).bundle_version;
    }
    const bundleAddress = `${lena.env['DATESTONE_PORTAL_URL']}/bundle`;
    const bundle = path.join(site.home, 'newer.bundle');
    await until('the portal process has the newest bundle', async () => {
      writeFileSync(bundle, await (await fetch(bundleAddress)).text());
      return (await inJson(there('inspect', bundle, '--json'))).facts.version === newest;
    });
    const saved = await inJson(there('code', registration, '--save', path.join(lena.home, 'newer'), '--json'));
    const file = path.join(site.home, 'newer.datestone');
    writeFileSync(file, readFileSync(saved.record_file, 'utf8'));
    const tooEarly = await here('apply', file, '--json');
    expect([tooEarly.code, JSON.parse(tooEarly.stderr).code]).toEqual([1, 'record-under-unknown-key']);
    expect((await here('apply', bundle)).stdout).toBe('The newer bundle of this portal is in use.\n');
    expect(await registeredTo()).toMatchObject({ state: 'record-damaged' });
    expect((await here('apply', file, '--yes')).code).toBe(0);
    expect(await registeredTo()).toMatchObject({ state: 'registered', registration });
    expect(await inJson(here('apply', bundle, '--json'))).toEqual({ outcome: 'bundle-same', state: 'registered' });
  });
});
