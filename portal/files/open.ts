import { LONGEST_BROUGHT_TEXT, type NotARequest, readBroughtText } from '../../core/documents/brought-text.ts';
import { kindOf } from './kinds.ts';
import { type Done, inThread } from './thread.ts';

/** Why there is no request in a file. */
export type FileProblem =
  | NotARequest
  | Extract<Done, { outcome: 'refused' }>['why']
  | 'no-code'
  | 'other-picture'
  | 'archive-empty'
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
  for await (const file of uploaded) opened.push(...(await openFile(file)));
  return opened;
}

async function openFile({ name, bytes, tooLarge }: UploadedFile, inArchive = false): Promise<OpenedFile[]> {
  const refused = (why: FileProblem): OpenedFile => ({ name, outcome: 'refused', why });
  switch (kindOf(bytes)) {
    case 'picture':
      return [tooLarge ? refused('picture-too-large') : await openPicture(name, bytes)];
    case 'other-picture':
      return [refused('other-picture')];
    case 'text':
      if (tooLarge || bytes.length > LONGEST_BROUGHT_TEXT) return [refused('too-large')];
      return [{ name, ...readBroughtText(Buffer.from(bytes).toString('utf8')) }];
    case 'archive':
      if (inArchive) return [refused('archive-in-archive')];
      return tooLarge ? [refused('archive-too-large')] : openArchive(name, bytes);
  }
}

async function openPicture(name: string, bytes: Uint8Array): Promise<OpenedFile> {
  const done = await inThread({ kind: 'picture', bytes });
  if (done.outcome === 'refused') return { name, ...done };
  // There may be other codes beside it: of a label, of a poster on the wall.
  const readings = done.outcome === 'codes' ? done.texts.map(readBroughtText) : [];
  const reading = readings.find(({ outcome }) => outcome === 'request') ?? readings[0];
  return { name, ...(reading ?? { outcome: 'refused', why: 'no-code' }) };
}

async function openArchive(name: string, bytes: Uint8Array): Promise<OpenedFile[]> {
  const done = await inThread({ kind: 'archive', bytes });
  if (done.outcome === 'refused') return [{ name, ...done }];
  const files = done.outcome === 'files' ? done.files : [];
  if (files.length === 0) return [{ name, outcome: 'refused', why: 'archive-empty' }];
  const opened: OpenedFile[] = [];
  for (const file of files) opened.push(...(await openFile({ ...file, tooLarge: false }, true)));
  return opened;
}
