import { dictionary } from '@zxcvbn-ts/language-common';
import { expect, test } from 'vitest';
import { LEAST, MOST, passwordProblem } from './passwords.ts';

const about = ['Lena Brandt', 'lena@brandt-controls.example', 'lena', 'Brandt Building Controls'];
const problem = (password: string) => passwordProblem(password, about);

test('a password has at least 15 characters, as people count them', () => {
  expect(problem('kupfer dach tee')).toBeUndefined();
  expect(problem('kupfer dach te')).toBe('short');
  expect(problem('😀'.repeat(3) + 'kupferdachte')).toBeUndefined();
  expect(problem('😀'.repeat(2) + 'kupferdachte')).toBe('short');
  expect(problem('kupfer dach '.repeat(30))).toBe('long');
  expect(`kupfer dach tee${' x'.repeat(MOST)}`.length).toBeGreaterThan(MOST);
});

test('the same characters are the same password, however they were typed', () => {
  const [composed, decomposed] = ['käsekuchenform1', 'käsekuchenform1'.normalize('NFD')];
  expect(problem(composed)).toBe(problem(decomposed));
  expect(problem('ｋｕｐｆｅｒ')).toBe('short');
});

test('every password of the list of common ones is refused', () => {
  const long = dictionary['passwords-common'].filter((one) => one.length >= LEAST);
  expect(long.length).toBeGreaterThan(20);
  expect(long.filter((one) => problem(one) !== 'common')).toEqual([]);
  expect(long.filter((one) => problem(one.toUpperCase()) !== 'common')).toEqual([]);
});

test.each([
  'passwordpassword',
  'Password1234567!',
  '123456789012345',
  '!!!!!!!!!!!!!!!!!',
  'abcabcabcabcabcabc',
  '111111111111111',
])('a common one that was made long is common: %s', (password) => expect(problem(password)).toBe('common'));

test('what a stranger would try first is refused', () => {
  expect(problem('Lena Brandt 1979')).toBe('about-you');
  expect(problem('lena@brandt-controls.example')).toBe('about-you');
  expect(problem('the goat of lena brandt sings')).toBeUndefined();
});

test('no kind of character is asked for', () => {
  for (const password of [
    'onlysmallletterstogether',
    '8361 5507 2946 1138',
    'ΟΛΑ ΤΑ ΚΕΦΑΛΑΙΑ ΕΔΩ',
    '密码很长而且没有人会猜到它是什么吧',
  ]) {
    expect([password, problem(password)]).toEqual([password, undefined]);
  }
});
