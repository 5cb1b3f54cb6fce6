import type { Portal } from '../portal.ts';
import { sql } from '../store/sql.ts';
import { hashToken, newToken } from './sessions.ts';

/** What a program that was let in may do. */
export const PROGRAM_SCOPES = ['systems:read', 'systems:write', 'account'] as const;

const CODE_SECONDS = 60;
const TOKEN_DAYS = 90;

export const programUntil = (now: Date): Date => new Date(now.getTime() + TOKEN_DAYS * 24 * 60 * 60 * 1000);

export interface AllowedProgram {
  account: string;
  /** As the program calls itself. */
  name: string;
  challenge: string;
}

/** *Allow*: gives the code with which the program fetches its token. Only its hash is stored; what was forgotten goes. */
export async function allowProgram(portal: Portal, { account, name, challenge }: AllowedProgram): Promise<string> {
  const code = newToken();
  const now = portal.now();
  await portal.db.rows(sql`
    with forgotten_ as (delete from program_log_on where expires_at <= ${now})
    insert into program_log_on (code_hash, challenge, account, name, expires_at)
    values (${hashToken(code)}, ${challenge}, ${account}, ${name}, ${new Date(now.getTime() + CODE_SECONDS * 1000)})`);
  return code;
}
