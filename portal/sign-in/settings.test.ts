import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { newFolder } from '../../test/support/folders.ts';
import { readConfig } from '../config.ts';

const provider = {
  id: 'exchange',
  name: 'Buildings Exchange',
  issuer: 'https://login.exchange.example',
  client_id: 'datestone',
  client_secret: 'the secret',
  kind: { claim: 'role', branch: ['employee'], 'end-user': ['customer', 'owner'] },
};

function read(content: unknown) {
  const file = path.join(newFolder(), 'providers.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return readConfig({ DATESTONE_OIDC_PROVIDERS: file }).providers;
}

test('a provider is read with its claim, and its secret is shown nowhere', () => {
  const [one] = read([provider]);
  expect(one?.clientSecret?.reveal()).toBe('the secret');
  expect(one?.scope).toBe('openid profile email');
  expect([...(one?.kind?.values ?? [])]).toEqual([
    ['employee', 'branch'],
    ['customer', 'end-user'],
    ['owner', 'end-user'],
  ]);
  expect(inspect(one) + JSON.stringify(one) + String(one?.clientSecret)).not.toContain('the secret');
});

test('without the variable there is none, and a client needs no secret', () => {
  expect(readConfig({}).providers).toEqual([]);
  const { client_secret: _, ...without } = provider;
  expect(read([without])[0]?.clientSecret).toBeUndefined();
});

test.each<[string, unknown, RegExp]>([
  ['is no JSON', '[{"client_secret": "the secret"', /is not JSON\.$/],
  ['is no list', provider, /is not a list of providers/],
  ['has a member that nobody knows', [{ ...provider, secret: 'the secret' }], /at 0: .*"secret"/],
  ['has a provider without issuer', [{ ...provider, issuer: undefined }], /at 0\.issuer/],
  ['has an id with a slash', [{ ...provider, id: 'a/b' }], /at 0\.id: must be small letters/],
  [
    'speaks plain http with another machine',
    [{ ...provider, issuer: 'http://login.example' }],
    /at 0\.issuer: must be an address of https/,
  ],
  [
    'names one id twice',
    [provider, { ...provider, issuer: 'https://b.example' }],
    /two providers with the id "exchange"/,
  ],
  ['names one issuer twice', [provider, { ...provider, id: 'b' }], /two providers with the issuer/],
  ['leaves out openid', [{ ...provider, scope: 'profile' }], /gives "exchange" a scope without openid/],
  ['names a claim and no value', [{ ...provider, kind: { claim: 'role' } }], /names a claim, but no value/],
  [
    'makes one value two kinds',
    [{ ...provider, kind: { claim: 'r', branch: ['a'], partner: ['a'] } }],
    /makes "a" of "exchange" two kinds/,
  ],
])('a file that %s is refused in words, without its secret', (_, content, words) => {
  const refusal = messageOf(() => read(content));
  expect(refusal).toMatch(/^DATESTONE_OIDC_PROVIDERS: .*providers\.json /);
  expect(refusal).toMatch(words);
  expect(refusal).not.toContain('the secret');
});

test('a file that is not there is named', () => {
  expect(messageOf(() => readConfig({ DATESTONE_OIDC_PROVIDERS: '/nowhere/providers.json' }))).toMatch(
    /^DATESTONE_OIDC_PROVIDERS: \/nowhere\/providers\.json cannot be read \(ENOENT/,
  );
});

function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('It was not refused.');
}
