import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { fromBase64url, toBase64url, utf8 } from '../core/bytes.ts';
import { confirmationOf } from '../core/confirmation-code.ts';
import { signBundle, signLink } from '../core/documents/bundle.ts';
import { makeRecord } from '../core/documents/record.ts';
import { makeRequest } from '../core/documents/request.ts';
import { NOW, OTHER_PORTAL, PORTAL, REQUEST, SYSTEM } from '../core/documents/test-cast.ts';
import { fingerprintLines } from '../core/fingerprint.ts';
import { dayOf, makeRegistrationCode } from '../core/registration-code.ts';
import { linesOf, shortId } from '../core/system-id.ts';
import { groupsOf, writtenCode } from '../core/typed-code.ts';
import { COMPILED } from '../test/support/processes.ts';
import type { Inspection } from './inspect/texts.ts';
import { program } from './program.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'datestone-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the program', () => {
  // A command that only holds others is explained by them.
  const commands = program.commands.flatMap((command) => {
    const holdsOthers = command.commands.length > 0 && command.options.length === 0;
    return holdsOthers ? command.commands.map((each) => `${command.name()} ${each.name()}`) : [command.name()];
  });

  test.each(commands)('explains %s', async (command) => {
    const { code, stdout } = await datestone(...command.split(' '), '--help');
    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: datestone ${command}`);
    if (command !== 'completion') expect(stdout).toContain('--json');
  });

  test('ends with 2 where it was not understood', async () => {
    expect((await datestone('inspekt')).code).toBe(2);
    expect((await datestone('demo', '--port-base', 'eighty')).code).toBe(2);
    expect((await datestone('agent', 'new-identity')).code).toBe(2);
  });

  test('ends with 1 and a sentence where it cannot do what it is told', async () => {
    const { code, stderr } = await datestone('agent', 'new-identity', '--data', folder);
    expect(code).toBe(1);
    expect(stderr).toBe(
      `There is no server database in ${folder}. The agent makes one, with a new identity, when it starts.\n`,
    );
  });

  test('says in sentences what is missing in the environment of an agent', async () => {
    const { code, stderr } = await datestone('agent');
    expect(code).toBe(1);
    expect(stderr).toContain('DATESTONE_AGENT_DATA is missing');
    expect(stderr).not.toContain('    at ');
  });
});

describe('inspect', () => {
  const lines = linesOf(SYSTEM.systemId);

  test('reads a System ID however it is typed', async () => {
    for (const words of [[lines.join('\n')], lines, [SYSTEM.systemId.toLowerCase()]]) {
      const { code, stdout } = await datestone('inspect', '--json', ...words);
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({
        type: 'System ID',
        facts: { 'short ID': shortId(SYSTEM.systemId), canonical: SYSTEM.systemId },
        problems: [],
      });
    }
  });

  test('says where a System ID is mistyped, and ends with 1', async () => {
    const [first, ...others] = lines;
    const mistyped = first.slice(0, -1) + (first.endsWith('0') ? '1' : '0');
    const { code, stdout } = await datestone('inspect', mistyped, ...others);
    expect(code).toBe(1);
    expect(stdout).toContain(`Line 1, group 3 (${mistyped.slice(-5)}): one character is probably wrong.`);
  });

  test('verifies a record with the bundle of its portal, and finds the byte that was changed', async () => {
    const record = await recordOfSystem();
    const bundle = file('portal.bundle', await signBundle(PORTAL.payload, PORTAL.rootSecret));
    const well = await datestone('inspect', '--json', '--bundle', bundle, file('well.datestone', record));
    expect(well.code).toBe(0);
    expect(JSON.parse(well.stdout)).toMatchObject({
      type: 'Record',
      facts: { registration: '00412345' },
      problems: [],
    });

    const changed = `${record.slice(0, -9)}${record.at(-9) === 'A' ? 'B' : 'A'}${record.slice(-8)}`;
    const not = await datestone('inspect', '--json', '--bundle', bundle, file('changed.datestone', changed));
    expect(not.code).toBe(1);
    expect(JSON.parse(not.stdout).problems).toEqual(['It was changed, or its signature does not fit: record-damaged.']);
  });

  test('says of a record without a bundle that it was not verified', async () => {
    const { code, stdout } = await datestone('inspect', await recordOfSystem());
    expect(code).toBe(0);
    expect(stdout).toContain('The signature was not verified: give the portal’s bundle with --bundle.');
  });

  test('reads a request and says who signed it', async () => {
    const { code, stdout } = await datestone('inspect', '--json', await makeRequest(REQUEST));
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ type: 'Request', facts: { 'short ID': shortId(SYSTEM.systemId) } });
  });

  test('says whose a bundle is, in groups to compare, and how often its root key was changed', async () => {
    const link = await signLink(PORTAL.payload, OTHER_PORTAL.payload.root, PORTAL.rootSecret);
    const next = { ...PORTAL.payload, root: OTHER_PORTAL.payload.root, version: 2, chain: [link] };
    const { facts, problems } = await inspected(await signBundle(next, OTHER_PORTAL.rootSecret));
    expect([facts['changes of the root key'], facts['chain'], problems]).toEqual([1, undefined, []]);
    expect(facts['fingerprint to compare']).toBe(fingerprintLines(PORTAL.bundle.fingerprint).join(' '));
    const alone = await inspected(await signBundle({ ...next, chain: undefined }, PORTAL.rootSecret));
    expect(alone.problems).toEqual([expect.stringContaining('bundle-damaged')]);
  });

  test('reads the link of a QR code, and says whose portal it leads to', async () => {
    const link = `${PORTAL.payload.iss}/r#${await makeRequest(REQUEST)}`;
    const { type, facts, problems } = await inspected(link);
    expect([type, facts['link to'], problems]).toEqual(['Request', 'portal.example', []]);
    expect((await inspected('https://portal.example/r')).problems).toEqual([
      'This is an address of portal.example, with no request behind it.',
    ]);
  });

  test('says of a request whether it is for this portal', async () => {
    const other = file('other.bundle', await signBundle(OTHER_PORTAL.payload, OTHER_PORTAL.rootSecret));
    const { problems } = await inspected('--bundle', other, await makeRequest(REQUEST));
    expect(problems).toEqual(['It is for another portal than Elsewhere.']);
  });

  test('reads a registration code however it is typed, and says what it says', async () => {
    for (const words of [[writtenCode(CODE)], [CODE.toLowerCase()], groupsOf(CODE)]) {
      expect(await inspected(...words)).toEqual({
        type: 'Registration code',
        facts: {
          groups: groupsOf(CODE),
          canonical: CODE,
          'code key': 1,
          'issue number': 7,
          'issued on': '2026-11-24',
          'security advisory waits': false,
          'asks for a confirmation code': true,
        },
        problems: [],
        remarks: ['Only the server that it is for can tell whether it is genuine: type datestone apply there.'],
      });
    }
  });

  test('says of a registration code that its portal retired the key', async () => {
    const bundle = file('portal.bundle', await signBundle(PORTAL.payload, PORTAL.rootSecret));
    const { problems } = await inspected('--bundle', bundle, CODE);
    expect(problems).toEqual([
      'It was issued under code key 1. Of Datestone, keys below 2 count no more: get a new code.',
    ]);
  });

  test('says which group of a code is wrong', async () => {
    const wrong = CODE.slice(0, 12) + (CODE[12] === 'X' ? 'Y' : 'X') + CODE.slice(13);
    const { code, stdout } = await datestone('inspect', wrong);
    expect([code, stdout]).toEqual([1, expect.stringContaining(`Group 3 (${wrong.slice(10, 15)}): one character`)]);
    const at = [...CODE].findIndex((symbol, n) => n % 5 < 4 && symbol !== CODE[n + 1]);
    const swapped = `${CODE.slice(0, at)}${CODE[at + 1]}${CODE[at]}${CODE.slice(at + 2)}`;
    expect((await datestone('inspect', swapped)).stdout).toContain('two characters are probably swapped. You typed');
    expect((await inspected(CODE.slice(1))).problems).toEqual(['A Registration code has 25 characters. This has 24.']);
    expect((await inspected(`${CODE.slice(0, 7)}?${CODE.slice(8)}`)).problems).toEqual([
      '"?" is not used in a Registration code: look at group 2.',
    ]);
  });

  test('knows a confirmation code, and a short ID that is none', async () => {
    const confirmation = confirmationOf(CODE, SIDE, PAIR);
    expect(await inspected(writtenCode(confirmation))).toMatchObject({
      type: 'Confirmation code',
      facts: { canonical: confirmation },
      problems: [],
    });
    const { problems } = await inspected(shortId(SYSTEM.systemId));
    expect(problems).toEqual([expect.stringContaining('This is a short ID')]);
  });

  test.each([
    ['empty', () => '', 'is empty'],
    ['binary', () => 'a\0b', 'is no text'],
    ['a picture', () => Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 1, 2), 'is a picture. Scan the QR code'],
    ['100 MB large', () => new Uint8Array(100_000_000).fill(0x41), 'is larger than any document'],
    ['a letter', () => 'Dear Sir or Madam, '.repeat(9), 'This is no System ID, no code and no document'],
    ['of another program', () => `${toBase64url(utf8('{"alg":"none"}'))}.e30.AA`, 'its beginning cannot be read'],
  ])('says in a sentence of a file that is %s what it is', async (name, content, sentence) => {
    const from = path.join(folder, `${name}.datestone`);
    writeFileSync(from, content());
    const { code, stdout, stderr } = await datestone('inspect', from);
    expect([code, stdout, stderr]).toEqual([1, expect.stringContaining(sentence), '']);
  });

  test('says of a file that is not there that it is not', async () => {
    expect((await inspected('/nowhere.datestone')).problems).toEqual(['There is no file /nowhere.datestone.']);
  });

  test('shows nothing that could move the cursor', async () => {
    const server = { ...REQUEST.server, name: 'Tower\u001b[2J\u202eevil' };
    const { stdout } = await datestone('inspect', await makeRequest({ ...REQUEST, server }));
    expect(stdout).toContain('Tower');
    for (const sign of ['\u001b', '\u202e']) expect(stdout).not.toContain(sign);
  });
});

