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
