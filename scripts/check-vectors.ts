// Compares this project with examples made by an independent implementation: what codes.json says must follow from a seed,
// and which mistyped texts must be refused, and why (docs/codes.md, "Examples"). Whatever is in the file and is not
// compared is counted as not covered; nothing passes in silence.

import { basename } from 'node:path';
import { z } from 'zod';
import { fromHex, toHex } from '../core/bytes.ts';
import { confirmationOf, readConfirmationCode } from '../core/confirmation-code.ts';
import { sha256, x25519PublicKey } from '../core/crypto.ts';
import {
  codeHolds,
  contentOf,
  makeRegistrationCode,
  type RegistrationCodeContent,
  readRegistrationCode,
} from '../core/registration-code.ts';
import { bindOf, sharedKey } from '../core/shared-keys.ts';
import { readSystemId, type SystemIdReading } from '../core/system-id.ts';
import { systemKeysFrom } from '../core/system-keys.ts';
import type { CodeReading } from '../core/typed-code.ts';

const key = z.string().regex(/^[0-9a-fA-F]{64}$/, 'must be 32 bytes in hex');

/** What all else in the entry follows from. */
const validSchema = z.looseObject({
  seed: key,
  portal_root_public: key,
  portal_code_secret: key,
  key_id: z.int().min(0).max(7),
  flags: z.int().min(0).max(3),
  sequence: z.int().min(0).max(4095),
  day: z.int().min(0).max(16_383),
});
const invalidSchema = z.looseObject({
  kind: z.string(),
  text: z.string(),
  why: z.string(),
  of: z.int().optional(),
  line: z.int().optional(),
  group: z.int().optional(),
});
const fileSchema = z.looseObject({ valid: z.array(validSchema), invalid: z.array(invalidSchema) });

type Valid = z.infer<typeof validSchema>;
type Invalid = z.infer<typeof invalidSchema>;

export interface VectorReport {
  valid: number;
  invalid: number;
  passed: number;
  differences: string[];
  /** What was not compared → how often it stands in the file. */
  notCovered: Map<string, number>;
}

export type VectorResult = { outcome: 'checked'; report: VectorReport } | { outcome: 'unreadable'; why: string };

/** Checks the text of a file. A file in another format, or one in which nothing can be compared, is unreadable. */
export function checkVectors(text: string): VectorResult {
  const file = fileSchema.safeParse(parsedJson(text));
  if (!file.success) {
    const [issue] = file.error.issues;
    return { outcome: 'unreadable', why: `${issue?.path.join('.') || 'the file'}: ${issue?.message}` };
  }
  const { valid, invalid, ...more } = file.data;
  const report: VectorReport = {
    valid: valid.length,
    invalid: invalid.length,
    passed: 0,
    differences: [],
    notCovered: new Map(),
  };
  for (const member of Object.keys(more)) notCovered(report, `unknown member "${member}" of the file`);
  for (const [index, entry] of valid.entries()) checkValid(report, `valid[${index}]`, entry);
  for (const [index, entry] of invalid.entries()) checkInvalid(report, `invalid[${index}]`, entry, valid);
  if (report.passed + report.differences.length === 0)
    return { outcome: 'unreadable', why: 'nothing in it can be compared' };
  return { outcome: 'checked', report };
}

/** The report as lines for people; the last says how it ended. */
export function linesOfReport(path: string, report: VectorReport): string[] {
  const { valid, invalid, passed, differences, notCovered } = report;
  return [
    `${basename(path)}: ${valid} valid entries, ${invalid} invalid texts`,
    ...differences.map((difference) => `difference: ${difference}`),
    ...[...notCovered].map(([what, count]) => `not covered: ${count} × ${what}`),
    `${passed} as expected, ${differences.length} differences, ${total(notCovered)} not covered`,
  ];
}

// --- What follows from a seed --------------------------------------------------------------------------------------------

const INPUTS = Object.keys(validSchema.shape);

function checkValid(report: VectorReport, name: string, entry: Valid): void {
  const results = derived(entry);
  for (const [member, result] of Object.entries(results)) {
    const given = entry[member];
    const what = `${name}.${member}`;
    const read = READ_AS_TYPED[member];
    if (given === undefined) notCovered(report, `"${member}", which the entry does not have`);
    else if (read) compare(report, what, result, typeof given === 'string' ? read(given) : 'reads texts only');
    else if (IN_SYMBOLS.includes(member)) compare(report, what, given, result);
    else compare(report, what, typeof given === 'string' ? given.toLowerCase() : given, result); // hex in either case
  }
  for (const member of Object.keys(entry)) {
    if (!(member in results) && !INPUTS.includes(member)) notCovered(report, `unknown member "${member}"`);
  }
}

