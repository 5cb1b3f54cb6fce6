import { LONGEST_BROUGHT_TEXT, type NotARequest, readBroughtText } from '../../core/documents/brought-text.ts';
import { type ArchiveProblem, filesIn, unpack } from './archive.ts';
import { kindOf } from './kinds.ts';
import { allOfIt, type Left, LIMITS } from './limits.ts';
import { type Codes, codesIn, inTurn } from './thread.ts';

/** Why there is no request in a file. */
export type FileProblem =
  | NotARequest
  | Extract<Codes, { outcome: 'refused' }>['why']
  | 'no-code'
  | 'other-picture'
  | ArchiveProblem
  | 'archive-empty'
  | 'archive-too-large'
  | 'too-many'
  | 'archive-in-archive';

export type OpenedFile = { name: string } & (
  | { outcome: 'request'; document: string; portal: string | undefined }
  | { outcome: 'refused'; why: FileProblem }
);

export interface UploadedFile {
  name: string;
  bytes: Uint8Array;
  /** There was more of it than is taken. */
  tooLarge: boolean;
}

/** What was uploaded, file by file: saved requests, pictures of QR codes, archives of both. */
export async function openFiles(uploaded: AsyncIterable<UploadedFile>): Promise<OpenedFile[]> {
  const opened: OpenedFile[] = [];
  const left = allOfIt();
  for await (const file of uploaded) {
    const isArchive = kindOf(file.bytes) === 'archive';
    opened.push(...(isArchive ? await openArchive(file, left) : [await openFile(file, left)]));
  }
  return opened;
}

async function openFile({ name, bytes, tooLarge }: UploadedFile, left: Left): Promise<OpenedFile> {
  const refused = (why: FileProblem): OpenedFile => ({ name, outcome: 'refused', why });
  switch (kindOf(bytes)) {
    case 'picture':
      return tooLarge ? refused('picture-too-large') : openPicture(name, bytes, left);
    case 'other-picture':
      return refused('other-picture');
    case 'text':
      if (tooLarge || bytes.length > LONGEST_BROUGHT_TEXT) return refused('too-large');
      return { name, ...readBroughtText(Buffer.from(bytes).toString('utf8')) };
    case 'archive':
      return refused('archive-in-archive');
  }
}

async function openPicture(name: string, bytes: Uint8Array, left: Left): Promise<OpenedFile> {
  const found = await codesIn(bytes, left);
  if (found.outcome === 'refused') return { name, ...found };
  // There may be other codes beside it: of a label, of a poster on the wall.
  const readings = found.texts.map(readBroughtText);
  const reading = readings.find(({ outcome }) => outcome === 'request') ?? readings[0];
  return { name, ...(reading ?? { outcome: 'refused', why: 'no-code' }) };
}

/** All is known of its files before the first is unpacked; one is held at a time. */
async function openArchive({ name, bytes, tooLarge }: UploadedFile, left: Left): Promise<OpenedFile[]> {
  const refused = (why: FileProblem): OpenedFile[] => [{ name, outcome: 'refused', why }];
  if (tooLarge) return refused('archive-too-large');
  const files = filesIn(bytes);
  if (typeof files === 'string') return refused(files);
  if (files.length === 0) return refused('archive-empty');
  if (files.length > left.files) return refused('too-many');
  const size = files.reduce((sum, file) => sum + file.size, 0);
  if (size > left.bytes || files.some((file) => file.size > LIMITS.file)) return refused('archive-too-large');
  left.files -= files.length;
  left.bytes -= size;
  const opened: OpenedFile[] = [];
  for (const file of files) {
    const unpacked = await inTurn(() => unpack(file));
    opened.push(
      unpacked
        ? await openFile({ name: file.name, bytes: unpacked, tooLarge: false }, left)
        : { name: file.name, outcome: 'refused', why: 'archive-damaged' },
    );
  }
  return opened;
}
