import { Argument, Command } from 'commander';
import { atPortal } from './at-portal-here.ts';
import { readKeyFile, writeKeyFile } from './keys/key-file.ts';
import { type PassphraseOptions, passphrase } from './keys/passphrase.ts';
import { keysForPrograms, keysInWords, orFault } from './keys/words.ts';
import { EXIT, Failure } from './problems.ts';
import { canAsk, sayYes } from './terminal/ask.ts';
import { print, printJson, say } from './terminal/table.ts';

interface KeysOptions extends PassphraseOptions {
  yes?: boolean;
  json?: boolean;
}

const STEPS = ['announce', 'sign', 'drop'] as const;

/** The ceremonies of docs/key-ceremony.md, on the database of the portal. */
export function keysCommand(): Command {
  return new Command('keys')
    .description('See and change the keys of a portal. Needs its environment: see docs/key-ceremony.md.')
    .addCommand(showCommand(), { isDefault: true })
    .addCommand(exportCommand())
    .addCommand(testCommand())
    .addCommand(removeCommand())
    .addCommand(advanceCommand())
    .addCommand(newRecordKeyCommand())
    .addCommand(newRootCommand())
    .addHelpText('after', '\nWithout a command it is show. All of them take --json.');
}

const jsonOption = (command: Command) => command.option('--json', 'answer as one line of JSON');
const actOptions = (command: Command) =>
  jsonOption(command).option('--yes', 'do not ask: you have read what will happen');
const fileOptions = (command: Command) =>
  command.option('--passphrase-file <file>', 'where the passphrase stands, in the first line; for scripts');

function showCommand(): Command {
  const command = new Command('show').description(
    'Say which keys there are, where their secrets are, and what to do next.',
  );
  return jsonOption(command).action(async ({ json }: KeysOptions) => {
    const keys = await atPortal(({ showKeys }, db) => showKeys(db));
    if (json) printJson(keysForPrograms(keys));
    else print(keysInWords(keys));
  });
}

function exportCommand(): Command {
  const command = new Command('export')
    .description(
      'Write the secrets of the code keys to come into a file, under a passphrase, for safe-keeping elsewhere.',
    )
    .argument('<file>', 'a new file');
  return fileOptions(actOptions(command)).action(async (file: string, { yes, json, ...options }: KeysOptions) => {
    const secret = await passphrase(options, 'anew');
    const exported = await atPortal(({ exportKeys }, db) => exportKeys(db, secret));
    if (exported.outcome === 'passphrase-too-short') {
      throw new Failure(`The passphrase needs at least ${exported.least} characters. Nothing was written.`, EXIT.usage);
    }
    if (exported.outcome === 'nothing-to-export') {
      throw new Failure('No secret of a code key to come is in the database. See: datestone keys show');
    }
    const written = writeKeyFile(file, exported.file);
    const { codeKeys } = orFault(await atPortal(({ testKeys }, db) => testKeys(db, written, secret)), file);
    say(`The secrets of the code keys ${codeKeys.join(', ')} are in ${file}, which was read back and opened.`);
    if (yes || canAsk()) {
      say('Copy it to two places outside of this machine now, and compare the copies.');
      say('Then the secrets can be taken out of the database: who steals the machine has none of the keys to come.');
      await sayYes('Are both copies where they are kept?', yes);
      await remove(file, written, secret);
    } else {
      say('They are in the database still. With the copies in their places, type: datestone keys remove FILE');
    }
    if (json) printJson({ file, code_keys: codeKeys, removed: yes || canAsk() });
  });
}

function testCommand(): Command {
  const command = new Command('test')
    .description('Open a copy of the key file and compare it with the keys that the portal has published.')
    .argument('<file>', 'the copy');
  return fileOptions(jsonOption(command)).action(async (file: string, { json, ...options }: KeysOptions) => {
    const text = readKeyFile(file);
    const secret = await passphrase(options);
    const { codeKeys } = orFault(await atPortal(({ testKeys }, db) => testKeys(db, text, secret)), file);
    if (json) printJson({ file, code_keys: codeKeys });
    else print(`${file} is good: it opens, and holds the secrets of the code keys ${codeKeys.join(', ')}.\n`);
  });
}

function removeCommand(): Command {
  const command = new Command('remove')
    .description('Take the secrets that are in a copy of the key file out of the database. The copy is opened first.')
    .argument('<file>', 'a copy, where it is kept');
  return fileOptions(actOptions(command)).action(async (file: string, { yes, json, ...options }: KeysOptions) => {
    const text = readKeyFile(file);
    const secret = await passphrase(options);
    await sayYes('After this only the copies hold the code keys to come. Are there two, and are they good?', yes);
    const codeKeys = await remove(file, text, secret);
    if (json) printJson({ file, removed: codeKeys });
  });
}

