import { expect, test } from 'vitest';
import { symbolsOf } from './crockford.ts';
import { newInvitationCode, readInvitationCode } from './invitation-code.ts';
import { groupsOf, writtenCode } from './typed-code.ts';

test('a code has four groups of five, and is read however it is typed', () => {
  const code = newInvitationCode();
  expect(groupsOf(code).map((group) => group.length)).toEqual([5, 5, 5, 5]);
  for (const typed of [code, writtenCode(code), code.toLowerCase(), groupsOf(code).join('  '), ` ${code}\n`]) {
    expect(readInvitationCode(typed)).toEqual({ outcome: 'read', code });
  }
});

test('two codes are never the same, and each of their random symbols takes every value', () => {
  const codes = Array.from({ length: 2000 }, newInvitationCode);
  expect(new Set(codes).size).toBe(codes.length);
  // The first symbol holds the type and one random bit; the last two check.
  for (let at = 1; at < 18; at++) expect(new Set(codes.map((code) => code[at])).size).toBe(32);
  expect(new Set(codes.map((code) => code[0]))).toEqual(new Set(['8', '9']));
});

test('one wrong symbol is found and named by its group', () => {
  const code = newInvitationCode();
  for (let at = 0; at < code.length; at++) {
    const other = symbolsOf(code)[at] === 0 ? '1' : '0';
    const reading = readInvitationCode(code.slice(0, at) + other + code.slice(at + 1));
    expect(reading).toMatchObject({ outcome: 'mistyped' });
    const places = reading.outcome === 'mistyped' ? reading.places : [];
    expect(places.map(({ group }) => group)).toContain(Math.floor(at / 5) + 1);
  }
});

test('other codes are said to be others', () => {
  expect(readInvitationCode('5FY1Z-20CXC-ZTV30-ENH3S-VX79M')).toEqual({
    outcome: 'other-text',
    text: 'registration-code',
  });
  expect(readInvitationCode('789Y3-E5PGF')).toEqual({ outcome: 'other-text', text: 'confirmation-code' });
  expect(readInvitationCode('')).toEqual({ outcome: 'empty' });
  expect(readInvitationCode('12345-12345-12345-1234')).toEqual({ outcome: 'wrong-length', symbols: 19 });
});
