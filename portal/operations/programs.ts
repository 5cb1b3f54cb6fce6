import { SCOPES } from '../../api/contract/operation.ts';
import { challengeOf } from '../../api/program-log-on.ts';
import type { Refused } from '../../core/refusals.ts';
import type { Account, Portal } from '../portal.ts';
import { sql } from '../store/sql.ts';
import { makeAccessToken } from './access-tokens.ts';
import { hashToken, newToken } from './sessions.ts';

/** A program on somebody's computer gets a token because its person allowed it in the browser (RFC 8252). */

/** What a program that was let in may do. */
export const PROGRAM_SCOPES = SCOPES;

const CODE_SECONDS = 60;
const TOKEN_DAYS = 90;

export const programUntil = (now: Date): Date => new Date(now.getTime() + TOKEN_DAYS * 24 * 60 * 60 * 1000);

export interface AllowedProgram {
  account: string;
  /** As the program calls itself. */
  name: string;
  challenge: string;
}

/** *Allow*: gives the code with which the program fetches its token. Only its hash is stored. */
export async function allowProgram(portal: Portal, { account, name, challenge }: AllowedProgram): Promise<string> {
  const code = newToken();
  const now = portal.now();
  const until = new Date(now.getTime() + CODE_SECONDS * 1000);
  await portal.db.rows(sql`
    insert into program_log_on (code_hash, challenge, account, name, expires_at)
    values (${hashToken(code)}, ${challenge}, ${account}, ${name}, ${until})`);
  return code;
}

/**
 * The program fetches its token, once: the code goes with the first try, right or wrong. Who has the verifier is the
 * program that sent the challenge, whoever else on the machine saw the code.
 */
export async function letProgramIn(
  portal: Portal,
  { code, verifier }: { code: string; verifier: string },
): Promise<{ outcome: 'let-in'; token: string } | { outcome: 'ended' } | Refused<'access-token-limit'>> {
  const allowed = await portal.db.row(sql<{ name: string; challenge: string; expiresAt: Date; account: Account }>`
    with used_ as (delete from program_log_on where code_hash = ${hashToken(code)} returning *)
    select u.name, u.challenge, u.expires_at as "expiresAt",
      json_build_object('id', a.id, 'email', a.email, 'name', a.name, 'organisation', a.organisation, 'kind', a.kind)
        as account
    from used_ u join account a on a.id = u.account`);
  const now = portal.now();
  if (!allowed || allowed.expiresAt <= now || allowed.challenge !== challengeOf(verifier)) return { outcome: 'ended' };
  const { account, name } = allowed;
  const made = await makeAccessToken(portal, account, {
    name,
    scopes: PROGRAM_SCOPES,
    expiresAt: programUntil(now),
  });
  return made.outcome === 'made' ? { outcome: 'let-in', token: made.token } : made;
}
