import { expect, test } from 'vitest';
import { fingerprintLines } from './fingerprint.ts';

test('a fingerprint is read in four lines of four groups of hex digits', () => {
  expect(fingerprintLines('AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8')).toEqual([
    '0001 0203 0405 0607',
    '0809 0a0b 0c0d 0e0f',
    '1011 1213 1415 1617',
    '1819 1a1b 1c1d 1e1f',
  ]);
});
