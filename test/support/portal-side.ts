// The portal's end of the wire for tests of agents: real keys, real signatures, real HTTP. It knows no registrations; a
// test says what the portal would say.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromBase64url, toBase64url } from '../../core/bytes.ts';
import { confirmationOf } from '../../core/confirmation-code.ts';
import { ed25519PublicKey, randomBytes, x25519PublicKey } from '../../core/crypto.ts';
import {
  type Bundle,
  type BundlePayload,
  openBundle,
  recordKeyId,
  signBundle,
  signLink,
} from '../../core/documents/bundle.ts';
import { type Answer, type CheckInReading, makeAnswer, openCheckIn } from '../../core/documents/check-in.ts';
import { makeRecord, type RecordPayload } from '../../core/documents/record.ts';
import { openRequest, type RequestReading } from '../../core/documents/request.ts';
import {
  contentOf,
  makeRegistrationCode,
  type RegistrationCode,
  type RegistrationCodeContent,
} from '../../core/registration-code.ts';
import { publicKeyOf, type SystemId } from '../../core/system-id.ts';
import { writtenCode } from '../../core/typed-code.ts';

type CheckIn = Extract<CheckInReading, { outcome: 'accepted' }>['checkIn'];
type Request = Extract<RequestReading, { outcome: 'accepted' }>['request'];

export interface HeardCheckIn {
  document: string;
  systemId: SystemId;
  checkIn: CheckIn;
  instanceProven: boolean;
}

export interface HeardRequest {
  systemId: SystemId;
  request: Request;
  headers: IncomingMessage['headers'];
}

type Saying = Partial<Pick<Answer, 'record' | 'offers' | 'conflict' | 'next_check_in' | 'token' | 'bundle'>>;
type CheckInHandler = (heard: HeardCheckIn, response: ServerResponse) => Promise<Saying | 'answered-otherwise'>;

