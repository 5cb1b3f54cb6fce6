import { expect, test } from 'vitest';
import { FORM, type FormField, type Step } from '../../core/registration-form.ts';
import { texts } from '../../ui/text.ts';
import { COUNTRY_CODES, countryOptions } from '../countries.ts';
import type { Visitor } from '../http/visitor.ts';
import { en } from '../messages/en.ts';
import { answerText, fieldLabel, optionText, problemText } from './form-texts.ts';

const visitor: Visitor = {
  account: undefined,
  reader: { locale: 'en', timeZone: 'Europe/Copenhagen', namesZone: true },
  t: texts(en, 'en'),
  now: new Date('2026-11-24T13:05:00Z'),
};
const fields = Object.entries(FORM).flatMap(([step, of]) => of.map((field) => ({ step: step as Step, field })));
const fieldOf = (step: Step, name: string) => FORM[step].find((field) => field.name === name) as FormField;

test.each(fields)('$step, $field.name: the field has a label and each of its options words', ({ step, field }) => {
  expect(en).toHaveProperty([`form.${step}.${field.name}`]);
  expect(fieldLabel(visitor, step, field.name)).not.toBe('');
  for (const option of field.options ?? []) expect(en).toHaveProperty([`option.${field.name}.${option}`]);
});

test('every text about a field belongs to a field that is there', () => {
  const known = fields.map(({ step, field }) => `form.${step}.${field.name}`);
  const steps = Object.keys(FORM).map((step) => `form.${step}.`);
  const keys = Object.keys(en).filter((key) => steps.some((step) => key.startsWith(step)));
  expect(keys.length).toBeGreaterThanOrEqual(known.length);
  expect(keys.filter((key) => !known.some((field) => key === field || key.startsWith(`${field}.`)))).toEqual([]);
});

test('a field without a sentence of its own is named by its label', () => {
  const field: FormField = { name: 'zip', kind: 'text', max: 20 };
  expect(problemText(visitor, 'installation', field, 'too-long')).toBe('Zip/postal code: use at most 20 characters.');
});

test('a problem with a sentence of its own is told with it', () => {
  const said = (step: Step, name: string, problem: Parameters<typeof problemText>[3]) =>
    problemText(visitor, step, fieldOf(step, name), problem);
  expect(said('installation', 'site_name', 'required')).toBe('Enter the site or building name.');
  expect(said('installation', 'company', 'required')).toBe('Enter the company of the site.');
  expect(said('installation', 'address', 'required')).toBe('Enter the street address.');
  expect(said('installation', 'city', 'required')).toBe('Enter the city or town.');
  expect(said('installation', 'country', 'required')).toBe('Choose a country.');
  expect(said('installation', 'segments', 'required')).toBe('Choose at least one segment.');
  expect(said('warranty', 'end', 'end-before-start')).toBe('The end date of the warranty must be after its start.');
  expect(said('site-administrator', 'email', 'not-an-email')).toBe('Enter an e-mail address like name@example.com.');
});

test('answers are read back in words', () => {
  const read = (step: Step, name: string, answer: string | string[]) =>
    answerText(visitor, fieldOf(step, name), { [name]: answer });
  expect(read('installation', 'country', 'DK')).toBe('Denmark');
  expect(read('installation', 'segments', ['office', 'hotel'])).toBe('Offices, Hotel');
  expect(read('warranty', 'start', '2026-11-24')).toBe('24 November 2026');
  expect(read('installation', 'city', 'Aarhus')).toBe('Aarhus');
  expect(answerText(visitor, fieldOf('installation', 'city'), {})).toBeUndefined();
});

test('an option that left the catalogue is shown by its code, not lost', () => {
  expect(optionText(visitor, 'transitions', 'something-older')).toBe('something-older');
});

test('every country that the form takes is offered once, in the order of the alphabet', () => {
  const options = countryOptions('en');
  expect(new Set(options.map((option) => option.value))).toEqual(COUNTRY_CODES);
  expect(options.length).toBe(COUNTRY_CODES.size);
  const names = options.map((option) => option.text);
  expect(names).toEqual([...names].sort(new Intl.Collator('en').compare));
  expect(names).toContain('Denmark');
});
