// Compares this project with examples made by an independent implementation: what codes.json says must follow from a seed,
// and which mistyped texts must be refused, and why (docs/codes.md, "Examples"). Whatever is in the file and is not
// compared is counted as not covered; nothing passes in silence.

import { basename } from 'node:path';
import { z } from 'zod';
import { fromHex, toHex } from '../core/bytes.ts';
import { sha256, x25519PublicKey } from '../core/crypto.ts';
import { bindOf, sharedKey } from '../core/shared-keys.ts';
import { readSystemId, type SystemIdReading } from '../core/system-id.ts';
import { systemKeysFrom } from '../core/system-keys.ts';

const key = z.string().regex(/^[0-9a-fA-F]{64}$/, 'must be 32 bytes in hex');

/** `seed` and the portal's keys are what all else follows from. */
const validSchema = z.looseObject({ seed: key, portal_root_public: key, portal_code_secret: key });
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
  for (const [index, entry] of invalid.entries()) checkInvalid(report, `invalid[${index}]`, entry);
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

const INPUTS = ['seed', 'portal_root_public', 'portal_code_secret', 'key_id', 'flags', 'sequence', 'day'];
const NOT_BUILT_YET = ['registration_code', 'registration_code_as_typed', 'confirmation_code'];

function checkValid(report: VectorReport, name: string, entry: Valid): void {
  const results: Record<string, unknown> = { ...derived(entry), as_typed: entry['system_id'] };
  for (const [member, result] of Object.entries(results)) {
    const given = entry[member];
    const what = `${name}.${member}`;
    if (given === undefined) notCovered(report, `"${member}", which the entry does not have`);
    else if (member === 'as_typed') compare(report, what, result, readOrWhy(given));
    else if (member === 'system_id') compare(report, what, given, result);
    else compare(report, what, typeof given === 'string' ? given.toLowerCase() : given, result); // hex in either case
  }
  for (const member of Object.keys(entry)) {
    if (NOT_BUILT_YET.includes(member)) notCovered(report, member);
    else if (!(member in results) && !INPUTS.includes(member)) notCovered(report, `unknown member "${member}"`);
  }
}

function derived(entry: Valid): Record<string, string> {
  const keys = systemKeysFrom(fromHex(entry.seed));
  const codeSecret = fromHex(entry.portal_code_secret);
  const codePublic = x25519PublicKey(codeSecret);
  const fingerprint = sha256(fromHex(entry.portal_root_public));
  const pair = { fingerprint, codePublic, systemPublic: keys.x25519Public };
  const atSystem = { secret: keys.x25519Secret, peerPublic: codePublic };
  const atPortal = { secret: codeSecret, peerPublic: keys.x25519Public };
  const bind = toHex(bindOf(keys.ed25519Public, atSystem, pair));
  const bindAtPortal = toHex(bindOf(keys.ed25519Public, atPortal, pair));
  return {
    x25519_secret: toHex(keys.x25519Secret),
    ed25519_secret: toHex(keys.ed25519Secret),
    x25519_public: toHex(keys.x25519Public),
    ed25519_public: toHex(keys.ed25519Public),
    system_id: keys.systemId,
    portal_fingerprint: toHex(fingerprint),
    portal_code_public: toHex(codePublic),
    bind_key: toHex(sharedKey('bind', atSystem, pair)),
    bind: bind === bindAtPortal ? bind : `${bind} at the system, ${bindAtPortal} at the portal`,
  };
}

// --- Which texts are refused, and why ------------------------------------------------------------------------------------

/** A place that the reader names: the line or lines, and the group where it knows one. */
interface Named {
  lines: number[];
  group?: number;
}

/** Reasons of the format → where the reader sees just this, or nothing if it sees something else. */
const REASONS: [RegExp, (reading: SystemIdReading) => Named[]][] = [
  [/^one wrong symbol$/, (reading) => mistyped(reading, 'symbol')],
  [/^two neighbours exchanged$/, (reading) => mistyped(reading, 'exchange')],
  [/^two lines exchanged$/, (reading) => twoLines(mistyped(reading, 'line'))],
  [/^a line stands twice$/, (reading) => oneLine(mistyped(reading, 'line'))],
  [/^a line is missing$/, missing],
  [/^not canonical\b/, (reading) => notPossible(reading, 'not-canonical')],
  [/^low order\b/, (reading) => notPossible(reading, 'low-order')],
  [/^(another|wrong|unknown) type$/, (reading) => notPossible(reading, 'type')],
  [/^another length$/, anotherLength],
  [/^a character outside the alphabet$/, foreign],
  [/^this is a registration code$/i, (reading) => otherText(reading, 'registration-code')],
  [/^this is a confirmation code$/i, (reading) => otherText(reading, 'confirmation-code')],
];

function checkInvalid(report: VectorReport, name: string, entry: Invalid): void {
  const about = `${name} (${entry.kind}, ${entry.why})`;
  if (entry.of !== undefined && (entry.of < 0 || entry.of >= report.valid)) {
    report.differences.push(`${about}: "of" is ${entry.of}, and there is no such valid entry`);
  }
  if (NOT_BUILT_YET.includes(entry.kind)) return notCovered(report, `${entry.kind} that is invalid`);
  if (entry.kind !== 'system_id') return notCovered(report, `unknown kind "${entry.kind}"`);

  const reading = readSystemId(entry.text);
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

function mistyped(reading: SystemIdReading, kind: 'symbol' | 'exchange' | 'line'): Named[] {
  if (reading.outcome !== 'mistyped') return [];
  return reading.places.flatMap((place) => {
    if (place.kind !== kind) return [];
    return [
      place.kind === 'line' ? { lines: [place.line, place.standsIn] } : { lines: [place.line], group: place.group },
    ];
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

function missing(reading: SystemIdReading): Named[] {
  return reading.outcome === 'line-missing' ? reading.lines.map((line) => ({ lines: [line] })) : [];
}

function notPossible(reading: SystemIdReading, why: 'type' | 'not-canonical' | 'low-order'): Named[] {
  return reading.outcome === 'not-possible' && reading.why === why ? [{ lines: [] }] : [];
}

/** A missing line and another kind of code are lengths too, with a better name. */
function anotherLength(reading: SystemIdReading): Named[] {
  return ['wrong-length', 'line-missing', 'other-text', 'empty'].includes(reading.outcome) ? [{ lines: [] }] : [];
}

function foreign(reading: SystemIdReading): Named[] {
  return reading.outcome === 'not-understood' ? [{ lines: [reading.line], group: reading.group }] : [];
}

function otherText(reading: SystemIdReading, text: 'registration-code' | 'confirmation-code'): Named[] {
  return reading.outcome === 'other-text' && reading.text === text ? [{ lines: [] }] : [];
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

function readOrWhy(typed: unknown): unknown {
  if (typeof typed !== 'string') return 'reads texts only';
  const reading = readSystemId(typed);
  return reading.outcome === 'read' ? reading.systemId : JSON.stringify(reading);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
