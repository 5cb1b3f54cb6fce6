// Files beside the database that have to be whole or as before, also when the power fails.

import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';

/** For the agent alone to read. */
export function writeWholeFile(path: string, text: string): void {
  const written = `${path}.new`;
  const file = openSync(written, 'w', 0o600);
  writeSync(file, text);
  fsyncSync(file);
  closeSync(file);
  renameSync(written, path);
}
