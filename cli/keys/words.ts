import { fingerprintLines } from '../../core/fingerprint.ts';
import type { Operations } from '../../portal/by-command.ts';
import { Failure } from '../problems.ts';
import { bold, facts } from '../terminal/table.ts';

type Shown = Extract<Awaited<ReturnType<Operations['showKeys']>>, { outcome: 'shown' }>;

/** Where which secret is, and what to do next. */
export function keysInWords(keys: Shown): string {
  const { codeKeys, recordKeys, rootChanges } = keys;
  const named = (ids: number[]) => (ids.length > 0 ? ids.join(', ') : 'none');
  const those = (state: Shown['codeKeys'][number]['state'], secret?: Shown['codeKeys'][number]['secret']) =>
    named(codeKeys.filter((key) => key.state === state && (!secret || key.secret === secret)).map(({ id }) => id));
  return [
    `${bold(`The keys of ${keys.name}, ${keys.url}`)}\n`,
    facts([
      ['Fingerprint', fingerprintLines(keys.fingerprint).join('\n')],
      ['Bundle', `version ${keys.bundleVersion}`],
      [
        'Root key',
        `${rootChanges === 0 ? 'the first' : `changed ${times(rootChanges)}`}; its secret is in the database`,
      ],
      ...recordKeys.map(
        ({ kid, signs }) =>
          ['Record key', `${kid}, ${signs ? 'signs' : 'does not sign'}; its secret is in the database`] as const,
      ),
      ['Code key in use', `${keys.currentCodeKey}; its secret is in the database`],
      ['Used up', those('retired')],
      ['To come, in the database', those('to-come', 'in-the-database')],
      ['To come, kept elsewhere', those('to-come', 'elsewhere')],
    ]),
    ...nextSteps(keys).map((step) => `Next: ${step}\n`),
  ].join('');
}

export function keysForPrograms(keys: Shown) {
  return {
    url: keys.url,
    name: keys.name,
    fingerprint: keys.fingerprint,
    bundle_version: keys.bundleVersion,
    root_changes: keys.rootChanges,
    record_keys: keys.recordKeys,
    current_code_key: keys.currentCodeKey,
    code_keys: keys.codeKeys,
    next: nextSteps(keys),
  };
}

/** What somebody who runs the portal should do about it. */
function nextSteps({ codeKeys, recordKeys }: Shown): string[] {
  const toCome = codeKeys.filter(({ state }) => state === 'to-come');
  const [old] = recordKeys.length > 1 ? recordKeys : [];
  return [
    ...(toCome.some(({ secret }) => secret === 'in-the-database')
      ? ['take the code keys to come to a safe place. Type: datestone keys export FILE']
      : []),
    ...(toCome.some(({ secret }) => secret === 'elsewhere')
      ? ['once a year, test each copy of the key file. Type: datestone keys test FILE']
      : []),
    ...(toCome.length === 0 ? ['this is the last code key. Its codes go on working; there is none after it.'] : []),
    ...(old ? ['finish the change of the record key: docs/key-ceremony.md, "A new record key".'] : []),
  ];
}

const times = (count: number) => (count === 1 ? 'once' : `${count} times`);

type Fault =
  | { outcome: 'wrong-passphrase' | 'not-a-key-file' | 'key-file-of-another-portal' }
  | { outcome: 'keys-differ'; codeKeys: number[] };

const FAULTS: Record<Exclude<Fault['outcome'], 'keys-differ'>, string> = {
  'wrong-passphrase': 'The passphrase is not the one of this file, or the file was changed.',
  'not-a-key-file': 'This is not a file of datestone keys export.',
  'key-file-of-another-portal': 'This file has the keys of another portal.',
};

/** What is wrong with a key file; otherwise what came of it. */
export function orFault<T extends { outcome: string }>(result: T | Fault, file: string): Exclude<T, Fault> {
  if (result.outcome === 'keys-differ') {
    const { codeKeys } = result as Extract<Fault, { outcome: 'keys-differ' }>;
    return fail(`The keys ${codeKeys.join(', ')} in it are not the portal’s.`);
  }
  if (Object.hasOwn(FAULTS, result.outcome)) return fail(FAULTS[result.outcome as keyof typeof FAULTS]);
  return result as Exclude<T, Fault>;

  function fail(sentence: string): never {
    const title = `${file}: ${sentence} Nothing was changed.`;
    throw new Failure(title, undefined, { title, code: result.outcome });
  }
}
