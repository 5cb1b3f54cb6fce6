import { programTokenSchema, TOKEN_PATH } from '../../api/program-log-on.ts';
import { EXIT, Failure } from '../problems.ts';

/** The code that the browser brought, and the secret that only this program knows, for a token: once. */
export async function tokenFor(portal: string, halves: { code: string; verifier: string }): Promise<string> {
  const response = await fetch(portal + TOKEN_PATH, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(halves),
    redirect: 'error',
  }).catch((error: Error) => {
    throw new Failure(`${portal} was not reached: ${error.message}. Type datestone login again.`, EXIT.notReached);
  });
  const body = await response.json().catch(() => undefined);
  const answer = programTokenSchema.safeParse(body);
  if (response.status === 201 && answer.success) return answer.data.token;
  if ((body as { code?: unknown } | undefined)?.code === 'access-token-limit') {
    const where = `${portal}/account/access-tokens`;
    throw new Failure(
      `Your account has too many access tokens. Revoke one at ${where}, then type datestone login again.`,
    );
  }
  throw new Failure(
    'The portal did not let this program in: the code was used or is too old. Type datestone login again.',
  );
}