/** Under code key 1, which the bundle of this portal has retired. */
const [codeKey] = PORTAL.forDocuments.codeKeys.slice(1);
if (!codeKey) throw new Error('The portal has eight code keys.');
const SIDE = { secret: codeKey.secret, peerPublic: SYSTEM.x25519Public };
const PAIR = {
  fingerprint: fromBase64url(PORTAL.bundle.fingerprint) ?? new Uint8Array(),
  codePublic: codeKey.public,
  systemPublic: SYSTEM.x25519Public,
};
const CODE = makeRegistrationCode(
  { keyId: 1, advisory: false, asksConfirmation: true, sequence: 7, day: dayOf(NOW) },
  SIDE,
  PAIR,
);

async function inspected(...args: string[]): Promise<Inspection> {
  return JSON.parse((await datestone('inspect', '--json', ...args)).stdout);
}

const recordOfSystem = () =>
  makeRecord(
    {
      iss: PORTAL.payload.iss,
      fingerprint: PORTAL.bundle.fingerprint,
      sub: SYSTEM.systemId,
      ed25519: toBase64url(SYSTEM.ed25519Public),
      registration: '00412345',
      revision: 4,
      sequence: 2,
      min_code_key: 2,
      since: '2019-03-14',
      state: 'confirmed',
      site: { name: 'Tower É', company: 'Nordbau', city: 'Bern', country: 'CH' },
      history: { n: 5, hash: toBase64url(new Uint8Array(32).fill(3)) },
    },
    PORTAL.recordKey,
  );

function file(name: string, content: string): string {
  writeFileSync(path.join(folder, name), `${content}\n`);
  return path.join(folder, name);
}

function datestone(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const program = path.join(import.meta.dirname, 'datestone.mjs');
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...COMPILED };
  return new Promise((ended) => {
    execFile(process.execPath, [program, ...args], { env }, (error, stdout, stderr) => {
      ended({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}
