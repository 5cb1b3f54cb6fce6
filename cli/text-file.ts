import { closeSync, existsSync, fstatSync, openSync, readSync, statSync } from 'node:fs';

/** More than the largest document has: an answer to a check-in, with room for its envelope. */
const LARGEST_BYTES = 2 * 1024 * 1024;

const LOOKS: [begins: number[], what: string][] = [
  [[0x89, 0x50, 0x4e, 0x47], 'a picture. Scan the QR code in it, or upload the picture at the portal'],
  [[0xff, 0xd8, 0xff], 'a picture. Scan the QR code in it, or upload the picture at the portal'],
  [[0x50, 0x4b, 0x03, 0x04], 'an archive. Unpack it, and give the files in it'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF document'],
  [[0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], 'a database. A backup is restored on the pages of the server'],
];

export type TextFile = { outcome: 'read'; text: string } | { outcome: 'no-text'; sentence: string };

/** Whether a word of the command line is a file. */
export const isFile = (word: string): boolean => existsSync(word) && statSync(word).isFile();

/** A word that names a file which is not there, rather than being a text that people type. */
export const isMissingFile = (word: string): boolean =>
  !existsSync(word) && !/^https?:/i.test(word) && /[/\\]|\.(datestone|bundle|keys)$/i.test(word);

/** The text of a file that somebody brings, without white space around it. Never more of it is read than a document has. */
export function readTextFile(file: string): TextFile {
  let bytes: Uint8Array;
  let size: number;
  try {
    const handle = openSync(file, 'r');
    try {
      size = fstatSync(handle).size;
      const buffer = new Uint8Array(Math.min(size, LARGEST_BYTES));
      bytes = buffer.subarray(0, readSync(handle, buffer, 0, buffer.length, 0));
    } finally {
      closeSync(handle);
    }
  } catch {
    return noText(`The file ${file} cannot be read.`);
  }
  const look = LOOKS.find(([begins]) => begins.every((byte, at) => bytes[at] === byte));
  if (look) return noText(`The file ${file} is ${look[1]}.`);
  if (size > LARGEST_BYTES) return noText(`The file ${file} is larger than any document of Datestone can be.`);
  return textIn(bytes, `The file ${file}`);
}

/** `what`: "The file X", for the sentence that says that it is no text. */
export function textIn(bytes: Uint8Array, what: string): TextFile {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim();
    if (!text.includes('\0')) return text ? { outcome: 'read', text } : noText(`${what} is empty.`);
  } catch {
    // Said below: it is the same to do.
  }
  return noText(`${what} is no text.`);
}

function noText(sentence: string): TextFile {
  return { outcome: 'no-text', sentence };
}
