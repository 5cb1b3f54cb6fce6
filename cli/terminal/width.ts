/** How a terminal shows text: in columns, of which East Asian signs and pictures take two, and accents none. */

const graphemes = new Intl.Segmenter();
const WIDE = /[\p{Script=Han}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u30ff\uff01-\uff60\uffe0-\uffe6]/u;
const PICTURE = /\p{Extended_Pictographic}\ufe0f/u;
const NOTHING = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

const widthOfGrapheme = (sign: string) => (NOTHING.test(sign) ? 0 : WIDE.test(sign) || PICTURE.test(sign) ? 2 : 1);

export function widthOf(text: string): number {
  // Half-width katakana are the exception that the script does not tell.
  let width = 0;
  for (const { segment } of graphemes.segment(text))
    width += /^[\uff61-\uffdc]/u.test(segment) ? 1 : widthOfGrapheme(segment);
  return width;
}

/** What others wrote must not move the cursor, colour the screen or turn the direction of what stands beside it. */
export function harmless(text: string): string {
  return text.replace(/[\s\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
}

/** At most `width` columns; what is left out is an ellipsis. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    used += widthOf(segment);
    if (used > width - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

export const padded = (text: string, width: number) => text + ' '.repeat(Math.max(0, width - widthOf(text)));
