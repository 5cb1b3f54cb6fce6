import { isUtf8 } from 'node:buffer';
import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';

/** What a zip says of its files, read before anything is unpacked; and each file, held to what was said of it. */
export interface PackedFile {
  name: string;
  packed: Buffer;
  isStored: boolean;
  /** As it was before it was packed. */
  size: number;
  sum: number;
}

export type ArchiveProblem = 'archive-damaged' | 'archive-names' | 'other-archive';

/** What computers put into an archive by themselves, and folders. */
const NO_FILE = /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)|\/$/i;

/** Leads out of where somebody might unpack it, or is no name. We write none to a disk, and take none that is made for it. */
const BAD_NAME = /(^|[\\/])\.\.([\\/]|$)|^([\\/]|[a-z]:)|\p{Cc}/iu;

const [END, ENTRY, FILE] = [0x06054b50, 0x02014b50, 0x04034b50];
const [STORED, DEFLATED] = [0, 8];
/** Locked with a password, in one of three ways. */
const LOCKED = 0x2041;
/** Where zip64 would say more. */
const [ZIP64, ZIP64_COUNT] = [0xffffffff, 0xffff];

export function filesIn(archive: Uint8Array): PackedFile[] | ArchiveProblem {
  try {
    return readDirectory(Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength));
  } catch (error) {
    // It points behind its end.
    if (error instanceof RangeError) return 'archive-damaged';
    throw error;
  }
}

function readDirectory(archive: Buffer): PackedFile[] | ArchiveProblem {
  const end = archive.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (archive.readUInt32LE(end) !== END) return 'archive-damaged';
  const count = archive.readUInt16LE(end + 10);
  if (count === ZIP64_COUNT) return 'other-archive';
  const files: PackedFile[] = [];
  let at = archive.readUInt32LE(end + 16);
  let packedTogether = 0;
  for (let n = 0; n < count; n++) {
    if (archive.readUInt32LE(at) !== ENTRY) return 'archive-damaged';
    const [flags, method] = [archive.readUInt16LE(at + 8), archive.readUInt16LE(at + 10)];
    const [sum, length] = [archive.readUInt32LE(at + 16), archive.readUInt32LE(at + 20)];
    const size = archive.readUInt32LE(at + 24);
    const local = archive.readUInt32LE(at + 42);
    if (flags & LOCKED || ![STORED, DEFLATED].includes(method)) return 'other-archive';
    if ([length, size, local].includes(ZIP64)) return 'other-archive';

    const begins = at + 46;
    at = begins + archive.readUInt16LE(at + 28);
    const nameBytes = archive.subarray(begins, at);
    const name = nameBytes.toString(isUtf8(nameBytes) ? 'utf8' : 'latin1');
    if (BAD_NAME.test(name)) return 'archive-names';
    at += archive.readUInt16LE(begins - 16) + archive.readUInt16LE(begins - 14);

    if (archive.readUInt32LE(local) !== FILE) return 'archive-damaged';
    const data = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const packed = archive.subarray(data, data + length);
    const isStored = method === STORED;
    packedTogether += length;
    // Files that share their bytes are together larger than what holds them.
    if (packed.length < length || packedTogether > archive.length || (isStored && length !== size)) {
      return 'archive-damaged';
    }
    if (!NO_FILE.test(name)) files.push({ name: name.slice(0, 200), packed, isStored, size, sum });
  }
  return files;
}

const inflate = promisify(inflateRaw);

/** Never more than was said; nothing, if it is not exactly that. */
export async function unpack({ packed, isStored, size, sum }: PackedFile): Promise<Uint8Array | undefined> {
  // The option has no word for nothing.
  const bytes = isStored ? packed : await inflate(packed, { maxOutputLength: size || 1 }).catch(() => undefined);
  return bytes?.length === size && crc32(bytes) === sum ? bytes : undefined;
}
