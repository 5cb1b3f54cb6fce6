import { expect, test } from 'vitest';
import { checkCode } from './check-code.ts';

const CODE = '5FY1Z-20CXC-ZTV30-ENH3S-VX79M';
const check = (typed: string) => checkCode(typed, 'registration-code');

test('a code without a typing mistake is said to have none, in any grouping and case', () => {
  expect(check(CODE)).toEqual({ outcome: 'right' });
  expect(check(CODE.toLowerCase().replaceAll('-', ''))).toEqual({ outcome: 'right' });
  expect(checkCode('789Y3-E5PGF', 'confirmation-code')).toEqual({ outcome: 'right' });
});

test('what is typed so far is counted, also where it is as long as another code', () => {
  expect(check('5FY1Z-20CX')).toEqual({ outcome: 'count', count: 9, symbols: 25 });
  expect(check('5FY1Z-20CXC')).toEqual({ outcome: 'count', count: 10, symbols: 25 });
  expect(checkCode('789', 'confirmation-code')).toEqual({ outcome: 'count', count: 3, symbols: 10 });
});

test('one wrong character, two swapped, several, and a foreign one: where to look', () => {
  expect(check(CODE.replace('ENH3S', 'ENH3T'))).toEqual({ outcome: 'symbol', group: 4, text: 'ENH3T' });
  expect(check(CODE.replace('ZTV30', 'ZVT30'))).toEqual({ outcome: 'exchange', group: 3, typed: 'VT', swapped: 'TV' });
  expect(check(CODE.replace('20CXC', '20XCC'))).toEqual({ outcome: 'either', group: 2, other: 5 });
  expect(check(CODE.replace('5FY1Z', '5FY10').replace('VX79M', 'VX794'))).toEqual({ outcome: 'several' });
  expect(check('5FY1Z-20C!')).toEqual({ outcome: 'character', character: '!', group: 2 });
});

test('nothing typed, nothing said', () => {
  expect(check(' - ')).toBeUndefined();
});
