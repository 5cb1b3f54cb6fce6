import { fromBase64url } from '../../core/bytes.ts';
import { type Bundle, openBundle } from '../../core/documents/bundle.ts';
import { openAnswer } from '../../core/documents/check-in.ts';
import { type DocumentType, signedBy, type Unreadable, unpack } from '../../core/documents/jws.ts';
import { openRecord } from '../../core/documents/record.ts';
import { fingerprintLines } from '../../core/fingerprint.ts';
import { readSystemId, type SystemId, shortId } from '../../core/system-id.ts';
import type { Inspection } from './texts.ts';

type Header = { typ: string; kid: string };

const NAMES: Record<string, string> = {
  'datestone-bundle+jwt': 'Portal bundle',
  'datestone-request+jwt': 'Request',
  'datestone-checkin+jwt': 'Check-in',
  'datestone-answer+jwt': 'Answer to a check-in',
  'datestone-record+jwt': 'Record',
};

/** A signed document: everything it says, and whether its signature can be believed with what is at hand. */
export async function inspectDocument(text: string, header: Header, bundle: string | undefined): Promise<Inspection> {
  const type = NAMES[header.typ];
  if (!type) {
    return {
      type: 'Document',
      facts: { typ: header.typ },
      problems: ['This is no document of Datestone.'],
      remarks: [],
    };
  }
  const unpacked = unpack(text, header.typ as DocumentType);
  if (unpacked.outcome === 'refused') return { type, facts: {}, problems: [UNREADABLE[unpacked.why]], remarks: [] };
  const payload: Record<string, unknown> = { ...(unpacked.payload as object) };
  const verdict = await verify(text, header.typ, payload, bundle);
  return { type, facts: { ...factsIn(payload), ...shortIdOf(header.kid), ...portalIn(header) }, ...verdict };
}

/** The links of a chain are documents by themselves: how many there are is what a person wants to know. */
function factsIn({ chain, ...payload }: Record<string, unknown>): Record<string, unknown> {
  return Array.isArray(chain) ? { ...payload, 'changes of the root key': chain.length } : payload;
}

/** A portal's fingerprint as pages show it, for a person to compare. */
function portalIn({ typ, kid }: Header): Record<string, string> {
  if (typ !== 'datestone-bundle+jwt' || fromBase64url(kid)?.length !== 32) return {};
  return { fingerprint: kid, 'fingerprint to compare': fingerprintLines(kid).join(' ') };
}

const UNREADABLE: Record<Unreadable['why'], string> = {
  'too-large': 'It is larger than a document of this kind can be.',
  'not-a-document': 'The document is damaged: it cannot be read.',
  'wrong-type': 'The document is damaged: it cannot be read.',
  'wrong-header': 'Its header names an algorithm or a key of its own. No reader takes such a document.',
};

type Verdict = Pick<Inspection, 'problems' | 'remarks'>;
const WELL: Verdict = { problems: [], remarks: [] };

async function verify(
  text: string,
  typ: string,
  payload: Record<string, unknown>,
  bundleText: string | undefined,
): Promise<Verdict> {
  if (typ === 'datestone-bundle+jwt') return verdictOf(await openBundle(text));
  const given = bundleText === undefined ? undefined : await openBundle(bundleText);
  if (given?.outcome === 'refused') return problem(`The bundle given with --bundle was refused: ${given.code}.`);
  const bundle = given?.bundle;
  if (typ === 'datestone-request+jwt' || typ === 'datestone-checkin+jwt') return fromSystem(text, payload, bundle);
  if (bundle) return fromPortal(text, typ, payload, bundle);
  return { problems: [], remarks: ['The signature was not verified: give the portal’s bundle with --bundle.'] };
}

async function fromSystem(
  text: string,
  payload: Record<string, unknown>,
  bundle: Bundle | undefined,
): Promise<Verdict> {
  const key = typeof payload.ed25519 === 'string' ? fromBase64url(payload.ed25519) : undefined;
  if (!key || !(await signedBy(text, key))) return problem('The document is damaged: its signature does not fit.');
  if (bundle && payload.aud !== bundle.fingerprint) return problem(`It is for another portal than ${bundle.name}.`);
  const remark = 'The signature fits the key in it. Only the portal can tell whether that key is the system’s own.';
  return { problems: [], remarks: [remark] };
}

async function fromPortal(
  text: string,
  typ: string,
  payload: Record<string, unknown>,
  bundle: Bundle,
): Promise<Verdict> {
  return verdictOf(
    typ === 'datestone-record+jwt'
      ? await openRecord(text, bundle, payload.sub as SystemId)
      : await openAnswer(text, bundle, { systemId: payload.aud as SystemId, n: Number(payload.n) }),
  );
}

/** The code is for programs, and for whoever asks for help. */
function verdictOf(opened: { outcome: 'genuine' } | { outcome: 'refused'; code: string }): Verdict {
  if (opened.outcome === 'genuine') return WELL;
  const { code } = opened;
  if (code.endsWith('-damaged')) return problem(`It was changed, or its signature does not fit: ${code}.`);
  if (code.endsWith('-from-another-portal')) return problem(`It is of another portal: ${code}.`);
  if (code.endsWith('-under-unknown-key'))
    return problem(`The bundle does not name the key of its signature: ${code}.`);
  return problem(`It was refused: ${code}.`);
}

const problem = (sentence: string): Verdict => ({ problems: [sentence], remarks: [] });

/** Who signed, where a system did. */
function shortIdOf(kid: string): Record<string, string> {
  return readSystemId(kid).outcome === 'read' ? { 'short ID': shortId(kid) } : {};
}
