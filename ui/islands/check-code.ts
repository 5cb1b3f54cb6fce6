import { readTyped } from '../../core/crockford.ts';
import { CONFIRMATION_CODE, type CodePlace, REGISTRATION_CODE, readCode } from '../../core/typed-code.ts';

export type CodeCheck =
  | { outcome: 'right' }
  | { outcome: 'count'; count: number; symbols: number }
  | { outcome: 'character'; character: string; group: number }
  | { outcome: 'symbol'; group: number; text: string }
  | { outcome: 'exchange'; group: number; typed: string; swapped: string }
  | { outcome: 'either'; group: number; other: number }
  | { outcome: 'several' };

/** A code as far as it is typed; nothing, where only the answer to the form can say more. */
export function checkCode(typed: string, kind: string | undefined): CodeCheck | undefined {
  const code = kind === CONFIRMATION_CODE.name ? CONFIRMATION_CODE : REGISTRATION_CODE;
  const reading = readCode(typed, code);
  if (reading.outcome === 'read') return { outcome: 'right' };
  if (reading.outcome === 'mistyped') return whereToLook(reading.places);
  if (reading.outcome === 'not-understood') {
    return { outcome: 'character', character: reading.character, group: reading.group };
  }
  const text = readTyped(typed);
  const count = text.outcome === 'read' ? text.text.length : 0;
  // Ten characters of twenty-five are not another kind of code yet.
  return count > 0 && count !== code.symbols ? { outcome: 'count', count, symbols: code.symbols } : undefined;
}

/** Both places, where two explanations name different groups: a guess would send half of the people to the wrong one. */
function whereToLook([place, other]: readonly CodePlace[]): Exclude<CodeCheck, { outcome: 'right' | 'count' }> {
  if (!place) return { outcome: 'several' };
  const { group, text } = place;
  if (other && other.group !== group) {
    return { outcome: 'either', group: Math.min(group, other.group), other: Math.max(group, other.group) };
  }
  if (place.kind === 'symbol') return { outcome: 'symbol', group, text };
  return { outcome: 'exchange', group, typed: place.typed, swapped: Array.from(place.typed).reverse().join('') };
}
