import type { FormField, Step, StepAnswers } from '../../core/registration-form.ts';
import { ChoiceField, SelectField, TextAreaField, TextField } from '../../ui/components/fields.tsx';
import { countryOptions } from '../countries.ts';
import type { Visitor } from '../http/visitor.ts';
import { fieldHint, fieldLabel, optionText } from './form-texts.ts';

interface FormFieldProps {
  visitor: Visitor;
  step: Step;
  field: FormField;
  answers: StepAnswers;
}

/** A field of the registration form, as its kind is drawn, with what was typed in it. */
export function FieldOf({ visitor, step, field, answers }: FormFieldProps) {
  const answer = answers[field.name];
  const [first = '', ...more] = answer === undefined ? [] : [answer].flat();
  const props = {
    name: field.name,
    label: fieldLabel(visitor, step, field.name),
    hint: fieldHint(visitor, step, field.name),
    ...(field.required && { required: true }),
  };
  const options = (field.options ?? []).map((value) => ({ value, text: optionText(visitor, field.name, value) }));
  switch (field.kind) {
    case 'one-of':
      return <ChoiceField {...props} type="radio" options={options} chosen={first} />;
    case 'several-of':
      return <ChoiceField {...props} type="checkbox" options={options} chosen={[first, ...more]} />;
    case 'country': {
      const none = visitor.t('form.choose-country');
      return <SelectField {...props} options={countryOptions(visitor.reader.locale)} value={first} none={none} />;
    }
    case 'notes':
      return <TextAreaField {...props} value={first} />;
    case 'email':
      return <TextField {...props} type="email" value={first} literal />;
    case 'phone':
      return <TextField {...props} type="tel" value={first} literal />;
    case 'date':
      return <TextField {...props} type="date" value={first} />;
    case 'text':
      return <TextField {...props} value={first} />;
  }
}
