// The portal's card: who it is and under which keys it speaks (docs/documents.md, "Bundle"). A site has the one of its
// portal from its installation, and believes a later one with another root key only through the whole chain of changes.

import { z } from 'zod';
import { fromBase64url, toBase64url } from '../bytes.ts';
import { sha256 } from '../crypto.ts';
import { peek, sign, signedBy, unpack } from './jws.ts';
import { codeKeyId, counter, ed25519Key, fingerprint, name, x25519Key } from './members.ts';

const TYP = 'datestone-bundle+jwt';

/** A longer one would not fit into a bundle. */
const LONGEST_CHAIN = 16;

const members = {
  iss: z.url({ protocol: /^https?$/ }).max(200),
  name,
  root: ed25519Key,
  record_keys: z
    .array(z.object({ kid: z.string().min(1).max(100), x: ed25519Key }))
    .min(1)
    .refine((keys) => new Set(keys.map((key) => key.kid)).size === keys.length),
  code_keys: z.array(x25519Key).length(8),
  min_code_key: codeKeyId,
  version: counter,
};

const payloadSchema = z.object({
  ...members,
  /** One link for each change of the root key, the oldest first: documents in a document. */
  chain: z.array(z.string()).min(1).max(LONGEST_CHAIN).optional(),
  // What names a next root is a link of a chain and no bundle by itself.
  next_root: z.undefined().optional(),
});

/** What a root key says last: which one comes after it. */
const linkSchema = z.object({ ...members, next_root: ed25519Key });

/** What a bundle says, in its own words. */
export type BundlePayload = Omit<z.infer<typeof payloadSchema>, 'next_root'>;

/** A bundle that was verified, and the fingerprint of the portal that it is of. */
export interface Bundle extends BundlePayload {
  fingerprint: string;
  /** Its root keys, from the first, whose fingerprint the portal has for life, to the present one. */
  roots: readonly string[];
}

export type BundleReading =
  | { outcome: 'genuine'; bundle: Bundle }
  | { outcome: 'refused'; code: 'not-a-bundle' | 'bundle-too-large' | 'bundle-damaged' | 'bundle-from-another-portal' };

/** A portal's fingerprint (base64url): SHA-256 of its first root's public key. */
export function fingerprintOf(rootPublic: Uint8Array): string {
  return toBase64url(sha256(rootPublic));
}

/** The `kid` of a record key: it follows from the key, so that two portals never use one for different keys. */
export function recordKeyId(recordPublic: Uint8Array): string {
  return toBase64url(sha256(recordPublic).slice(0, 12));
}

/** The bundle as a document, signed by its present root. Throws if a site would refuse it, or if its chain is too long. */
export async function signBundle(bundle: BundlePayload, rootSecret: Uint8Array): Promise<string> {
  // Taken member by member, so that no member of ours gets in that the format does not know.
  const payload = payloadSchema.parse(bundle);
  return sign(TYP, fingerprintIn(payload), payload, rootSecret);
}

/** The link from a root to the next: what is signed by the old one last. The bundles of the next one have it in their chain. */
export async function signLink(bundle: BundlePayload, nextRoot: string, rootSecret: Uint8Array): Promise<string> {
  const link = linkSchema.parse({ ...bundle, next_root: nextRoot });
  return sign(TYP, fingerprintIn(bundle), link, rootSecret);
}

/**
 * Reads a bundle from a file (white space around it is ignored). With `pinned`, the fingerprint that a site trusts, only
 * that portal's is genuine; without, any that is signed by its own root: the first trust, for a person to compare.
 */
export async function openBundle(document: string, pinned?: string): Promise<BundleReading> {
  const text = document.trim();
  const unpacked = unpack(text, TYP);
  if (unpacked.outcome === 'refused')
    return refused(unpacked.why === 'too-large' ? 'bundle-too-large' : 'not-a-bundle');
  const payload = payloadSchema.safeParse(unpacked.payload);
  if (!payload.success || !fingerprint.safeParse(unpacked.kid).success) return refused('bundle-damaged');
  const { next_root: _, ...bundle } = payload.data;
  if (!(await signedBy(text, bytesOf(bundle.root)))) return refused('bundle-damaged');
  // Signed by itself and yet not by the root with this fingerprint, nor by one that it leads to.
  const roots = await rootsOf(bundle, unpacked.kid);
  if (!roots || (pinned !== undefined && pinned !== unpacked.kid)) return refused('bundle-from-another-portal');
  return { outcome: 'genuine', bundle: { ...bundle, fingerprint: unpacked.kid, roots } };
}

/**
 * What to do with a genuine bundle at a site that has one of the same portal. A root that was replaced says nothing any
 * more, and a successor is none unless its chain goes through the root that the site knows.
 */
export function judgeBundle(bundle: Bundle, held: Bundle): 'apply' | 'same' | 'older' | 'from-another-portal' {
  if (bundle.fingerprint !== held.fingerprint) return 'from-another-portal';
  if (!held.roots.every((root, at) => root === bundle.roots[at])) {
    const isReplaced = bundle.roots.every((root, at) => root === held.roots[at]);
    return isReplaced ? 'older' : 'from-another-portal';
  }
  if (bundle.version === held.version) return 'same';
  return bundle.version > held.version ? 'apply' : 'older';
}

/** The roots from the one with this fingerprint to the one of the bundle, if each names the next. */
async function rootsOf(bundle: BundlePayload, first: string): Promise<string[] | undefined> {
  const roots: string[] = [];
  let version = 0;
  let next: string | undefined;
  for (const document of bundle.chain ?? []) {
    const unpacked = unpack(document, TYP);
    const link = linkSchema.safeParse(unpacked.outcome === 'unpacked' ? unpacked.payload : undefined);
    if (unpacked.outcome !== 'unpacked' || unpacked.kid !== first || !link.success) return undefined;
    const { root, next_root } = link.data;
    const follows = next === undefined ? fingerprintOf(bytesOf(root)) === first : root === next;
    const isNews = link.data.version > version && !roots.includes(root);
    if (!follows || !isNews || !(await signedBy(document, bytesOf(root)))) return undefined;
    roots.push(root);
    ({ version } = link.data);
    next = next_root;
  }
  const follows = next === undefined ? fingerprintOf(bytesOf(bundle.root)) === first : bundle.root === next;
  const isNews = bundle.version > version && !roots.includes(bundle.root);
  return follows && isNews ? [...roots, bundle.root] : undefined;
}

/** Of the first root: of this bundle's own, or of the one that its chain begins with. */
function fingerprintIn({ root, chain }: Pick<BundlePayload, 'root' | 'chain'>): string {
  const [first] = chain ?? [];
  return (first !== undefined && peek(first)?.kid) || fingerprintOf(bytesOf(root));
}

function refused(code: Extract<BundleReading, { outcome: 'refused' }>['code']): BundleReading {
  return { outcome: 'refused', code };
}

function bytesOf(base64url: string): Uint8Array {
  return fromBase64url(base64url) ?? new Uint8Array();
}
