import { fromBase64url } from '../../core/bytes.ts';
import { type Bundle, openBundle } from '../../core/documents/bundle.ts';
import { openAnswer } from '../../core/documents/check-in.ts';
import { signedBy, unpack } from '../../core/documents/jws.ts';
import { openRecord } from '../../core/documents/record.ts';
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
  const facts = { ...payloadOf(text, header.typ), ...shortIdOf(header.kid) };
  const verdict = await verify(text, header, facts, bundle);
  return { type, facts, ...verdict };
}

type Verdict = Pick<Inspection, 'problems' | 'remarks'>;
const WELL: Verdict = { problems: [], remarks: [] };
const DAMAGED: Verdict = { problems: ['The document is damaged: its signature does not fit.'], remarks: [] };

async function verify(
  text: string,
  { typ }: Header,
  payload: Record<string, unknown>,
  bundleText: string | undefined,
): Promise<Verdict> {
  switch (typ) {
    case 'datestone-bundle+jwt': {
      const opened = await openBundle(text);
      return opened.outcome === 'genuine'
        ? WELL
        : { problems: [`The bundle was refused: ${opened.code}.`], remarks: [] };
    }
    case 'datestone-request+jwt':
    case 'datestone-checkin+jwt': {
      const key = typeof payload.ed25519 === 'string' ? fromBase64url(payload.ed25519) : undefined;
      if (!key || !(await signedBy(text, key))) return DAMAGED;
      return {
        problems: [],
        remarks: ['The signature fits the key in it. Only the portal can tell whether that key is the system’s own.'],
      };
    }
    default: {
      if (!bundleText) {
        return { problems: [], remarks: ['The signature was not verified: give the portal’s bundle with --bundle.'] };
      }
      const bundle = await openBundle(bundleText);
      if (bundle.outcome === 'refused') return { problems: [`The bundle was refused: ${bundle.code}.`], remarks: [] };
      return fromPortal(text, typ, payload, bundle.bundle);
    }
  }
}

async function fromPortal(
  text: string,
  typ: string,
  payload: Record<string, unknown>,
  bundle: Bundle,
): Promise<Verdict> {
  const opened =
    typ === 'datestone-record+jwt'
      ? await openRecord(text, bundle, payload.sub as SystemId)
      : await openAnswer(text, bundle, { systemId: payload.aud as SystemId, n: Number(payload.n) });
  return opened.outcome === 'genuine' ? WELL : { problems: [`It was refused: ${opened.code}.`], remarks: [] };
}

function payloadOf(text: string, typ: string): Record<string, unknown> {
  const unpacked = unpack(text, typ as Parameters<typeof unpack>[1]);
  return unpacked.outcome === 'unpacked' && typeof unpacked.payload === 'object'
    ? { ...(unpacked.payload as Record<string, unknown>) }
    : {};
}

/** Who signed, where a system did. */
function shortIdOf(kid: string): Record<string, string> {
  return readSystemId(kid).outcome === 'read' ? { 'short ID': shortId(kid) } : {};
}
