// What the two codes that people type have in common: read forgivingly, checked by their last two symbols, and where they
// are wrong, the group is named (docs/codes.md, "Check symbols").

import { checksHold, type Explanation, explanations, withCheckSymbols } from './check-symbols.ts';
import { numberOfSymbols, readTyped, symbolsOf, symbolsOfNumber, textOf } from './crockford.ts';

const GROUP = 5;
const CHECKS = 2;
const SYSTEM_ID = 60;

/** What tells one kind of code from another. */
export interface CodeKind {
  name: 'registration-code' | 'confirmation-code' | 'invitation-code';
  /** Its length, check symbols included. */
  symbols: number;
  unwritten: number;
  /** The first four bits. */
  type: number;
}

export const REGISTRATION_CODE: CodeKind = { name: 'registration-code', symbols: 25, unwritten: 8, type: 2 };
export const CONFIRMATION_CODE: CodeKind = { name: 'confirmation-code', symbols: 10, unwritten: 16, type: 3 };
export const INVITATION_CODE: CodeKind = { name: 'invitation-code', symbols: 20, unwritten: 24, type: 4 };

/** What a code may be taken for at a server or a portal's field for another. */
type OtherCode = 'registration-code' | 'confirmation-code';

/** Where a mistyped code is wrong; groups count from 1. An exchange is named by the group of the first of the two. */
export type CodePlace =
  | { kind: 'symbol'; group: number; text: string /* the group as read */ }
  | { kind: 'exchange'; group: number; text: string; typed: string /* the two as read: "AB" */ };

export type CodeReading<Code extends string> =
  /** The check symbols hold and the type is right. */
  | { outcome: 'read'; code: Code }
  | { outcome: 'empty' }
  | { outcome: 'not-understood'; character: string; group: number }
  | { outcome: 'other-text'; text: 'system-id' | OtherCode }
  | { outcome: 'wrong-length'; symbols: number }
  /** Every explanation by one mistake, none if there are more; and what each would make of the text. */
  | { outcome: 'mistyped'; places: CodePlace[]; repairs: Code[] }
  /** Well written, but of a type that is not known here. */
  | { outcome: 'another-type' };

/** Reads a code as a person typed or pasted it. */
export function readCode<Code extends string>(typed: string, kind: CodeKind): CodeReading<Code> {
  const reading = readTyped(typed);
  if (reading.outcome === 'not-understood') {
    return { outcome: 'not-understood', character: reading.character, group: groupOf(reading.at) };
  }
  const { text } = reading;
  if (text.length !== kind.symbols) return explainLength(text, kind);
  const symbols = symbolsOf(text);
  if (checksHold(kind.unwritten, symbols)) {
    return typeOf(symbols) === kind.type ? { outcome: 'read', code: text as Code } : { outcome: 'another-type' };
  }
  const mistakes = explanations(kind.unwritten, symbols).filter((one) => one.kind !== 'place');
  return {
    outcome: 'mistyped',
    places: mistakes.map((one) => placeOf(one, text)),
    repairs: mistakes
      .map((one) => repaired(one, symbols))
      .filter((repair) => typeOf(repair) === kind.type)
      .map((repair) => textOf(repair) as Code),
  };
}

/** What to tell somebody who mistyped. */
export type WhereToLook =
  | { outcome: 'symbol'; group: number; text: string }
  | { outcome: 'exchange'; group: number; typed: string; swapped: string }
  /** Two explanations name different groups: a guess would send half of the people to the wrong one. */
  | { outcome: 'either'; group: number; other: number }
  | { outcome: 'several' };

/** Where to look first in a mistyped code. */
export function whereToLook([place, other]: readonly CodePlace[]): WhereToLook {
  if (!place) return { outcome: 'several' };
  const { group, text } = place;
  if (other && other.group !== group) {
    return { outcome: 'either', group: Math.min(group, other.group), other: Math.max(group, other.group) };
  }
  if (place.kind === 'symbol') return { outcome: 'symbol', group, text };
  return { outcome: 'exchange', group, typed: place.typed, swapped: Array.from(place.typed).reverse().join('') };
}

/** The code whose data symbols hold this number, most significant first. */
export function codeOf<Code extends string>(data: bigint, kind: CodeKind): Code {
  return textOf(withCheckSymbols(kind.unwritten, symbolsOfNumber(data, kind.symbols - CHECKS))) as Code;
}

/** The number in the data symbols of a code in its canonical form. */
export function dataOf(code: string): bigint {
  return numberOfSymbols(symbolsOf(code).slice(0, -CHECKS));
}

/** A code as it is written, in groups of five. */
export function groupsOf(code: string): string[] {
  return code.match(/.{5}/g) ?? [];
}

/** `5FY1Z-20CXC-ZTV30-ENH3S-VX79M` */
export function writtenCode(code: string): string {
  return groupsOf(code).join('-');
}

function explainLength<Code extends string>(text: string, kind: CodeKind): CodeReading<Code> {
  if (text.length === 0) return { outcome: 'empty' };
  if (text.length === SYSTEM_ID) return { outcome: 'other-text', text: 'system-id' };
  const other = otherOf(text.length);
  return other && other !== kind.name ? otherText(text, other) : { outcome: 'wrong-length', symbols: text.length };
}

function otherOf(length: number): OtherCode | undefined {
  if (length === REGISTRATION_CODE.symbols) return 'registration-code';
  return length === CONFIRMATION_CODE.symbols ? 'confirmation-code' : undefined;
}

/** Ten symbols that begin as every System ID does are its short ID. */
function otherText<Code extends string>(text: string, other: OtherCode): CodeReading<Code> {
  const isShortId = other === 'confirmation-code' && typeOf(symbolsOf(text)) === 1;
  return { outcome: 'other-text', text: isShortId ? 'system-id' : other };
}

type Mistake = Exclude<Explanation, { kind: 'place' }>;

function placeOf(mistake: Mistake, text: string): CodePlace {
  const { kind, at } = mistake;
  const group = groupOf(at);
  const place = { group, text: text.slice(GROUP * (group - 1), GROUP * group) };
  return kind === 'symbol' ? { kind, ...place } : { kind, ...place, typed: text.slice(at, at + 2) };
}

function repaired(mistake: Mistake, symbols: number[]): number[] {
  const repair = [...symbols];
  const { at } = mistake;
  if (mistake.kind === 'symbol') repair[at] = (repair[at] ?? 0) ^ mistake.error;
  else [repair[at], repair[at + 1]] = [symbols[at + 1] ?? 0, symbols[at] ?? 0];
  return repair;
}

function groupOf(at: number): number {
  return Math.floor(at / GROUP) + 1;
}

function typeOf(symbols: number[]): number {
  return (symbols[0] ?? 0) >> 1;
}
