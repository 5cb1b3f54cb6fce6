import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { type Asset, assets } from './assets.ts';

/** From here on the last few per cent take seconds. */
const LARGE = 200_000;

/**
 * Serves the stylesheet, fonts and islands, or the files that are given. Each is compressed when it is first asked for, kept
 * in memory, and kept for ever by browsers.
 */
export function serveAssets(
  app: FastifyInstance,
  served: readonly Asset[] = assets,
  headers: Record<string, string> = {},
) {
  for (const { url, contentType, body } of served) {
    const compressed = new Map<Encoding, Promise<Buffer>>();
    const inEncoding = (encoding: Encoding) => {
      const known = compressed.get(encoding) ?? COMPRESS[encoding](body);
      compressed.set(encoding, known);
      return known;
    };
    app.get(url, async (request, reply) => {
      const accepted = String(request.headers['accept-encoding'] ?? '').split(/\s*,\s*/);
      // A font is compressed already.
      const encoding = contentType.startsWith('font/')
        ? undefined
        : ENCODINGS.find((known) => accepted.includes(known));
      if (encoding) reply.header('content-encoding', encoding);
      return reply
        .headers({ ...headers, 'content-type': contentType, vary: 'accept-encoding' })
        .header('cache-control', 'public, max-age=31536000, immutable')
        .send(encoding ? await inEncoding(encoding) : body);
    });
  }
}

type Encoding = 'br' | 'gzip';
const ENCODINGS: readonly Encoding[] = ['br', 'gzip'];

const COMPRESS: Record<Encoding, (body: Buffer) => Promise<Buffer>> = {
  br: (body) =>
    promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: body.length > LARGE ? 9 : 11 } }),
  gzip: (body) => promisify(gzip)(body, { level: 9 }),
};
