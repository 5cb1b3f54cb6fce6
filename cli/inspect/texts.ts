import { peek } from '../../core/documents/jws.ts';
import { linesOf, type Place, readSystemId, shortId } from '../../core/system-id.ts';
import { inspectDocument } from './documents.ts';

/** What a text is, what it says, what is wrong with it, and what cannot be told offline: in sentences. */
export interface Inspection {
  type: string;
  facts: Record<string, unknown>;
  problems: string[];
  remarks: string[];
}

export async function inspectText(text: string, bundle: string | undefined): Promise<Inspection> {
  const header = peek(text);
  return header ? inspectDocument(text, header, bundle) : inspectSystemId(text);
}

function inspectSystemId(typed: string): Inspection {
  const reading = readSystemId(typed);
  if (reading.outcome === 'read') {
    const { systemId } = reading;
    const facts = { 'short ID': shortId(systemId), lines: linesOf(systemId), canonical: systemId };
    return { type: 'System ID', facts, problems: [], remarks: [] };
  }
  return { type: 'System ID', facts: {}, problems: mistakesIn(reading), remarks: [] };
}

/** Where a System ID is mistyped, in sentences. */
export function mistakesIn(reading: Exclude<ReturnType<typeof readSystemId>, { outcome: 'read' }>): string[] {
  switch (reading.outcome) {
    case 'empty':
      return ['There is no text.'];
    case 'wrong-length':
      return [`A System ID has 60 characters. This has ${reading.symbols}.`];
    case 'line-missing':
      return [`Line ${reading.lines.join(' or ')} is missing.`];
    case 'not-understood':
      return [`"${reading.character}" is not used in a System ID: line ${reading.line}, group ${reading.group}.`];
    case 'other-text':
      return [`This is a ${reading.text.replace('-', ' ')}. A System ID has four lines of 15 characters.`];
    case 'mistyped':
      return reading.places.length > 0
        ? reading.places.map(atPlace)
        : ['Several characters are wrong. Compare every group.'];
    case 'not-possible':
      return ['This is not a System ID that a server can have.'];
  }
}

function atPlace(place: Place): string {
  if (place.kind === 'line') return `Line ${place.line} stands where line ${place.standsIn} belongs.`;
  if (place.kind === 'several') return `Line ${place.line}: several characters are wrong. Compare every group.`;
  const what = place.kind === 'symbol' ? 'one character is probably wrong' : 'two characters are probably exchanged';
  return `Line ${place.line}, group ${place.group} (${place.text}): ${what}.`;
}
