import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { CONSENT_VERSION } from '../../core/consents.ts';
import { consents } from './en/consents.ts';

/**
 * Every version of the texts that was ever shown, with a fingerprint of what it said. Somebody agreed to these: a line here
 * is never changed. Who changes a text adds a version to core/consents.ts and a line.
 */
const SHOWN: Record<string, string> = {
  '2026-11': '06WRAIybLMLufEdLd5UB3C90i45ag0ujZVL0u6AiO1A',
};

function fingerprint(texts: Record<string, string>): string {
  return createHash('sha256')
    .update(JSON.stringify(Object.entries(texts)))
    .digest('base64url');
}

test('the texts say what their version said when it was first shown', () => {
  expect(fingerprint(consents)).toBe(SHOWN[CONSENT_VERSION]);
});

test('a text that is changed by one letter has another fingerprint', () => {
  const changed = { ...consents, 'consent.free': `${consents['consent.free']}!` };
  expect(fingerprint(changed)).not.toBe(SHOWN[CONSENT_VERSION]);
});

test('each text says what it is used for, three things each', () => {
  const uses = (['investigation', 'services', 'updates'] as const).map((use) => [
    consents[`consent.use.${use}`],
    consents[`consent.system.${use}`].length > 20,
    consents[`consent.personal.${use}`].length > 20,
  ]);
  expect(uses).toEqual([
    ['Investigation', true, true],
    ['Additional services', true, true],
    ['Updates', true, true],
  ]);
});
