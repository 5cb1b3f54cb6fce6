import type { Place, SystemIdReading } from '../../core/system-id.ts';
import type { Visitor } from '../http/visitor.ts';

/** What is wrong with a System ID that was typed, and where: every explanation that holds, in one text. */
export function sentenceOf(reading: Exclude<SystemIdReading, { outcome: 'read' }>, t: Visitor['t']): string {
  switch (reading.outcome) {
    case 'empty':
    case 'not-possible':
      return t(`typed.${reading.outcome}`);
    case 'wrong-length':
      return t('typed.wrong-length', { symbols: reading.symbols });
    case 'line-missing':
      return t('typed.line-missing', { lines: listOf(reading.lines.map(String)), count: reading.lines.length });
    case 'not-understood':
      return t('typed.not-understood', {
        character: reading.character,
        line: reading.line,
        group: reading.group,
      });
    case 'other-text':
      return t(`typed.${reading.text}`);
    case 'mistyped':
      return reading.places.map((place) => sentenceOfPlace(place, t)).join(' ');
  }
}

function sentenceOfPlace(place: Place, t: Visitor['t']): string {
  switch (place.kind) {
    case 'symbol':
    case 'exchange':
      return t(`typed.${place.kind}`, { line: place.line, group: place.group, text: place.text });
    case 'line':
      return t('typed.line', { line: place.line, standsIn: place.standsIn });
    case 'several':
      return t('typed.several', { line: place.line });
  }
}

const listOf = (items: string[]) => new Intl.ListFormat('en', { type: 'conjunction' }).format(items);