export async function portalSide() {
  const secrets = { root: randomBytes(32), record: randomBytes(32) };
  const codeKeys = Array.from({ length: 8 }, (_, id) => {
    const secret = randomBytes(32);
    return { id, secret, public: x25519PublicKey(secret) };
  });
  const recordPublic = ed25519PublicKey(secrets.record);
  const recordKey = { kid: recordKeyId(recordPublic), secret: secrets.record };
  const folder = mkdtempSync(join(tmpdir(), 'portal-side-'));
  const bundleFile = join(folder, 'bundle.jws');

  const heard: HeardCheckIn[] = [];
  const requests: HeardRequest[] = [];
  let handle: CheckInHandler = async () => ({});
  let tokens = 0;

  const server = createServer((request, response) => {
    serve(request, response).catch((error) => {
      console.error(error);
      response.destroy();
    });
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(request);
    if (request.method === 'POST' && request.url === '/check-ins') return answerCheckIn(body, response);
    if (request.method === 'POST' && request.url === '/requests') return takeRequest(body, request, response);
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>Portal</title><h1>Portal</h1>');
  }

  async function answerCheckIn(document: string, response: ServerResponse): Promise<void> {
    const opened = await openCheckIn(document, forDocuments, undefined);
    if (opened.outcome === 'refused') throw new Error(`An agent sent a check-in that is refused: ${opened.code}`);
    const { systemId, checkIn, instanceProven } = opened;
    const said = { document, systemId, checkIn, instanceProven };
    heard.push(said);
    const saying = await handle(said, response);
    if (saying === 'answered-otherwise') return;
    response.setHeader('content-type', 'application/jose').end(await answerTo(said, saying));
  }

  async function takeRequest(body: string, { headers }: IncomingMessage, response: ServerResponse): Promise<void> {
    const document = new URLSearchParams(body).get('request') ?? '';
    const opened = await openRequest(document, forDocuments, undefined);
    if (opened.outcome === 'refused') throw new Error(`An agent's request is refused: ${opened.code}`);
    requests.push({ systemId: opened.systemId, request: opened.request, headers });
    response.writeHead(303, { location: '/arrived' }).end();
  }

  async function answerTo({ systemId, checkIn }: HeardCheckIn, saying: Saying): Promise<string> {
    tokens += 1;
    const answer = { aud: systemId, n: checkIn.n, token: `token-${tokens}`, next_check_in: 3600, ...saying };
    return makeAnswer(answer, recordKey);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const payload: BundlePayload = {
    iss: url,
    name: 'Test portal',
    root: toBase64url(ed25519PublicKey(secrets.root)),
    record_keys: [{ kid: recordKey.kid, x: toBase64url(recordPublic) }],
    code_keys: codeKeys.map((key) => toBase64url(key.public)),
    min_code_key: 0,
    version: 1,
  };
  const document = await signBundle(payload, secrets.root);
  writeFileSync(bundleFile, document);
  const reading = await openBundle(document);
  if (reading.outcome !== 'genuine') throw new Error(`The test portal's bundle is refused: ${reading.code}`);
  const bundle: Bundle = reading.bundle;
  const forDocuments = { fingerprint: bundle.fingerprint, codeKeys, minCodeKey: 0 };

  function between(systemId: string, keyId: number) {
    const key = codeKeys[keyId];
    if (!key) throw new Error(`There is no code key ${keyId}.`);
    const systemPublic = publicKeyOf(systemId as SystemId);
    const fingerprint = fromBase64url(bundle.fingerprint) ?? new Uint8Array();
    return {
      side: { secret: key.secret, peerPublic: systemPublic },
      pair: { fingerprint, codePublic: key.public, systemPublic },
    };
  }

  return {
    url,
    bundle,
    bundleFile,
    heard,
    requests,
    answerTo,
    /** What the portal says to every check-in from now on. */
    says(handler: CheckInHandler) {
      handle = handler;
    },
    record(systemId: string, saying: Partial<RecordPayload> = {}): Promise<string> {
      const record: RecordPayload = {
        iss: url,
        fingerprint: bundle.fingerprint,
        sub: systemId as SystemId,
        registration: '48172065',
        revision: 1,
        sequence: 0,
        min_code_key: 0,
        since: '2025-03-12',
        state: 'registered',
        site: { name: 'Hospital North, Building A', company: 'Northfield Health Trust', city: 'Aarhus', country: 'DK' },
        history: { n: 1, hash: toBase64url(new Uint8Array(32)) },
        ...saying,
      };
      return makeRecord(record, recordKey);
    },
    forDocuments,
    /** A registration code for this system. */
    code(systemId: string, saying: Partial<RegistrationCodeContent> = {}): string {
      const content = { keyId: 0, advisory: false, asksConfirmation: true, sequence: 1, day: 692, ...saying };
      const { side, pair } = between(systemId, content.keyId);
      return writtenCode(makeRegistrationCode(content, side, pair));
    },
    /** What the system answers to that code. */
    confirmation(systemId: string, code: string): string {
      const plain = code.replace(/-/g, '') as RegistrationCode;
      const { side, pair } = between(systemId, contentOf(plain).keyId);
      return writtenCode(confirmationOf(plain, side, pair));
    },
    /** Its bundle in another version. */
    bundleWith(changes: Partial<BundlePayload>): Promise<string> {
      return signBundle({ ...payload, ...changes }, secrets.root);
    },
    /** Its bundle under a next root, which the first leads to; and the first one's own, later by its number. */
    async successor(changes: Partial<BundlePayload>): Promise<{ bundle: string; replaced: string }> {
      const next = randomBytes(32);
      const root = toBase64url(ed25519PublicKey(next));
      const link = await signLink({ ...payload, version: 2 }, root, secrets.root);
      return {
        bundle: await signBundle({ ...payload, ...changes, root, chain: [link] }, next),
        replaced: await signBundle({ ...payload, version: 99 }, secrets.root),
      };
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true });
    },
  };
}

export type PortalSide = Awaited<ReturnType<typeof portalSide>>;

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += part;
  return text;
}
