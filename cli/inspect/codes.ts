import { type ConfirmationCodeReading, readConfirmationCode } from '../../core/confirmation-code.ts';
import { openBundle } from '../../core/documents/bundle.ts';
import {
  contentOf,
  dateOfDay,
  type RegistrationCode,
  type RegistrationCodeReading,
  readRegistrationCode,
} from '../../core/registration-code.ts';
import { type CodePlace, groupsOf } from '../../core/typed-code.ts';
import type { Inspection } from './texts.ts';

const REGISTRATION = 'Registration code';
const CONFIRMATION = 'Confirmation code';

/** What a registration code says. Whether it is genuine can only be told where the keys are. */
export async function inspectRegistrationCode(typed: string, bundle: string | undefined): Promise<Inspection> {
  const reading = readRegistrationCode(typed);
  if (reading.outcome !== 'read') {
    return { type: REGISTRATION, facts: {}, problems: mistakesInCode(reading, REGISTRATION), remarks: [] };
  }
  const { code } = reading;
  const { keyId, sequence, day, advisory, asksConfirmation } = contentOf(code);
  const facts = {
    groups: groupsOf(code),
    canonical: code,
    'code key': keyId,
    'issue number': sequence,
    'issued on': dateOfDay(day).toISOString().slice(0, 10),
    'security advisory waits': advisory,
    'asks for a confirmation code': asksConfirmation,
  };
  return {
    type: REGISTRATION,
    facts,
    problems: [
      ...(sequence === 0 ? ['Its issue number is 0. No portal makes such a code.'] : []),
      ...(bundle === undefined ? [] : await retiredBy(bundle, code)),
    ],
    remarks: ['Only the server that it is for can tell whether it is genuine: type datestone apply there.'],
  };
}

async function retiredBy(bundleText: string, code: RegistrationCode): Promise<string[]> {
  const reading = await openBundle(bundleText);
  if (reading.outcome === 'refused') return [`The bundle was refused: ${reading.code}.`];
  const { keyId } = contentOf(code);
  const { min_code_key: lowest, name } = reading.bundle;
  return keyId < lowest
    ? [`It was issued under code key ${keyId}. Of ${name}, keys below ${lowest} count no more: get a new code.`]
    : [];
}

/** What a confirmation code is: it says nothing by itself. Undefined for ten symbols that begin as every System ID does. */
export function inspectConfirmationCode(typed: string): Inspection | undefined {
  const reading = readConfirmationCode(typed);
  if (reading.outcome === 'mistyped' && beginsSystemId(typed)) return undefined;
  if (reading.outcome !== 'read') {
    return { type: CONFIRMATION, facts: {}, problems: mistakesInCode(reading, CONFIRMATION), remarks: [] };
  }
  const { code } = reading;
  return {
    type: CONFIRMATION,
    facts: { groups: groupsOf(code), canonical: code },
    problems: [],
    remarks: ['Only the portal can tell whether it answers the registration code: type datestone confirm there.'],
  };
}

function beginsSystemId(typed: string): boolean {
  const reading = readRegistrationCode(typed);
  return reading.outcome === 'other-text' && reading.text === 'system-id';
}

type Mistake = Exclude<RegistrationCodeReading | ConfirmationCodeReading, { outcome: 'read' }>;

const LENGTHS = { [REGISTRATION]: 25, [CONFIRMATION]: 10 };
const OTHERS = {
  'system-id': 'System ID',
  'registration-code': REGISTRATION,
  'confirmation-code': CONFIRMATION,
};

/** Where a code is mistyped, in sentences. */
export function mistakesInCode(reading: Mistake, name: keyof typeof LENGTHS): string[] {
  switch (reading.outcome) {
    case 'empty':
      return ['There is no text.'];
    case 'not-understood':
      return [`"${reading.character}" is not used in a ${name}: look at group ${reading.group}.`];
    case 'wrong-length':
      return [`A ${name} has ${LENGTHS[name]} characters. This has ${reading.symbols}.`];
    case 'other-text':
      return [`This is a ${OTHERS[reading.text]}. A ${name} has ${LENGTHS[name]} characters.`];
    case 'another-type':
      return ['It is well written, but was made by a newer version of Datestone.'];
    case 'mistyped':
      return reading.places.length > 0
        ? reading.places.map(atPlace)
        : ['Several characters are wrong. Compare every group.'];
  }
}

function atPlace(place: CodePlace): string {
  if (place.kind === 'symbol') return `Group ${place.group} (${place.text}): one character is probably wrong.`;
  const [first = '', second = ''] = place.typed;
  return `Group ${place.group} (${place.text}): two characters are probably swapped. You typed ${first}${second}, try ${second}${first}.`;
}
