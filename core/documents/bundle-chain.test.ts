import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toBase64url, utf8 } from '../bytes.ts';
import { ed25519PublicKey, sha256 } from '../crypto.ts';
import { type Bundle, type BundlePayload, judgeBundle, openBundle, signBundle, signLink } from './bundle.ts';
import { sign } from './jws.ts';
import { OTHER_PORTAL, PORTAL } from './test-cast.ts';

const TYP = 'datestone-bundle+jwt';
const FIRST = PORTAL.bundle.fingerprint;

interface Root {
  secret: Uint8Array;
  public: string;
}

function rootNamed(name: string): Root {
  const secret = sha256(utf8(`root ${name}`));
  return { secret, public: toBase64url(ed25519PublicKey(secret)) };
}

const FIRST_ROOT: Root = { secret: PORTAL.rootSecret, public: PORTAL.payload.root };

/** The bundle of a portal whose root was changed so often, and every link to it. */
async function changed(roots: readonly Root[], payload: BundlePayload = PORTAL.payload) {
  const chain: string[] = [];
  for (const [i, root] of roots.slice(0, -1).entries()) {
    const link = { ...payload, root: root.public, version: i + 1, ...(chain.length > 0 && { chain: [...chain] }) };
    chain.push(await signLink(link, roots[i + 1]?.public ?? '', root.secret));
  }
  const last = roots.at(-1) as Root;
  const bundle = { ...payload, root: last.public, version: roots.length, ...(chain.length > 0 && { chain }) };
  return { chain, payload: bundle, document: await signBundle(bundle, last.secret) };
}

async function genuine(document: string): Promise<Bundle> {
  const reading = await openBundle(document, FIRST);
  if (reading.outcome !== 'genuine') throw new Error(reading.code);
  return reading.bundle;
}

const others = [rootNamed('second'), rootNamed('third'), rootNamed('fourth')];

