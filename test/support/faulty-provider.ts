import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';

/**
 * A provider over HTTP that can give what an honest one never gives: it lets everybody in at once, and says of them what
 * a test wants, signed however the test wants.
 */
export interface FaultyProvider {
  issuer: string;
  /** How the next answers differ from honest ones. */
  faults: Faults;
  stop(): Promise<void>;
}

export interface Faults {
  claims?: { [claim: string]: unknown };
  /** Signed by a key that it does not publish, or not at all. */
  signature?: 'foreign-key' | 'none' | 'client-secret' | 'changed-afterwards';
  /** What the browser brings back in place of a code. */
  back?: Record<string, string>;
  /** What it says of itself. */
  metadata?: Record<string, unknown>;
  /** What the token endpoint answers in place of tokens. */
  tokens?: { status: number; body: string; type?: string };
  /** Nothing is answered to requests for this path. */
  silent?: string;
}

export const CLIENT = { id: 'datestone', secret: 'a secret of thirty-two characters' };

export async function startFaultyProvider(): Promise<FaultyProvider> {
  const [own, foreign] = await Promise.all([generateKeyPair('ES256'), generateKeyPair('ES256')]);
  const nonces = new Map<string, string>();
  let codes = 0;
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  const provider: FaultyProvider = {
    issuer,
    faults: {},
    stop: async () => {
      server.closeAllConnections();
      await new Promise((stopped) => server.close(stopped));
    },
  };
  return provider;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', issuer);
    if (provider.faults.silent === url.pathname) return;
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return answer(response, {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/keys`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['ES256'],
          ...provider.faults.metadata,
        });
      case '/authorize':
        return sendBack(url.searchParams, response);
      case '/keys':
        return answer(response, {
          keys: [{ ...(await exportJWK(own.publicKey)), kid: 'own', alg: 'ES256', use: 'sig' }],
        });
      case '/token':
        return tokens(request, response);
      default:
        response.writeHead(404).end();
    }
  }

  function sendBack(asked: URLSearchParams, response: ServerResponse): void {
    const code = `code-${++codes}`;
    nonces.set(code, asked.get('nonce') ?? '');
    const back = new URL(asked.get('redirect_uri') ?? '');
    const brought = provider.faults.back ?? { code };
    for (const [name, value] of Object.entries({ state: asked.get('state') ?? '', ...brought })) {
      back.searchParams.set(name, value);
    }
    response.writeHead(303, { location: back.href }).end();
  }

  async function tokens(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const part of request) body += part;
    const instead = provider.faults.tokens;
    if (instead) {
      response.writeHead(instead.status, { 'content-type': instead.type ?? 'application/json' }).end(instead.body);
      return;
    }
    const nonce = nonces.get(new URLSearchParams(body).get('code') ?? '') ?? '';
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: issuer,
      aud: CLIENT.id,
      sub: 'fay',
      name: 'Fay Fault',
      email: 'fay@fault.example',
      email_verified: true,
      nonce,
      iat: now,
      exp: now + 300,
      ...provider.faults.claims,
    };
    answer(response, { access_token: 'opaque', token_type: 'Bearer', id_token: await sign(claims) });
  }

  async function sign(claims: JWTPayload): Promise<string> {
    const { signature } = provider.faults;
    if (signature === 'none') return new UnsecuredJWT(claims).encode();
    const jwt = new SignJWT(claims);
    if (signature === 'client-secret') {
      return jwt.setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(CLIENT.secret));
    }
    const key = signature === 'foreign-key' ? foreign : own;
    const signed = await jwt.setProtectedHeader({ alg: 'ES256', kid: 'own' }).sign(key.privateKey);
    if (signature !== 'changed-afterwards') return signed;
    const [header, , seal] = signed.split('.');
    return [header, Buffer.from(JSON.stringify({ ...claims, sub: 'somebody-else' })).toString('base64url'), seal].join(
      '.',
    );
  }

  function answer(response: ServerResponse, body: unknown): void {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }
}
