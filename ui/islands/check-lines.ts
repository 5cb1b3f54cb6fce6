import { checksHold, explanations } from '../../core/check-symbols.ts';
import { readTyped, symbolsOf } from '../../core/crockford.ts';

const LINE = 15;

export type LineCheck =
  | { outcome: 'right' }
  | { outcome: 'wrong' }
  | { outcome: 'count'; count: number }
  | { outcome: 'character'; character: string }
  | { outcome: 'place'; place: number };

/** Each line of a System ID as far as it is typed. A paste in one line is cut into lines; an empty line is no line. */
export function checkLines(typed: string): LineCheck[] {
  const lines = typed.split('\n').filter((line) => line.trim() !== '');
  return (lines.length === 1 ? cut(lines[0] as string) : lines).map((line, index) => checkLine(line, index + 1));
}

function cut(line: string): string[] {
  const reading = readTyped(line);
  return reading.outcome === 'read' ? (reading.text.match(/.{1,15}/g) ?? []) : [line];
}

function checkLine(line: string, number: number): LineCheck {
  const reading = readTyped(line);
  if (reading.outcome === 'not-understood') return { outcome: 'character', character: reading.character };
  if (reading.text.length !== LINE) return { outcome: 'count', count: reading.text.length };
  const symbols = symbolsOf(reading.text);
  if (checksHold(number, symbols)) return { outcome: 'right' };
  const [place] = explanations(number, symbols).filter((explanation) => explanation.kind === 'place');
  return place && place.place >= 1 && place.place <= 4
    ? { outcome: 'place', place: place.place }
    : { outcome: 'wrong' };
}
