import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { assets } from './assets.ts';

/** Serves the stylesheet, fonts and islands. Few and small: compressed once, kept in memory, kept for ever by browsers. */
export function serveAssets(app: FastifyInstance) {
  for (const { url, contentType, body } of assets) {
    // A font is compressed already.
    const versions = contentType.startsWith('font/')
      ? []
      : ([
          ['br', brotliCompressSync(body)],
          ['gzip', gzipSync(body, { level: 9 })],
        ] as const);
    app.get(url, (request, reply) => {
      const accepted = String(request.headers['accept-encoding'] ?? '').split(/\s*,\s*/);
      const version = versions.find(([encoding]) => accepted.includes(encoding));
      if (version) reply.header('content-encoding', version[0]);
      return reply
        .header('content-type', contentType)
        .header('cache-control', 'public, max-age=31536000, immutable')
        .header('vary', 'accept-encoding')
        .send(version ? version[1] : body);
    });
  }
}
