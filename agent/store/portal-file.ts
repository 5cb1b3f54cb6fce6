// The portal that this server trusts, where that is not (or no longer) the one of its installation: `portal.json` beside the
// database, so that it is still there when the database was deleted.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeWholeFile } from './whole-file.ts';

const schema = z.object({
  bundle: z.string(),
  /** The fingerprint that was installed when this came. Whoever installs another one since has decided anew. */
  installed: z.string(),
});

export type PortalFile = z.infer<typeof schema>;

/** Undefined if there is none. A spoilt one is as good as none: the installation's portal is there. */
export function readPortalFile(folder: string): PortalFile | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(pathIn(folder), 'utf8')));
  } catch {
    return undefined;
  }
}

export function writePortalFile(folder: string, file: PortalFile): void {
  writeWholeFile(pathIn(folder), `${JSON.stringify(file, null, 2)}\n`);
}

function pathIn(folder: string): string {
  return join(folder, 'portal.json');
}
