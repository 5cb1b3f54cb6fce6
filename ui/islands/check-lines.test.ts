import { expect, test } from 'vitest';
import { checkLines } from './check-lines.ts';

const lines = ['342GS-3J21S-NW79S', 'J9GCD-W0EXX-QKFFS', 'KDM9S-91HFT-YVKZ2', 'D6248-8WE0X-6GT5R'];
const right = { outcome: 'right' };

test('four right lines are right, also in small letters and without hyphens', () => {
  expect(checkLines(lines.join('\n'))).toEqual([right, right, right, right]);
  expect(checkLines(lines.join('\n').toLowerCase().replaceAll('-', ' '))).toEqual([right, right, right, right]);
});

test('a paste in one line is cut into four', () => {
  expect(checkLines(lines.join(''))).toEqual([right, right, right, right]);
});

test('a wrong line does not make the next ones wrong', () => {
  const typed = [lines[0], lines[1]?.replace('QKFFS', 'QKFF5'), lines[2]?.slice(0, -1), lines[3]];
  expect(checkLines(typed.join('\n'))).toEqual([right, { outcome: 'wrong' }, { outcome: 'count', count: 14 }, right]);
});

test('a line in another place says which it is', () => {
  expect(checkLines([lines[1], lines[0]].join('\n'))).toEqual([
    { outcome: 'place', place: 2 },
    { outcome: 'place', place: 1 },
  ]);
});

test('a foreign character is named', () => {
  expect(checkLines('342GS-3J2?')).toEqual([{ outcome: 'character', character: '?' }]);
});

test('nothing typed, nothing said', () => {
  expect(checkLines('\n ')).toEqual([]);
});
