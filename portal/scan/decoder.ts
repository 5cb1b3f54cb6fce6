import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { FastifyInstance } from 'fastify';
import { assetFrom } from '../../ui/assets.ts';
import { serveAssets } from '../../ui/serve-assets.ts';

const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
const beside = (file: string) => new URL(file, `file://${wasm}`);

/** What reads a QR code in a browser that cannot by itself: loaded only there, and only once the camera is allowed. */
export const DECODER = {
  worker: assetFrom('scan-worker.js', readFileSync(new URL('../../ui/static/scan-worker.js', import.meta.url))),
  decoder: assetFrom('zxing-reader.js', readFileSync(beside('../iife/reader/index.js'))),
  wasm: assetFrom('zxing-reader.wasm', readFileSync(wasm)),
};

/**
 * A worker obeys the policy that it was sent with, not the one of its page. So this worker alone may compile WebAssembly, and
 * may do nothing else but load its two files.
 */
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

export function serveDecoder(app: FastifyInstance): void {
  serveAssets(app, Object.values(DECODER), { 'content-security-policy': POLICY });
}
