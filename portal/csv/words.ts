import type { FormField } from '../../core/registration-form.ts';
import { type Column, plain } from '../../core/registration-sheet.ts';
import { texts } from '../../ui/text.ts';
import { countryCode } from '../countries.ts';
import { en } from '../messages/en.ts';

/** The words of the form, as people write them into a spreadsheet. */

type Key = keyof typeof en;
const t = texts(en, 'en');

/** "Site/building name", "Site administrator: E-mail" */
export function columnLabel({ step, field }: Column): string {
  const label = t(`form.${step}.${field.name}` as Key);
  return step === 'installation' ? label : `${t(`form.${step}`)}: ${label}`;
}

export function codeOf(field: FormField, words: string): string | undefined {
  if (field.kind === 'country') return countryCode(words);
  const wanted = plain(words);
  return field.options?.find((option) => [option, optionLabel(field, option)].some((text) => plain(text) === wanted));
}

const optionLabel = (field: FormField, option: string): string => t(`option.${field.name}.${option}` as Key);
