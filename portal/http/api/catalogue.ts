import type { catalogueOperations } from '../../../api/contract/catalogue.ts';
import { REASONS } from '../../../core/association.ts';
import { CATALOGUE } from '../../../core/catalogue.ts';
import { FORM, type FormField, type Step } from '../../../core/registration-form.ts';
import { countryOptions } from '../../countries.ts';
import { fieldLabel, optionText } from '../../pages/form-texts.ts';
import { nobody, type Visitor } from '../visitor.ts';
import type { HandlersOf } from './handler.ts';

export const catalogueHandlers: HandlersOf<typeof catalogueOperations> = {
  showCatalogue: async ({ portal }) => {
    const reader = nobody(portal);
    const fields = (step: Step) => FORM[step].map((field) => fieldOut(reader, step, field));
    return {
      status: 200,
      body: {
        kinds: Object.entries(CATALOGUE.kinds).map(([code, { name, tier }]) => ({ code, name, tier })),
        form: {
          installation: fields('installation'),
          site_administrator: fields('site-administrator'),
          warranty: fields('warranty'),
        },
        countries: countryOptions(reader.reader.locale).map(({ value, text }) => ({ code: value, name: text })),
        reasons: [...REASONS],
      },
    };
  },
};

const fieldOut = (reader: Visitor, step: Step, { name, kind, required, max, options }: FormField) => ({
  name,
  label: fieldLabel(reader, step, name),
  kind,
  required: required === true,
  max,
  ...(options && { options: options.map((code) => ({ code, name: optionText(reader, name, code) })) }),
});
