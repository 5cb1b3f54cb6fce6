// The System ID: a system's X25519 public key as 60 symbols that a person can read and type (docs/codes.md, "System ID").

import { fromHex, toHex } from './bytes.ts';
import { checksHold, type Explanation, explanations, withCheckSymbols } from './check-symbols.ts';
import { numberOfSymbols, readTyped, symbolsOf, symbolsOfNumber, textOf } from './crockford.ts';
import { x25519Fault } from './key-checks.ts';

const LINES = [1, 2, 3, 4] as const;
const LINE = 15; // symbols in a line, in three groups of five
const GROUP = 5;
const DATA = 13; // of the 15; the other two check them
const TYPE = '1'; // the four bits before the key, as a hex digit

/** The 60 symbols of a valid System ID, upper case, without hyphens: its one canonical form. */
export type SystemId = string & { readonly __systemId: true };

/** The System ID of an X25519 public key (32 bytes). Throws if no server can have that key. */
export function systemIdOf(x25519Public: Uint8Array): SystemId {
  const fault = x25519Fault(x25519Public);
  if (fault) throw new Error(`No System ID is made of an X25519 key that is ${fault}.`);
  const data = symbolsOfNumber(BigInt(`0x${TYPE}${toHex(x25519Public)}`), 52);
  return textOf(
    LINES.flatMap((line) => withCheckSymbols(line, data.slice(DATA * (line - 1), DATA * line))),
  ) as SystemId;
}

/** The X25519 public key (32 bytes) that a System ID names. */
export function publicKeyOf(id: SystemId): Uint8Array {
  return fromHex(typeAndKey(symbolsOf(id)).slice(1));
}

/** The first ten symbols in two groups, `342GS-3J21S`: for people to recognise a system; it decides nothing. */
export function shortId(id: string): string {
  return grouped(id.slice(0, 2 * GROUP));
}

/** The four lines as they are written, `342GS-3J21S-NW79S` each. */
export function linesOf(id: string): [string, string, string, string] {
  const line = (number: number) => grouped(id.slice(LINE * (number - 1), LINE * number));
  return [line(1), line(2), line(3), line(4)];
}

/** Whether a text is a System ID in its canonical form, as documents, addresses and the database hold it. */
export function isSystemId(text: string): text is SystemId {
  const reading = readSystemId(text);
  return reading.outcome === 'read' && reading.systemId === text;
}

/** Where a mistyped System ID is wrong. Lines count from 1 to 4, groups within a line from 1 to 3. */
export type Place =
  /** One symbol of the group is probably wrong, or (exchange) two neighbours, the first of them in this group. */
  | { kind: 'symbol' | 'exchange'; line: number; group: number; text: string /* the group as read */ }
  /** Line `line` stands where line `standsIn` belongs. */
  | { kind: 'line'; line: number; standsIn: number }
  /** Line `line` is wrong in more than one symbol: which ones cannot be told. */
  | { kind: 'several'; line: number };

export type SystemIdReading =
  | { outcome: 'read'; systemId: SystemId }
  | { outcome: 'empty' }
  | { outcome: 'not-understood'; character: string; line: number; group: number }
  | { outcome: 'other-text'; text: 'registration-code' | 'confirmation-code' }
  /** Three good lines: these of the four are not among them. */
  | { outcome: 'line-missing'; lines: number[] }
  | { outcome: 'wrong-length'; symbols: number }
  /** Every explanation that holds, by line. */
  | { outcome: 'mistyped'; places: Place[] }
  /** The checks hold, but no server can have this System ID. */
  | { outcome: 'not-possible'; why: 'type' | 'not-canonical' | 'low-order' };

/** Reads a System ID as a person typed or pasted it. Never repairs one: a wrong one is explained, for the person to mend. */
export function readSystemId(typed: string): SystemIdReading {
  const reading = readTyped(typed);
  if (reading.outcome === 'not-understood') {
    return { outcome: 'not-understood', character: reading.character, ...lineAndGroup(reading.at) };
  }
  const symbols = symbolsOf(reading.text);
  if (symbols.length !== LINE * LINES.length) return explainLength(symbols);

  const places = mistakes(symbols);
  if (places.length > 0) return { outcome: 'mistyped', places };

  const bits = typeAndKey(symbols);
  if (bits[0] !== TYPE) return { outcome: 'not-possible', why: 'type' };
  const fault = x25519Fault(fromHex(bits.slice(1)));
  if (fault) return { outcome: 'not-possible', why: fault };
  return { outcome: 'read', systemId: reading.text as SystemId };
}

