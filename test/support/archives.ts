import { crc32, deflateRawSync } from 'node:zlib';

/** One entry of an archive. What is not said is honest. */
export interface Entry {
  name: string;
  content: Uint8Array;
  /** 0 stores it, 8 deflates it, which is what happens unless it says otherwise. */
  method?: number;
  flags?: number;
  /** What the directory claims. */
  size?: number;
  originalSize?: number;
  sum?: number;
  /** Its data is that of the entry before. */
  shares?: boolean;
}

/** A zip as no program would make it. */
export function zipOf(...entries: Entry[]): Buffer {
  const [locals, directory]: [Buffer[], Buffer[]] = [[], []];
  let [at, next] = [0, 0];
  for (const entry of entries) {
    const { content, method = 8, flags = 0, sum = crc32(content) } = entry;
    const data = method === 8 ? deflateRawSync(content) : Buffer.from(content);
    const name = Buffer.from(entry.name);
    const { size = data.length, originalSize = content.length } = entry;
    const facts = Buffer.alloc(26);
    facts.set([20, 0, flags & 255, flags >> 8, method, 0]);
    facts.writeUInt32LE(sum, 10);
    facts.writeUInt32LE(size, 14);
    facts.writeUInt32LE(originalSize, 18);
    facts.writeUInt16LE(name.length, 22);
    if (!entry.shares) {
      const local = Buffer.concat([Buffer.from('PK\x03\x04'), facts, name, data]);
      locals.push(local);
      at = next;
      next += local.length;
    }
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), facts, tail, name);
  }
  const whole = Buffer.concat(directory);
  const end = Buffer.from(`PK\x05\x06${'\0'.repeat(18)}`);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(whole.length, 12);
  end.writeUInt32LE(next, 16);
  return Buffer.concat([...locals, whole, end]);
}
