import { expect, test } from 'vitest';
import { PORTAL } from './documents/test-cast.ts';
import { fingerprintGroups } from './fingerprint.ts';

test('a fingerprint is read as 16 groups of four hex digits', () => {
  const groups = fingerprintGroups('AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8');
  expect(groups).toHaveLength(16);
  expect(groups.slice(0, 3)).toEqual(['0001', '0203', '0405']);
  expect(fingerprintGroups(PORTAL.bundle.fingerprint).join('')).toMatch(/^[0-9a-f]{64}$/);
});
