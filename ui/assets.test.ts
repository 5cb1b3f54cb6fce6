import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { fastify } from 'fastify';
import { expect, test } from 'vitest';
import { BUNDLES, bundle } from '../scripts/build-islands.ts';
import { assets, assetUrl } from './assets.ts';
import { gallery } from './gallery.tsx';
import { render } from './page.tsx';
import { serveAssets } from './serve-assets.ts';

const app = fastify();
serveAssets(app);
const get = (url: string, encoding = 'identity') => app.inject({ url, headers: { 'accept-encoding': encoding } });

test.each(BUNDLES)('the committed $name is the one that the sources make', async (one) => {
  const committed = readFileSync(new URL(`static/${one.name}`, import.meta.url), 'utf8');
  expect(committed).toBe(await bundle(one));
});

test('every file is served under its hashed address, to be kept for ever', async () => {
  for (const { url, contentType, body } of assets) {
    const response = await get(url);
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe(contentType);
    expect(response.headers['cache-control']).toContain('immutable');
    expect(response.rawPayload.equals(body)).toBe(true);
  }
});

test('the stylesheet names fonts that are served', async () => {
  const css = (await get(assetUrl('style.css'))).body;
  const fonts = [...css.matchAll(/url\("(.+?)"\)/g)].map(([, url]) => url as string);
  expect(fonts).toHaveLength(2);
  for (const font of fonts) expect((await get(font)).headers['content-type']).toBe('font/woff2');
});

test('a browser that takes brotli gets it, and the same content', async () => {
  const response = await get(assetUrl('style.css'), 'gzip, deflate, br');
  expect(response.headers['content-encoding']).toBe('br');
  const plain = await get(assetUrl('style.css'));
  expect(brotliDecompressSync(response.rawPayload).equals(plain.rawPayload)).toBe(true);
});

test('a page after sign-in, with all it loads, weighs at most 60 kB', async () => {
  const page = Math.max(...Object.values(gallery).map((vnode) => Buffer.byteLength(render(vnode))));
  const loaded = await Promise.all(assets.map(({ url }) => get(url, 'br')));
  const weight = page + loaded.reduce((sum, response) => sum + response.rawPayload.length, 0);
  expect(weight).toBeLessThanOrEqual(60_000);
});

test('a file that does not exist is a mistake of ours, not a broken page', () => {
  expect(() => assetUrl('styles.css')).toThrow('styles.css');
});
