import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LONGEST_BROUGHT_TEXT, readBroughtText } from './brought-text.ts';
import { sign } from './jws.ts';
import { makeRequest } from './request.ts';
import { PORTAL, REQUEST } from './test-cast.ts';

const document = await makeRequest({ ...REQUEST, via: 'file' });
const { recordKey } = PORTAL;

test('a file holds a request alone, however it was saved', () => {
  const read = { outcome: 'request', document, portal: undefined };
  expect(readBroughtText(document)).toEqual(read);
  expect(readBroughtText(`\uFEFF${document}\r\n`)).toEqual(read);
  expect(readBroughtText(document.replace(/.{76}/g, '$&\n'))).toEqual(read);
});

test('a QR code is a link with the request behind its #, and says to which portal', () => {
  expect(readBroughtText(`https://portal.example/r#${document}`)).toEqual({
    outcome: 'request',
    document,
    portal: 'https://portal.example',
  });
  expect(readBroughtText(`HTTP://portal.example:8080/r#${document}`)).toMatchObject({
    portal: 'HTTP://portal.example:8080',
  });
});

test('what it is instead of a request is named', async () => {
  const why = (text: string) => {
    const reading = readBroughtText(text);
    return reading.outcome === 'refused' ? reading.why : reading.outcome;
  };
  expect(why('')).toBe('not-a-request');
  expect(why('Dear colleagues, attached is the request.')).toBe('not-a-request');
  expect(why('{"typ":"datestone-request+jwt"}')).toBe('not-a-request');
  expect(why(document.slice(0, -1))).toBe('damaged');
  expect(why(document.slice(0, 20))).toBe('damaged');
  expect(why('https://portal.example/r#')).toBe('damaged');
  expect(why(`https://portal.example/r#${document.slice(0, 300)}`)).toBe('damaged');
  expect(why('https://portal.example/systems/12345678')).toBe('other-link');
  expect(why('WIFI:S:Plant;T:WPA;P:secret;;')).toBe('not-a-request');
  expect(why(await sign('datestone-record+jwt', recordKey.kid, {}, recordKey.secret))).toBe('record');
  expect(why(await sign('datestone-bundle+jwt', 'f', {}, PORTAL.rootSecret))).toBe('bundle');
  expect(why(await sign('datestone-answer+jwt', recordKey.kid, {}, recordKey.secret))).toBe('not-a-request');
  expect(why('x'.repeat(LONGEST_BROUGHT_TEXT + 1))).toBe('too-large');
});

test('anything at all is answered', () => {
  const pieces = fc.oneof(fc.string(), fc.constantFrom(document, 'https://portal.example/r#', '.', '\n', 'eyJ'));
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 2000 }),
    fc.array(pieces, { maxLength: 5 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const reading = readBroughtText(text);
      return reading.outcome === 'refused' || reading.document.length > 0;
    }),
  );
});
