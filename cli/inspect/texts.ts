import { documentIn } from '../../core/documents/brought-text.ts';
import { peek } from '../../core/documents/jws.ts';
import { linesOf, type Place, readSystemId, shortId } from '../../core/system-id.ts';
import { inspectConfirmationCode, inspectRegistrationCode } from './codes.ts';
import { inspectDocument } from './documents.ts';

/** What a text is, what it says, what is wrong with it, and what cannot be told offline: in sentences. */
export interface Inspection {
  type: string;
  facts: Record<string, unknown>;
  problems: string[];
  remarks: string[];
}

/** Any text that belongs to Datestone, or a sentence that says that it is none. */
export async function inspectText(text: string, bundle: string | undefined): Promise<Inspection> {
  const { document, portal } = documentIn(text);
  const header = peek(document);
  if (header) {
    const { facts, ...inspection } = await inspectDocument(document, header, bundle);
    return { ...inspection, facts: { ...facts, ...(portal && { 'link to': new URL(portal).host }) } };
  }
  if (/^https?:/i.test(text) && URL.canParse(text)) {
    return unknown(`This is an address of ${new URL(text).host}, with no request behind it.`);
  }
  if (/^[\w-]{15,}\.[\w-]+\.[\w-]*$/.test(text)) {
    return unknown(
      'This looks like a signed document, but its beginning cannot be read. It was changed, or is of another program.',
    );
  }
  return inspectTyped(text, bundle);
}

/** Up to how many symbols a text that people type is taken for this kind, so that a wrong one is explained as the nearest. */
const MEANT_AS = { confirmationCode: 14, registrationCode: 40, systemId: 75 };

function inspectTyped(typed: string, bundle: string | undefined): Inspection | Promise<Inspection> {
  if (typed.trim() === '') return unknown('There is no text.');
  if (/^\d{4}\s*\d{4}$/.test(typed)) return unknown('This is a registration number. See it with: datestone show');
  const symbols = typed.replaceAll(/[\p{White_Space}\p{Pd}\u200b\ufeff\u2212]/gu, '').length;
  if (symbols > MEANT_AS.systemId) return unknown('This is no System ID, no code and no document of Datestone.');
  if (symbols > MEANT_AS.registrationCode) return inspectSystemId(typed);
  if (symbols > MEANT_AS.confirmationCode) return inspectRegistrationCode(typed, bundle);
  const code = inspectConfirmationCode(typed);
  return (
    code ?? unknown('This is a short ID, the beginning of a System ID: people compare it, and it decides nothing.')
  );
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

/** Nothing of ours. */
export function unknown(sentence: string): Inspection {
  return { type: 'Something else', facts: {}, problems: [sentence], remarks: [] };
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
