import { encode } from 'uqr';

/** What scanners need around the code to find it. */
const QUIET_ZONE = 4;

// Bytes in the largest code at level M (ISO/IEC 18004, version 40).
const MOST_BYTES = 2331;

/** Whether a text in ASCII has room in a code at level M. */
export const fitsQrCode = (text: string): boolean => text.length <= MOST_BYTES;

/** How large a module of a large code is. */
const PIXELS = 4;

interface QrCodeProps {
  text: string;
  /** What it says. */
  label: string;
  /** How much of it may get dirty: a quarter on a label, which lives in a plant room; less where the text is long. */
  level?: 'Q' | 'M';
  /** For a text of a thousand characters: four pixels a module, where the page is wide enough. */
  large?: boolean;
}

/** A QR code, drawn by the server: always dark on white, whatever the colours of the page. */
export function QrCode({ text, label, level = 'Q', large }: QrCodeProps) {
  const { size, data } = encode(text, { ecc: level, border: QUIET_ZONE });
  return (
    <svg
      class={large ? 'qr large' : 'qr'}
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      // Whole pixels: a picture of an old monitor is read only if all modules are equally large.
      width={large ? PIXELS * size : undefined}
      height={large ? PIXELS * size : undefined}
      shape-rendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={data.map(rowOf).join('')} stroke="#000" />
    </svg>
  );
}

/** The dark runs of a row, each a line as thick as a module and drawn from where the last one ended: few characters. */
function rowOf(row: readonly boolean[], y: number): string {
  const runs = [
    ...row
      .map((isDark) => (isDark ? '1' : '0'))
      .join('')
      .matchAll(/1+/g),
  ];
  let end = 0;
  return runs
    .map(({ index, 0: run }) => {
      const start = end === 0 ? `M${index} ${y}.5` : `m${index - end} 0`;
      end = index + run.length;
      return `${start}h${run.length}`;
    })
    .join('');
}