const IN_SYMBOLS = ['system_id', 'registration_code', 'confirmation_code'];

/** Texts as a person may type them, and what reading them gives. */
const READ_AS_TYPED: Record<string, (typed: string) => string> = {
  as_typed: (typed) => {
    const reading = readSystemId(typed);
    return reading.outcome === 'read' ? reading.systemId : JSON.stringify(reading);
  },
  registration_code_as_typed: (typed) => {
    const reading = readRegistrationCode(typed);
    return reading.outcome === 'read' ? reading.code : JSON.stringify(reading);
  },
};

function derived(entry: Valid): Record<string, string> {
  const { keys, codePublic, fingerprint, pair, atSystem, atPortal } = pairOf(entry);
  const bind = toHex(bindOf(keys.ed25519Public, atSystem, pair));
  const code = makeRegistrationCode(contentIn(entry), atPortal, pair);
  const confirmation = confirmationOf(code, atPortal, pair);
  return {
    x25519_secret: toHex(keys.x25519Secret),
    ed25519_secret: toHex(keys.ed25519Secret),
    x25519_public: toHex(keys.x25519Public),
    ed25519_public: toHex(keys.ed25519Public),
    system_id: keys.systemId,
    as_typed: keys.systemId,
    portal_fingerprint: toHex(fingerprint),
    portal_code_public: toHex(codePublic),
    bind_key: toHex(sharedKey('bind', atSystem, pair)),
    bind: alike(bind, toHex(bindOf(keys.ed25519Public, atPortal, pair))),
    registration_code: alike(code, codeHolds(code, atSystem, pair) ? code : 'refused'),
    registration_code_as_typed: alike(code, makeRegistrationCode(contentOf(code), atSystem, pair)),
    confirmation_code: alike(confirmation, confirmationOf(code, atSystem, pair)),
  };
}

/** What portal and system must have come to alike. */
function alike(atPortal: string, atSystem: string): string {
  return atPortal === atSystem ? atPortal : `${atPortal} at the portal, ${atSystem} at the system`;
}

function contentIn({ key_id: keyId, flags, sequence, day }: Valid): RegistrationCodeContent {
  return { keyId, advisory: (flags & 1) !== 0, asksConfirmation: (flags & 2) !== 0, sequence, day };
}

function pairOf(entry: Valid) {
  const keys = systemKeysFrom(fromHex(entry.seed));
  const codeSecret = fromHex(entry.portal_code_secret);
  const codePublic = x25519PublicKey(codeSecret);
  const fingerprint = sha256(fromHex(entry.portal_root_public));
  const pair = { fingerprint, codePublic, systemPublic: keys.x25519Public };
  const atSystem = { secret: keys.x25519Secret, peerPublic: codePublic };
  const atPortal = { secret: codeSecret, peerPublic: keys.x25519Public };
  return { keys, codePublic, fingerprint, pair, atSystem, atPortal };
}

// --- Which texts are refused, and why ------------------------------------------------------------------------------------

/** What a reader of one of the three texts says; of a registration code also what its MAC says. */
type Reading = SystemIdReading | CodeReading<string> | { outcome: 'not-for-this-system' };

const READERS: Record<string, (text: string, of: Valid | undefined) => Reading> = {
  system_id: readSystemId,
  confirmation_code: readConfirmationCode,
  registration_code: readAtSystem,
};

/** As the system of that entry reads it. What it may mend must come out as the valid code. */
function readAtSystem(text: string, of: Valid | undefined): Reading {
  const reading = readRegistrationCode(text);
  if (!of) return reading;
  const { atSystem, pair } = pairOf(of);
  if (reading.outcome === 'read') {
    return codeHolds(reading.code, atSystem, pair) ? reading : { outcome: 'not-for-this-system' };
  }
  if (reading.outcome !== 'mistyped') return reading;
  const mended = reading.repairs.find((repair) => codeHolds(repair, atSystem, pair));
  return mended === undefined || mended === of['registration_code'] ? reading : { outcome: 'read', code: mended };
}

/** A place that the reader names: the lines, of a System ID, and the group where it knows one. */
interface Named {
  lines: number[];
  group?: number;
}

const WITHOUT_PLACE: Named[] = [{ lines: [] }];

