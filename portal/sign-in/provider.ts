import * as oidc from 'openid-client';
import type { ProviderProblem } from '../../api/problems.ts';
import { looksLikeEmail } from '../../core/registration-form.ts';
import type { Account } from '../portal.ts';
import type { ProviderSettings } from './settings.ts';

/**
 * The conversation with an OpenID Connect provider: authorization code, PKCE, state and nonce. The provider is asked anew
 * who it is each time: one that was down is back by itself, and keys that it changed a second ago are known.
 */

export interface ProviderFailure {
  outcome: 'failed';
  code: ProviderProblem;
  /** For the log only. */
  why: string;
}

export interface Journey {
  /** Where the browser is sent. */
  url: URL;
  state: string;
  nonce: string;
  codeVerifier: string;
}

/** Somebody, as the provider knows them. Only `iss` and `sub` say who it is. */
export interface Person {
  iss: string;
  sub: string;
  /** Only an address that the provider has verified. */
  email: string | undefined;
  name: string | undefined;
  kind: Account['kind'] | undefined;
}

const TIMEOUT_SECONDS = 8;
/** How long somebody may take from showing the provider who they are to being back. */
const FRESH_SECONDS = 5 * 60;

/**
 * Where to send the browser, and what to remember of it until it comes back. `another`: the provider asks who it is anew;
 * `fresh`: and has to say when it asked.
 */
export async function begin(
  provider: ProviderSettings,
  returnTo: string,
  { another, fresh }: { another: boolean; fresh: boolean },
): Promise<({ outcome: 'begun' } & Journey) | ProviderFailure> {
  try {
    const config = await configurationOf(provider);
    const [state, nonce, codeVerifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()];
    const url = oidc.buildAuthorizationUrl(config, {
      redirect_uri: returnTo,
      scope: provider.scope,
      state,
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
      ...((another || fresh) && { prompt: 'login' }),
      ...(fresh && { max_age: '0' }),
    });
    return { outcome: 'begun', url, state, nonce, codeVerifier };
  } catch (error) {
    return failure(error);
  }
}

/** What the provider answers, believed only if it is signed by it, for us, and to what this browser was sent with. */
export async function finish(
  provider: ProviderSettings,
  answer: URL,
  sent: Pick<Journey, 'state' | 'nonce' | 'codeVerifier'> & { fresh: boolean },
): Promise<({ outcome: 'arrived' } & Person) | ProviderFailure> {
  try {
    const config = await configurationOf(provider);
    const tokens = await oidc.authorizationCodeGrant(config, answer, {
      expectedState: sent.state,
      expectedNonce: sent.nonce,
      pkceCodeVerifier: sent.codeVerifier,
      idTokenExpected: true,
      ...(sent.fresh && { maxAge: FRESH_SECONDS }),
    });
    const claims = tokens.claims();
    if (!claims || !isSubject(claims.sub)) {
      return { outcome: 'failed', code: 'answer-damaged', why: 'the ID token names nobody' };
    }
    const more = config.serverMetadata().userinfo_endpoint
      ? await oidc.fetchUserInfo(config, tokens.access_token, claims.sub)
      : {};
    return { outcome: 'arrived', ...personIn({ ...more, ...claims }, provider) };
  } catch (error) {
    return failure(error);
  }
}

/** Where somebody logs off at the provider too, if it offers that. */
export async function logOffUrl(provider: ProviderSettings, returnTo: string): Promise<URL | undefined> {
  try {
    const config = await configurationOf(provider);
    if (!config.serverMetadata().end_session_endpoint) return undefined;
    return oidc.buildEndSessionUrl(config, { post_logout_redirect_uri: returnTo });
  } catch {
    return undefined;
  }
}

