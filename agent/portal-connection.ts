// One post to the portal. Whatever the network does comes back as a word that a page has a sentence for.

/** Each has its sentence: `failure.…` in the catalogue. */
export type Failure = 'dns' | 'refused' | 'unreachable' | 'timeout' | 'tls' | 'interrupted' | 'not-the-portal' | 'busy';

export type Reply =
  | { outcome: 'answered'; document: string }
  /** The portal understood and refused; `code` as in its problem. */
  | { outcome: 'refused'; code: string }
  | { outcome: 'failed'; failure: Failure };

const PATIENCE = 10_000;
/** An answer is at most 1 MiB of payload; base64url and signature make it a third longer. */
const LARGEST = 1_500_000;

export async function postCheckIn(portalUrl: string, document: string, stop: AbortSignal): Promise<Reply> {
  try {
    const response = await fetch(`${portalUrl}/check-ins`, {
      method: 'POST',
      headers: { 'content-type': 'application/jose', accept: 'application/jose, application/problem+json' },
      body: document,
      // A redirect is a log-on page of the network, never the portal.
      redirect: 'manual',
      signal: AbortSignal.any([stop, AbortSignal.timeout(PATIENCE)]),
    });
    return readReply(response, await limitedText(response));
  } catch (error) {
    return { outcome: 'failed', failure: failureOf(error) };
  }
}

function readReply(response: Response, text: string | undefined): Reply {
  const type = response.headers.get('content-type')?.split(';')[0];
  if (response.status === 200 && type === 'application/jose' && text !== undefined) {
    return { outcome: 'answered', document: text };
  }
  if (response.status >= 500 || response.status === 429) return { outcome: 'failed', failure: 'busy' };
  const code = type === 'application/problem+json' ? problemCode(text) : undefined;
  if (code !== undefined) return { outcome: 'refused', code };
  return { outcome: 'failed', failure: 'not-the-portal' };
}

function problemCode(text: string | undefined): string | undefined {
  try {
    const code = JSON.parse(text ?? '')?.code;
    return typeof code === 'string' ? code.slice(0, 100) : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined if it is longer than an answer can be. */
async function limitedText(response: Response): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const part of response.body ?? []) {
    text += decoder.decode(part, { stream: true });
    if (text.length > LARGEST) return undefined;
  }
  return text;
}

/** The codes of Node's DNS, sockets, TLS and HTTP client that mean one of our words. */
const CODES: Record<string, Failure> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENETDOWN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  EPROTO: 'tls',
  ECONNRESET: 'interrupted',
  EPIPE: 'interrupted',
  UND_ERR_SOCKET: 'interrupted',
};

export function failureOf(error: unknown): Failure {
  if ((error as Error).name === 'TimeoutError') return 'timeout';
  const cause = (error as { cause?: { code?: string; errors?: { code?: string }[] } }).cause;
  const code = cause?.code ?? cause?.errors?.[0]?.code ?? '';
  if (/CERT|ERR_TLS|ERR_SSL|UNABLE_TO_/.test(code)) return 'tls';
  return CODES[code] ?? 'not-the-portal';
}