/** Reasons of the format → where the reader sees just this, or nothing if it sees something else. */
const REASONS: [RegExp, (reading: Reading) => Named[]][] = [
  [/^one wrong symbol$/, (reading) => mistyped(reading, 'symbol')],
  [/^two neighbours exchanged$/, (reading) => mistyped(reading, 'exchange')],
  [/^two lines exchanged$/, (reading) => twoLines(mistyped(reading, 'line'))],
  [/^a line stands twice$/, (reading) => oneLine(mistyped(reading, 'line'))],
  [/^a line is missing$/, missing],
  [/^not canonical\b/, (reading) => notPossible(reading, 'not-canonical')],
  [/^low order\b/, (reading) => notPossible(reading, 'low-order')],
  [/^(another|wrong|unknown) type$/, anotherType],
  [/^another length$/, anotherLength],
  [/^a character outside the alphabet$/, foreign],
  [/^this is a System ID$/i, (reading) => otherText(reading, 'system-id')],
  [/^this is a registration code$/i, (reading) => otherText(reading, 'registration-code')],
  [/^this is a confirmation code$/i, (reading) => otherText(reading, 'confirmation-code')],
  [/^checks hold but\b/, ({ outcome }) => (outcome === 'not-for-this-system' ? WITHOUT_PLACE : [])],
];

function checkInvalid(report: VectorReport, name: string, entry: Invalid, valid: readonly Valid[]): void {
  const about = `${name} (${entry.kind}, ${entry.why})`;
  const of = entry.of === undefined ? undefined : valid[entry.of];
  if (entry.of !== undefined && !of) {
    report.differences.push(`${about}: "of" is ${entry.of}, and there is no such valid entry`);
  }
  const read = READERS[entry.kind];
  if (!read) return notCovered(report, `unknown kind "${entry.kind}"`);

  const reading = read(entry.text, of);
  const said = JSON.stringify(reading);
  const reason = REASONS.find(([pattern]) => pattern.test(entry.why));
  if (reading.outcome === 'read') {
    report.differences.push(`${about}: is accepted`);
  } else if (!reason) {
    notCovered(report, `unknown reason "${entry.why}" (refused all the same: ${reading.outcome})`);
  } else {
    const [, named] = reason;
    const places = named(reading);
    if (places.length === 0) report.differences.push(`${about}: is refused for another reason: ${said}`);
    else if (!places.some((place) => isPlace(place, entry))) {
      report.differences.push(`${about}: line ${entry.line ?? '-'}, group ${entry.group ?? '-'} is not named: ${said}`);
    } else report.passed++;
  }
}

function isPlace(place: Named, { line, group }: Invalid): boolean {
  return (line === undefined || place.lines.includes(line)) && (group === undefined || place.group === group);
}

function mistyped(reading: Reading, kind: 'symbol' | 'exchange' | 'line'): Named[] {
  if (reading.outcome !== 'mistyped') return [];
  return reading.places.flatMap((place) => {
    if (place.kind !== kind) return [];
    if (place.kind === 'line') return [{ lines: [place.line, place.standsIn] }];
    return [{ lines: 'line' in place ? [place.line] : [], group: place.group }];
  });
}

/** Two lines that each stand where the other belongs. */
function twoLines(places: Named[]): Named[] {
  const [one, other, ...more] = places.map(({ lines }) => lines.toSorted((a, b) => a - b).join());
  return one !== undefined && one === other && more.length === 0 ? places : [];
}

/** One line that stands where another belongs, which stands nowhere. */
function oneLine(places: Named[]): Named[] {
  return places.length === 1 ? places : [];
}

function missing(reading: Reading): Named[] {
  return reading.outcome === 'line-missing' ? reading.lines.map((line) => ({ lines: [line] })) : [];
}

function notPossible(reading: Reading, why: 'type' | 'not-canonical' | 'low-order'): Named[] {
  return reading.outcome === 'not-possible' && reading.why === why ? WITHOUT_PLACE : [];
}

function anotherType(reading: Reading): Named[] {
  return reading.outcome === 'another-type' ? WITHOUT_PLACE : notPossible(reading, 'type');
}

/** A missing line and another kind of text are lengths too, with a better name. */
function anotherLength(reading: Reading): Named[] {
  return ['wrong-length', 'line-missing', 'other-text', 'empty'].includes(reading.outcome) ? WITHOUT_PLACE : [];
}

function foreign(reading: Reading): Named[] {
  if (reading.outcome !== 'not-understood') return [];
  return [{ lines: 'line' in reading ? [reading.line] : [], group: reading.group }];
}

function otherText(reading: Reading, text: 'system-id' | 'registration-code' | 'confirmation-code'): Named[] {
  return reading.outcome === 'other-text' && reading.text === text ? WITHOUT_PLACE : [];
}

// --- Counting ------------------------------------------------------------------------------------------------------------

function compare(report: VectorReport, what: string, expected: unknown, actual: unknown): void {
  if (expected === actual) report.passed++;
  else report.differences.push(`${what}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(actual)}`);
}

function notCovered(report: VectorReport, what: string): void {
  report.notCovered.set(what, (report.notCovered.get(what) ?? 0) + 1);
}

function total(counts: Map<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
