import { expect, test } from 'vitest';
import { linesOf, readSystemId, type SystemIdReading } from '../../core/system-id.ts';
import { newSeed, systemKeysFrom } from '../../core/system-keys.ts';
import { texts } from '../../ui/text.ts';
import { en } from '../messages/en.ts';
import { sentenceOf } from './typed-system-id.ts';

const t = texts(en, 'en');
const right = ['342GS-3J21S-NW79S', 'J9GCD-W0EXX-QKFFS', 'KDM9S-91HFT-YVKZ2', 'D6248-8WE0X-6GT5R'];
const [one, two, three, four] = right as [string, string, string, string];

/** What a person is told who typed this. */
function told(typed: string): string {
  const reading = readSystemId(typed);
  if (reading.outcome === 'read') throw new Error('It is a System ID.');
  return sentenceOf(reading, t);
}

const lines = (...of: string[]) => of.join('\n');

test.each([
  ['', 'Enter the System ID.'],
  [lines(one, two, three), 'Line 4 is missing.'],
  [lines(two, three, four), 'Line 1 is missing.'],
  [lines(one, two, two), 'Lines 3 and 4 are missing.'],
  ['342GS', 'A System ID has 60 characters. You typed 5.'],
  [lines(one, two, three, `${four}9`), 'A System ID has 60 characters. You typed 61.'],
  [lines(one, two.replace('W', '*'), three, four), '* is not used in a System ID. Look at line 2, group 2.'],
  ['5FY1Z-20CXC-ZTV30-ENH3S-VX79M', 'That is a Registration code. A System ID has four lines.'],
  ['789Y3-E5PGF', 'That is a Confirmation code. A System ID has four lines.'],
  [lines(one, 'J9GCD-W0EXX-QKFF5', three, four), 'Line 2, group 3 (QKFF5): one character is probably wrong.'],
  [lines(one, 'J9GCD-W0EXX-QKFSF', three, four), 'Line 2, group 3 (QKFSF): two neighbours are probably swapped.'],
  [lines(one, three, two, four), 'Line 3 stands where line 2 belongs. Line 2 stands where line 3 belongs.'],
  [lines(one, 'J9GCD-W0EXX-00000', three, four), 'Line 2: several characters are wrong. Compare every group.'],
])('%j: %s', (typed, sentence) => {
  expect(told(typed)).toBe(sentence);
});

test('two explanations that both hold are both said', () => {
  const places = [
    { kind: 'symbol', line: 2, group: 1, text: 'J9GCD' },
    { kind: 'exchange', line: 2, group: 3, text: 'QKFFS' },
  ] as const;
  expect(sentenceOf({ outcome: 'mistyped', places: [...places] }, t)).toBe(
    'Line 2, group 1 (J9GCD): one character is probably wrong. Line 2, group 3 (QKFFS): two neighbours are probably swapped.',
  );
});

test('a System ID that no server can have is not taken for a slip of the finger', () => {
  const reading: SystemIdReading = { outcome: 'not-possible', why: 'low-order' };
  expect(sentenceOf(reading, t)).toBe('This is not a System ID that a server can have.');
});

test('small letters, spaces, and the letters that look like digits are read as they are meant', () => {
  const { systemId } = systemKeysFrom(newSeed());
  const typed = linesOf(systemId).join(' ').toLowerCase().replace(/0/g, 'o').replace(/1/g, 'l').replace(/-/g, ' ');
  expect(readSystemId(typed)).toEqual({ outcome: 'read', systemId });
});
