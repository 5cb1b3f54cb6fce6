// Requests made for an administrator's click, and those that travel as a QR code or file. The counter is on the disk before
// the document exists.

import { toBase64url, utf8 } from '../core/bytes.ts';
import { acceptableReturnTo, makeRequest, type Server } from '../core/documents/request.ts';
import type { SystemId } from '../core/system-id.ts';
import type { Agent } from './agent.ts';
import { readRegistration, shownRegistration } from './records.ts';
import { keptCodes, sequenceOfCode } from './store/codes.ts';
import type { Database } from './store/database.ts';
import { nextCounter } from './store/identity.ts';
import { keepFileRequest, keepRequest, keptFileRequest, requestsMade } from './store/requests.ts';

const HOUR = 3600_000;

/** `address`: where the person's browser reaches this server, so that the portal can send it back. */
export async function makeBrowserRequest(
  agent: Agent,
  address: string,
): Promise<{ systemId: SystemId; document: string }> {
  const { fingerprint, bundle } = agent.portal;
  const registration = shownRegistration(await readRegistration(agent));
  const returnTo = `${address}/registration/back`;
  const now = agent.now();
  const { keys, instance, n, sequence } = await agent.store.use(({ db, keys, instance }) => ({
    keys,
    instance: instance.key,
    n: nextCounter(db),
    sequence: sequenceOfCode(keptCodes(db, bundle)),
  }));
  const document = await makeRequest({
    keys,
    bundle,
    n,
    now,
    via: 'browser',
    server: agent.server,
    registration,
    sequence,
    instance,
    shadows: 0,
    returnTo: acceptableReturnTo(returnTo) ? returnTo : undefined,
  });
  await agent.store.use((server) => {
    if (server.keys.systemId === keys.systemId) keepRequest(server.db, fingerprint, { n, madeAt: now, document });
  });
  return { systemId: keys.systemId, document };
}

/** What a QR code of version 27 at level M holds, in bytes: a larger one cannot be read from an old monitor. */
const LARGEST_LINK = 1125;
/** To how many bytes each name of the server is cut where the link would be larger. */
const NAME_SIZES = [200, 60, 40, 24, 12];

/** The link in the QR code of a request. What stands behind # reaches no log. */
export function requestLink({ url }: Pick<Agent['portal'], 'url'>, document: string): string {
  return `${url}/r#${document}`;
}

/** The request for a QR code or file, both the same one. It is made anew only when it would say something else. */
export async function fileRequest(agent: Agent): Promise<string> {
  const { portal, server } = agent;
  const { bundle, fingerprint } = portal;
  const registration = shownRegistration(await readRegistration(agent));
  const start = await agent.store.use(({ db, keys, instance }) => {
    const sequence = sequenceOfCode(keptCodes(db, bundle));
    const { code_keys, min_code_key } = bundle;
    const known = [server, registration, sequence, toBase64url(instance.key.publicKey), code_keys, min_code_key];
    const says = JSON.stringify([...known, portal.url]);
    const kept = keptFileRequest(db, fingerprint);
    if (kept?.says === says) return { document: kept.document };
    return { keys, instance: instance.key, sequence, says, n: nextCounter(db) };
  });
  if (start.document !== undefined) return start.document;

  const { keys, instance, sequence, says, n } = start;
  const speaker = { keys, bundle, n, now: agent.now(), via: 'file', registration, sequence, shadows: 0 } as const;
  // Long names give way first, then the proof that this is the installation of before: a person can tell that, too.
  const attempts = [instance, undefined].flatMap((key) => NAME_SIZES.map((size) => ({ instance: key, size })));
  let document = '';
  for (const { size, ...attempt } of attempts) {
    document = await makeRequest({ ...speaker, ...attempt, server: withShortNames(server, size) });
    if (utf8(requestLink(portal, document)).length <= LARGEST_LINK) break;
  }
  await agent.store.use(({ db, keys: now }) => {
    if (now.systemId === keys.systemId) keepFileRequest(db, fingerprint, { document, says });
  });
  return document;
}

function withShortNames({ kind, ...names }: Server, size: number): Server {
  const { product, version, name } = names;
  return { kind, product: shortened(product, size), version: shortened(version, size), name: shortened(name, size) };
}

/** At most so many bytes. */
function shortened(text: string, size: number): string {
  if (utf8(text).length <= size) return text;
  let kept = '';
  for (const character of text) {
    if (utf8(`${kept}${character}…`).length > size) break;
    kept += character;
  }
  return `${kept}…`;
}

/** The one that a page still holds, if it would be sent. */
export async function latestBrowserRequest(agent: Agent): Promise<string | undefined> {
  return agent.store.use(({ db }) => {
    const latest = requestsMade(db, agent.portal.fingerprint)[0];
    return latest && isLatest(db, agent.portal.fingerprint, latest.document, agent.now()) ? latest.document : undefined;
  });
}

/** Whether this is the latest request made here, not older than an hour. The portal takes each number once, and in order. */
export function isLatest(db: Database, fingerprint: string, document: string, now: Date): boolean {
  const latest = requestsMade(db, fingerprint)[0];
  const age = latest ? now.getTime() - latest.madeAt.getTime() : Number.NaN;
  return latest?.document === document && age >= -1_000 && age <= HOUR;
}
