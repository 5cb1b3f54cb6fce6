import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname } from 'node:path';

/** A static file as it is sent: its address holds a hash of its content, so a browser may keep it for ever. */
export interface Asset {
  url: string;
  contentType: string;
  body: Buffer;
}

const contentTypes: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

const own = (name: string) => readFileSync(new URL(`static/${name}`, import.meta.url));
const require = createRequire(import.meta.url);

const byName = new Map<string, Asset>();

/** A file with the address under which it is sent. */
export function assetFrom(name: string, body: Buffer): Asset {
  const extension = extname(name);
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 10);
  const url = `/static/${name.slice(0, -extension.length)}.${hash}${extension}`;
  return { url, contentType: contentTypes[extension] as string, body };
}

const add = (name: string, body: Buffer) => byName.set(name, assetFrom(name, body));

add(
  'marcellus-sc-latin-400-normal.woff2',
  readFileSync(require.resolve('@fontsource/marcellus-sc/files/marcellus-sc-latin-400-normal.woff2')),
);
add(
  'marcellus-sc-latin-ext-400-normal.woff2',
  readFileSync(require.resolve('@fontsource/marcellus-sc/files/marcellus-sc-latin-ext-400-normal.woff2')),
);
add('icon.svg', own('icon.svg'));
add('islands.js', own('islands.js'));
add('style.css', stylesheet());

// One file a subject, sent as one; the order matters. It names its fonts by file, and is sent with their real addresses.
function stylesheet(): Buffer {
  const parts = [
    'tokens',
    'page',
    'text',
    'actions',
    'fields',
    'blocks',
    'plate',
    'lists',
    'servers',
    'labels',
    'codes',
    'print',
  ];
  const css = parts.map((part) => readFileSync(new URL(`style/${part}.css`, import.meta.url), 'utf8')).join('\n');
  return Buffer.from(css.replace(/url\("(.+?)"\)/g, (_, name) => `url("${assetUrl(name)}")`));
}

export const assets: readonly Asset[] = [...byName.values()];

/** The address of a static file: `assetUrl('style.css')` is "/static/style.3f2a9c1d07.css". */
export function assetUrl(name: string): string {
  const asset = byName.get(name);
  if (!asset) throw new Error(`There is no static file ${name}.`);
  return asset.url;
}
