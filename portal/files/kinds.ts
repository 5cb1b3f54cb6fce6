/** What a file is by how it begins: names and types that browsers send say little. */
export type Kind = 'archive' | 'picture' | 'other-picture' | 'text';

/** In hexadecimal digits. */
const BEGINNINGS: readonly (readonly [Kind, RegExp])[] = [
  ['archive', /^504b(0304|0506)/],
  ['picture', /^(89504e470d0a1a0a|ffd8ff)/],
  // GIF, WebP, TIFF, BMP, HEIF and AVIF, PDF.
  ['other-picture', /^(47494638|52494646.{8}57454250|49492a00|4d4d002a|424d.{8}00000000|.{8}66747970|255044462d)/],
];

export function kindOf(bytes: Uint8Array): Kind {
  const beginning = Buffer.from(bytes.subarray(0, 16)).toString('hex');
  return BEGINNINGS.find(([, pattern]) => pattern.test(beginning))?.[0] ?? 'text';
}

/** How many pixels a PNG or JPEG says that it has, so that nobody unpacks one that is too large. */
export function pixelsOf(bytes: Uint8Array): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint8(0) === 0x89) return view.byteLength < 24 ? undefined : view.getUint32(16) * view.getUint32(20);
  // JPEG: segments, each with its length, until the one that begins a frame.
  for (let at = 2; at + 9 < view.byteLength; at += 2 + view.getUint16(at + 2)) {
    if (view.getUint8(at) !== 0xff) return undefined;
    while (view.getUint8(at + 1) === 0xff && at + 10 < view.byteLength) at++;
    const marker = view.getUint8(at + 1);
    const beginsFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (beginsFrame) return view.getUint16(at + 5) * view.getUint16(at + 7);
  }
  return undefined;
}