describe('a bundle under another root', () => {
  test('is believed through the whole chain, by who trusts the first fingerprint', async () => {
    for (const count of [1, 2, 3]) {
      const roots = [FIRST_ROOT, ...others.slice(0, count)];
      const { document, payload } = await changed(roots);
      expect(await openBundle(document, FIRST), `after ${count} changes`).toEqual({
        outcome: 'genuine',
        bundle: { ...payload, fingerprint: FIRST, roots: roots.map((root) => root.public) },
      });
    }
  });

  test('is believed with no link missing, exchanged, repeated or put in', async () => {
    const { chain, payload } = await changed([FIRST_ROOT, ...others]);
    const last = others.at(-1) as Root;
    const anyOrder = fc.array(fc.nat(chain.length - 1), { minLength: 0, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(anyOrder, async (order) => {
        const links = order.map((at) => chain[at] as string);
        const { chain: _, ...rest } = payload;
        const made = await sign(TYP, FIRST, { ...rest, ...(links.length > 0 && { chain: links }) }, last.secret);
        const isWhole = order.join() === '0,1,2';
        expect((await openBundle(made, FIRST)).outcome, order.join()).toBe(isWhole ? 'genuine' : 'refused');
      }),
    );
  });

  test('is refused with any one character of a link changed', async () => {
    const { chain, payload } = await changed([FIRST_ROOT, ...others]);
    const last = others.at(-1) as Root;
    const somewhere = fc.record({
      link: fc.nat(2),
      at: fc.nat(chain[0]?.length ?? 0),
      to: fc.constantFrom('A', 'B', '_', '.'),
    });
    await fc.assert(
      fc.asyncProperty(somewhere, async ({ link, at, to }) => {
        const good = chain[link] as string;
        const bad = good.slice(0, at) + to + good.slice(at + 1);
        fc.pre(bad !== good && at < good.length);
        const links = chain.with(link, bad);
        const made = await sign(TYP, FIRST, { ...payload, chain: links }, last.secret);
        expect(await openBundle(made, FIRST)).toEqual(refused('bundle-from-another-portal'));
      }),
    );
  });

  test('is refused where a link is signed by another than the root that it names', async () => {
    const [second = FIRST_ROOT, third = FIRST_ROOT] = others;
    const forged = await sign(TYP, FIRST, { ...PORTAL.payload, next_root: third.public }, third.secret);
    const payload = { ...PORTAL.payload, version: 2, root: third.public, chain: [forged] };
    expect(await openBundle(await signBundle(payload, third.secret), FIRST)).toEqual(
      refused('bundle-from-another-portal'),
    );
    // The right link, and a stranger who takes the name of the root that it leads to.
    const link = await signLink(PORTAL.payload, second.public, FIRST_ROOT.secret);
    const stolen = await sign(TYP, FIRST, { ...payload, root: second.public, chain: [link] }, third.secret);
    expect(await openBundle(stolen, FIRST)).toEqual(refused('bundle-damaged'));
  });

  test('is refused with a chain that begins at another portal', async () => {
    const other = await changed(
      [{ secret: OTHER_PORTAL.rootSecret, public: OTHER_PORTAL.payload.root }, ...others.slice(0, 1)],
      OTHER_PORTAL.payload,
    );
    expect((await openBundle(other.document)).outcome).toBe('genuine');
    expect(await openBundle(other.document, FIRST)).toEqual(refused('bundle-from-another-portal'));
    const [second = FIRST_ROOT] = others;
    const disguised = await sign(TYP, FIRST, other.payload, second.secret);
    expect(await openBundle(disguised, FIRST)).toEqual(refused('bundle-from-another-portal'));
  });

  test('is refused where a root comes back, or the versions do not grow', async () => {
    const [second = FIRST_ROOT] = others;
    const back = await changed([FIRST_ROOT, second, FIRST_ROOT]);
    expect(await openBundle(back.document, FIRST)).toEqual(refused('bundle-from-another-portal'));
    const link = await signLink({ ...PORTAL.payload, version: 5 }, second.public, FIRST_ROOT.secret);
    const early = { ...PORTAL.payload, version: 5, root: second.public, chain: [link] };
    expect(await openBundle(await signBundle(early, second.secret), FIRST)).toEqual(
      refused('bundle-from-another-portal'),
    );
  });

  test('has room for three changes at least', async () => {
    const { document } = await changed([FIRST_ROOT, ...others]);
    expect((await openBundle(document)).outcome).toBe('genuine');
  });
});

test('a link of a chain is no bundle by itself', async () => {
  const { chain } = await changed([FIRST_ROOT, ...others]);
  for (const link of chain) expect((await openBundle(link, FIRST)).outcome).toBe('refused');
});

describe('a site that has a bundle', () => {
  test('takes a newer one, also of a successor, and none of a root that was replaced', async () => {
    const [second = FIRST_ROOT, third = FIRST_ROOT] = others;
    const [atFirst, atSecond, atThird] = await Promise.all([
      genuine((await changed([FIRST_ROOT])).document),
      genuine((await changed([FIRST_ROOT, second])).document),
      genuine((await changed([FIRST_ROOT, second, third])).document),
    ]);
    expect([judgeBundle(atSecond, atFirst), judgeBundle(atThird, atFirst), judgeBundle(atThird, atSecond)]).toEqual([
      'apply',
      'apply',
      'apply',
    ]);
    expect(judgeBundle(atSecond, atSecond)).toBe('same');
    // Whoever has the first root's secret by now signs whatever version.
    expect(judgeBundle({ ...atFirst, version: 1000 }, atSecond)).toBe('older');
    expect(judgeBundle({ ...atSecond, version: 1 }, { ...atSecond, version: 2 })).toBe('older');
  });

  test('takes none that goes on from its root another way', async () => {
    const [second = FIRST_ROOT, third = FIRST_ROOT] = others;
    const held = await genuine((await changed([FIRST_ROOT, second])).document);
    const fork = await genuine((await changed([FIRST_ROOT, third])).document);
    expect(judgeBundle({ ...fork, version: 1000 }, held)).toBe('from-another-portal');
    expect(judgeBundle(OTHER_PORTAL.bundle, held)).toBe('from-another-portal');
  });
});

function refused(code: string) {
  return { outcome: 'refused', code };
}