function explainLength(symbols: number[]): SystemIdReading {
  const count = symbols.length;
  if (count === 0) return { outcome: 'empty' };
  if (count === 25) return { outcome: 'other-text', text: 'registration-code' };
  // Ten symbols that begin as every System ID does are a short ID: naming them a confirmation code would mislead.
  if (count === 10 && !beginsAsSystemId(symbols)) return { outcome: 'other-text', text: 'confirmation-code' };
  if (count === 3 * LINE) {
    const good = [1, 2, 3].map((place) => LINES.find((line) => checksHold(line, lineAt(symbols, place))));
    if (!good.includes(undefined)) {
      return { outcome: 'line-missing', lines: LINES.filter((line) => !good.includes(line)) };
    }
  }
  return { outcome: 'wrong-length', symbols: count };
}

function beginsAsSystemId(symbols: number[]): boolean {
  return (symbols[0] ?? 0) >> 1 === Number(TYPE);
}

function mistakes(symbols: number[]): Place[] {
  const found = LINES.map((line) => mistakesIn(line, lineAt(symbols, line)));
  return LINES.flatMap((line) => {
    // Two neighbours may also stand on both sides of a line's end. That one mistake explains both lines.
    if (exchangedAtEnd(line - 1, symbols, found)) return [];
    if (exchangedAtEnd(line, symbols, found)) return [inGroup('exchange', symbols, LINE * line - 1)];
    return placesOf(line, symbols, found[line - 1]);
  });
}

/** Undefined for a good line; no explanation for one that is wrong in several places. */
function mistakesIn(line: number, symbols: number[]): Explanation[] | undefined {
  if (checksHold(line, symbols)) return undefined;
  return explanations(line, symbols).filter((one) => one.kind !== 'place' || isLine(one.place));
}

function exchangedAtEnd(line: number, symbols: number[], found: (Explanation[] | undefined)[]): boolean {
  const difference = (symbols[LINE * line - 1] ?? 0) ^ (symbols[LINE * line] ?? 0);
  const wrongAt = (mistake: Explanation[] | undefined, at: number) =>
    mistake?.some((one) => one.kind === 'symbol' && one.at === at && one.error === difference) ?? false;
  return wrongAt(found[line - 1], LINE - 1) && wrongAt(found[line], 0);
}

function placesOf(line: number, symbols: number[], found: Explanation[] | undefined): Place[] {
  if (found?.length === 0) return [{ kind: 'several', line }];
  return (found ?? []).map((one) =>
    one.kind === 'place'
      ? { kind: 'line', line: one.place, standsIn: line }
      : inGroup(one.kind, symbols, LINE * (line - 1) + one.at),
  );
}

function inGroup(kind: 'symbol' | 'exchange', symbols: number[], at: number): Place {
  const start = at - (at % GROUP);
  return { kind, ...lineAndGroup(at), text: textOf(symbols.slice(start, start + GROUP)) };
}

function lineAndGroup(at: number): { line: number; group: number } {
  return { line: Math.floor(at / LINE) + 1, group: Math.floor((at % LINE) / GROUP) + 1 };
}

function lineAt(symbols: number[], line: number): number[] {
  return symbols.slice(LINE * (line - 1), LINE * line);
}

function isLine(place: number): boolean {
  return LINES.some((line) => line === place);
}

/** The type as one hex digit, followed by the key as 64. */
function typeAndKey(symbols: number[]): string {
  const data = LINES.flatMap((line) => lineAt(symbols, line).slice(0, DATA));
  return numberOfSymbols(data).toString(16).padStart(65, '0');
}

function grouped(text: string): string {
  return (text.match(/.{5}/g) ?? []).join('-');
}
