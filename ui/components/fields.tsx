import { type ComponentChildren, h } from 'preact';
import { useProblem, useUiText } from '../reader.ts';
import { Said } from './actions.tsx';
import { Icon } from './icon.tsx';

/** What every field has. Its problem comes from the page's list, by id. */
export interface FieldProps {
  name: string;
  /** The name, unless two forms of one page use the same. */
  id?: string;
  label: ComponentChildren;
  hint?: ComponentChildren;
  required?: boolean;
}

interface Wiring {
  id: string;
  name: string;
  'aria-invalid'?: 'true';
  'aria-describedby'?: string;
}

/** Label, hint, error, control, in this order. The control gets the attributes that tie them together. */
export function Field({
  name,
  id = name,
  label,
  hint,
  required,
  control,
}: FieldProps & { control: (wiring: Wiring) => ComponentChildren }) {
  const problem = useProblem(id);
  return (
    <div class={problem ? 'field wrong' : 'field'}>
      <label for={id}>
        {label}
        {required && <RequiredMark />}
      </label>
      <HintAndError id={id} hint={hint} error={problem?.text} />
      {control({ id, name, ...described(id, hint, problem !== undefined) })}
    </div>
  );
}

/** In words and with a star, because a star alone is a puzzle and a word alone is overlooked. */
const RequiredMark = () => (
  <small class="required">
    {' '}
    <span aria-hidden="true">*</span> {useUiText()('field.required')}
  </small>
);

const HintAndError = ({ id, hint, error }: { id: string; hint: ComponentChildren; error: ComponentChildren }) => {
  const t = useUiText();
  return (
    <>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="error" id={`${id}-error`}>
          <Icon name="stop" />
          <span>
            <Said>{t('page.error')}</Said>
            {error}
          </span>
        </p>
      )}
    </>
  );
};

/** The error is read first: it is what brought the reader back. */
function described(
  id: string,
  hint: ComponentChildren,
  wrong: boolean,
): Pick<Wiring, 'aria-invalid' | 'aria-describedby'> {
  const ids = [wrong && `${id}-error`, hint && `${id}-hint`].filter(Boolean);
  return {
    ...(wrong && { 'aria-invalid': 'true' as const }),
    ...(ids.length > 0 && { 'aria-describedby': ids.join(' ') }),
  };
}

/** For System IDs and codes: capitals, monospaced, and no keyboard that knows better. */
export const typedAttributes = {
  class: 'typed',
  inputmode: 'text',
  autocapitalize: 'characters',
  autocomplete: 'off',
  autocorrect: 'off',
  spellcheck: false,
} as const;

interface TextFieldProps extends FieldProps {
  value?: string;
  type?: 'text' | 'email' | 'password' | 'search' | 'tel' | 'date' | 'number';
  autocomplete?: string;
  /** A System ID or code. */
  typed?: boolean;
  /** A user name, server name or address: no capitals, no spelling. */
  literal?: boolean;
  /** Offered while typing; other text is allowed. */
  suggestions?: readonly string[];
}

export function TextField({
  value,
  type = 'text',
  autocomplete,
  typed,
  literal,
  suggestions,
  ...field
}: TextFieldProps) {
  const list = suggestions && `${field.id ?? field.name}-list`;
  return (
    <Field
      {...field}
      control={(wiring) => (
        <>
          <input
            {...wiring}
            // A password never travels back to the browser.
            value={type === 'password' ? undefined : value}
            autocomplete={autocomplete}
            // tsc knows each kind of input by itself but no variable kind; the linter sees no need.
            // oxlint-disable-next-line typescript/no-unnecessary-type-assertion
            type={type as 'text'}
            list={list}
            {...(typed && typedAttributes)}
            {...(literal && { autocapitalize: 'none', autocorrect: 'off', spellcheck: false })}
          />
          {list && (
            <datalist id={list}>
              {suggestions.map((text) => (
                <option>{text}</option>
              ))}
            </datalist>
          )}
        </>
      )}
    />
  );
}

interface TextAreaFieldProps extends FieldProps {
  value?: string;
  rows?: number;
  typed?: boolean;
}

export const TextAreaField = ({ value, rows = 4, typed, ...field }: TextAreaFieldProps) => (
  <Field
    {...field}
    control={(wiring) => <textarea {...wiring} rows={rows} value={value} {...(typed && typedAttributes)} />}
  />
);

/** Four lines; a script, where there is one, says of each whether it is right while it is typed. */
export function SystemIdField(field: FieldProps & { value?: string }) {
  const t = useUiText();
  // The script fills the braces in.
  const [line, count, character, place] = ['{line}', '{count}', '{character}', '{place}'];
  return (
    <Field
      {...field}
      control={(wiring) =>
        h(
          'system-id-check',
          {
            'data-right': t('check.right', { line }),
            'data-wrong': t('check.wrong', { line }),
            'data-count': t('check.count', { line, count }),
            'data-character': t('check.character', { line, character }),
            'data-place': t('check.place', { line, place }),
          },
          <textarea {...wiring} rows={4} value={field.value} {...typedAttributes} />,
        )
      }
    />
  );
}

interface SelectFieldProps extends FieldProps {
  value?: string;
  options: readonly { value: string; text: string }[];
  /** The first entry, with an empty value: "Choose a country". */
  none?: string;
}

export const SelectField = ({ value, options, none, ...field }: SelectFieldProps) => (
  <Field
    {...field}
    control={(wiring) => (
      <select {...wiring}>
        {none !== undefined && <option value="">{none}</option>}
        {options.map((option) => (
          <option value={option.value} selected={option.value === value}>
            {option.text}
          </option>
        ))}
      </select>
    )}
  />
);

interface FileFieldProps extends FieldProps {
  accept?: string;
  multiple?: boolean;
}

export const FileField = ({ accept, multiple, ...field }: FileFieldProps) => (
  <Field {...field} control={(wiring) => <input {...wiring} type="file" accept={accept} multiple={multiple} />} />
);

export interface Choice {
  value: string;
  text: ComponentChildren;
  hint?: ComponentChildren;
  disabled?: boolean;
}

interface ChoiceFieldProps extends FieldProps {
  type: 'radio' | 'checkbox';
  options: readonly Choice[];
  /** Nothing is preset unless the caller says so. */
  chosen?: string | readonly string[];
  /** A field that belongs to the last choice: "Other: say what happened". */
  children?: ComponentChildren;
}

/** One or several of a few. The first choice carries the id, so that the summary's link leads to it. */
export function ChoiceField({
  type,
  name,
  id = name,
  label,
  hint,
  required,
  options,
  chosen,
  children,
}: ChoiceFieldProps) {
  const problem = useProblem(id);
  const isChosen = (value: string) => (Array.isArray(chosen) ? chosen.includes(value) : chosen === value);
  return (
    <fieldset class={problem ? 'field wrong' : 'field'} {...described(id, hint, problem !== undefined)}>
      <legend>
        {label}
        {required && <RequiredMark />}
      </legend>
      <HintAndError id={id} hint={hint} error={problem?.text} />
      {options.map((option, index) => {
        const own = index === 0 ? id : `${id}-${option.value}`;
        return (
          <>
            <label class="choice">
              <input
                id={own}
                type={type}
                name={name}
                value={option.value}
                checked={isChosen(option.value)}
                disabled={option.disabled}
                aria-describedby={option.hint ? `${own}-more` : undefined}
              />{' '}
              <span>{option.text}</span>
            </label>
            {option.hint && (
              <p class="hint more" id={`${own}-more`}>
                {option.hint}
              </p>
            )}
          </>
        );
      })}
      {children}
    </fieldset>
  );
}
