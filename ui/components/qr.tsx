import { encode } from 'uqr';

/** What scanners need around the code to find it. */
const QUIET_ZONE = 4;

/** A QR code, drawn by the server: always dark on white, whatever the colours of the page. `label`: what it says. */
export function QrCode({ text, label }: { text: string; label: string }) {
  // A quarter of it may get dirty: a label lives in a plant room.
  const { size, data } = encode(text, { ecc: 'Q', border: QUIET_ZONE });
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg class="qr" role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shape-rendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={dark.join('')} fill="#000" />
    </svg>
  );
}