async function configurationOf({ issuer, clientId, clientSecret }: ProviderSettings): Promise<oidc.Configuration> {
  const local = issuer.startsWith('http:');
  const secret = clientSecret?.reveal();
  return oidc.discovery(new URL(issuer), clientId, secret, secret ? authenticate(secret) : oidc.None(), {
    timeout: TIMEOUT_SECONDS,
    // The signature of the ID token is checked even though it comes over TLS, so that "unsigned" is never believed.
    execute: [oidc.enableNonRepudiationChecks, ...(local ? [oidc.allowInsecureRequests] : [])],
  });
}

/** `client_secret_basic` is what a provider has to understand; some take the secret in the form only, and say so. */
function authenticate(secret: string): oidc.ClientAuth {
  const [basic, post] = [oidc.ClientSecretBasic(secret), oidc.ClientSecretPost(secret)];
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported;
    return (methods && !methods.includes('client_secret_basic') ? post : basic)(server, ...rest);
  };
}

function personIn(claims: Record<string, unknown> & { iss: string; sub: string }, { kind }: ProviderSettings): Person {
  const { iss, sub, email, email_verified, name } = claims;
  const said = kind ? [claims[kind.claim]].flat() : [];
  return {
    iss,
    sub,
    email: typeof email === 'string' && email_verified === true && looksLikeEmail(email) ? email : undefined,
    name: typeof name === 'string' ? shown(name) || undefined : undefined,
    kind: said.map((value) => kind?.values.get(String(value))).find((found) => found !== undefined),
  };
}

/** A subject has at most 255 ASCII characters (OpenID Connect Core, section 2). */
function isSubject(sub: string): boolean {
  return /^[\x20-\x7e]{1,255}$/.test(sub);
}

/** As text that can be kept and shown. */
function shown(text: string): string {
  return text.replaceAll('\0', '').toWellFormed().trim().slice(0, 200);
}

function failure(error: unknown): ProviderFailure {
  const { message, cause } = error as Error;
  return {
    outcome: 'failed',
    code: codeOf(error),
    why: cause instanceof Error ? `${message}: ${cause.message}` : message,
  };
}

/** The library says what is wrong in its own codes; here they become ours. */
function codeOf(error: unknown): ProviderProblem {
  if (error instanceof oidc.AuthorizationResponseError) {
    return error.error === 'access_denied' ? 'provider-stopped' : 'provider-refused';
  }
  if (error instanceof oidc.ResponseBodyError) return error.status >= 500 ? 'provider-unreachable' : 'provider-refused';
  // `fetch` says of everything between us and the provider only that it failed.
  if (error instanceof TypeError && !('code' in error)) return 'provider-unreachable';
  if (!(error instanceof oidc.ClientError)) throw error;
  const found = foundIn(error);
  switch (error.code) {
    case undefined:
    case 'OAUTH_TIMEOUT':
    case 'OAUTH_RESPONSE_IS_NOT_CONFORM':
      return 'provider-unreachable';
    case 'OAUTH_JWT_CLAIM_COMPARISON_FAILED':
      return BY_CLAIM[found.claim ?? ''] ?? 'answer-damaged';
    case 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED':
      return 'answer-from-another-issuer';
    case 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED':
      return 'answer-expired';
    case 'OAUTH_KEY_SELECTION_FAILED':
    case 'OAUTH_UNSUPPORTED_OPERATION':
      return 'answer-not-signed';
    case 'OAUTH_INVALID_RESPONSE':
      if (found.header || found.signature) return 'answer-not-signed';
      return found.parameters && found.expected ? 'answer-from-another-issuer' : 'answer-damaged';
    default:
      return 'answer-damaged';
  }
}

const BY_CLAIM: Partial<Record<string, ProviderProblem>> = {
  iss: 'answer-from-another-issuer',
  aud: 'answer-for-another-portal',
  azp: 'answer-for-another-portal',
  nonce: 'answer-to-another-log-on',
};

/** What the library found lies beneath the error that it throws. */
function foundIn(error: Error): Partial<Record<'header' | 'signature' | 'parameters' | 'expected', unknown>> & {
  claim?: string;
} {
  const { cause } = error;
  return (cause instanceof Error ? cause.cause : cause) ?? {};
}
