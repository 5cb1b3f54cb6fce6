import { readTyped } from '../../core/crockford.ts';
import {
  CONFIRMATION_CODE,
  REGISTRATION_CODE,
  readCode,
  type WhereToLook,
  whereToLook,
} from '../../core/typed-code.ts';

export type CodeCheck =
  | { outcome: 'right' }
  | { outcome: 'count'; count: number; symbols: number }
  | { outcome: 'character'; character: string; group: number }
  | WhereToLook;

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
