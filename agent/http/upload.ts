import type { FastifyRequest } from 'fastify';

/** What a form with a file has around the file. */
const FORM = 4096;

export const TOO_LARGE = Symbol('too large');

/**
 * The text of the one file of a form; undefined if none was chosen. `TOO_LARGE` is said before the file is read: what the
 * browser goes on sending is dropped as it comes.
 */
export async function uploadedText(
  request: FastifyRequest,
  largest: number,
): Promise<string | typeof TOO_LARGE | undefined> {
  if (!request.isMultipart()) return undefined;
  if (Number(request.headers['content-length'] ?? 0) > largest + FORM) return TOO_LARGE;
  const upload = await request.file({ limits: { fileSize: 2 * largest } });
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of upload?.file ?? []) {
    size += part.length;
    if (size > largest) break;
    parts.push(part);
  }
  if (size > largest) {
    request.raw.unpipe();
    request.raw.resume();
    return TOO_LARGE;
  }
  return Buffer.concat(parts).toString('utf8').trim() || undefined;
}
