import { closeSync, fsyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { EXIT, Failure } from '../problems.ts';
import { readTextFile } from '../text-file.ts';

export function readKeyFile(file: string): string {
  const reading = readTextFile(file);
  if (reading.outcome === 'read') return reading.text;
  throw new Failure(reading.sentence, EXIT.usage);
}

/** Makes the file, for its owner alone, and reads it back from where it was written. A file that is there is never changed. */
export function writeKeyFile(file: string, text: string): string {
  let handle: number;
  try {
    handle = openSync(file, 'wx', 0o600);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Failure(
      code === 'EEXIST' ? `${file} is there already. Name a new file.` : `${file} cannot be written: ${message}`,
    );
  }
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } catch (error) {
    rmSync(file, { force: true });
    throw new Failure(`${file} cannot be written: ${(error as Error).message}`);
  } finally {
    closeSync(handle);
  }
  return readFileSync(file, 'utf8');
}