async function remove(file: string, text: string, secret: string): Promise<number[]> {
  const dropped = await atPortal(({ dropExportedKeys }, db) => dropExportedKeys(db, text, secret));
  const { codeKeys } = orFault(dropped, file);
  if (codeKeys.length === 0) say('None of them was in the database. Nothing was changed.');
  else
    say(
      `The secrets of the code keys ${codeKeys.join(', ')} are no longer in the database. Leave no copy on this machine.`,
    );
  return codeKeys;
}

function advanceCommand(): Command {
  const command = new Command('advance')
    .description('Go on to the next code key. Servers that hear of it take no code under an older one.')
    .argument('[file]', 'a copy of the key file, if the next secret is kept elsewhere');
  return fileOptions(actOptions(command)).action(
    async (file: string | undefined, { yes, json, ...options }: KeysOptions) => {
      const keys = await atPortal(({ showKeys }, db) => showKeys(db));
      const next = keys.codeKeys.find(({ state }) => state === 'to-come');
      if (!next) throw new Failure('This is the last of the eight code keys. There is none to go on to.');
      if (next.secret === 'elsewhere' && file === undefined) {
        throw new Failure(
          `The secret of code key ${next.id} is kept elsewhere. Give a copy of the key file.`,
          EXIT.usage,
        );
      }
      const from = file === undefined ? undefined : { file: readKeyFile(file), passphrase: await passphrase(options) };
      say(`After this, codes are made under code key ${next.id}. It cannot be taken back.`);
      say(
        'A code under an older key that nobody has entered yet is refused by a server that has heard of the new key.',
      );
      await sayYes(`Go on to code key ${next.id}?`, yes);
      const advanced = orFault(await atPortal(({ advanceKeys }, db) => advanceKeys(db, new Date(), from)), file ?? '');
      if (advanced.outcome !== 'advanced') {
        throw new Failure(`It was not done: ${advanced.outcome}. See: datestone keys show`);
      }
      const { currentCodeKey, bundleVersion } = advanced;
      if (json) return printJson({ current_code_key: currentCodeKey, bundle_version: bundleVersion });
      print(`Codes are made under code key ${currentCodeKey} now. The bundle has version ${bundleVersion}.\n`);
      print(sitesLearn);
    },
  );
}

const sitesLearn = `Portal processes that run follow within seconds. Servers with a line get the bundle with their next check-in.
To others take the bundle, which the portal serves at /bundle. There type: datestone apply FILE
`;

const RECORD_KEY = {
  announce: 'Name a new record key in the bundle? It does not sign yet.',
  sign: 'Let the announced record key sign? Servers that have not heard of it cannot read what it signs.',
  drop: 'Take the old record key out of the bundle? Servers believe nothing any more that it has signed.',
} as const;

function newRecordKeyCommand(): Command {
  const command = new Command('new-record-key')
    .description('Change the key that signs records, in three steps with weeks between them.')
    .addArgument(new Argument('<step>', 'which step').choices(STEPS));
  return actOptions(command).action(async (step: (typeof STEPS)[number], { yes, json }: KeysOptions) => {
    await sayYes(RECORD_KEY[step], yes);
    const result = await atPortal(({ newRecordKey }, db) => newRecordKey(db, step, new Date()));
    if (result.outcome === 'unfinished') {
      throw new Failure(`A change of the record key is not finished: ${result.kid} is there. See: datestone keys show`);
    }
    if (result.outcome === 'nothing-to-do') {
      throw new Failure(`There is nothing to ${step}. See: datestone keys show`);
    }
    const { outcome, kid, bundleVersion } = result;
    if (json) return printJson({ outcome, kid, bundle_version: bundleVersion });
    print(`Record key ${kid}: ${outcome}. The bundle has version ${bundleVersion}.\n${sitesLearn}`);
  });
}

function newRootCommand(): Command {
  const command = new Command('new-root').description(
    'Change the root key. The fingerprint stays; the old key names the new one, and its secret is forgotten.',
  );
  return actOptions(command).action(async ({ yes, json }: KeysOptions) => {
    await sayYes('Change the root key? It cannot be taken back.', yes);
    const result = await atPortal(({ newRoot }, db) => newRoot(db, new Date()));
    if (result.outcome === 'chain-full') {
      throw new Failure(
        'The root key was changed so often that the bundle has no room for once more. Nothing was changed.',
      );
    }
    const { rootChanges, bundleVersion } = result;
    if (json) return printJson({ root_changes: rootChanges, bundle_version: bundleVersion });
    print(
      `The root key is a new one, the ${rootChanges + 1}. of this portal. The bundle has version ${bundleVersion}.\n${sitesLearn}`,
    );
  });
}
