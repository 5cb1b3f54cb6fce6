import { h } from 'preact';
import { useUiText } from '../reader.ts';
import { Field, type FieldProps, typedAttributes } from './fields.tsx';

/** A code in large groups, to be copied down. Those who hear it are told one character after the other. */
export function CodeGroups({ groups }: { groups: readonly string[] }) {
  const t = useUiText();
  const spelt = groups.map((text, index) => t('code.spelt', { group: index + 1, text: Array.from(text).join(' ') }));
  return (
    <>
      <p class="said">{spelt.join(' ')}</p>
      <ol class="code" aria-hidden="true">
        {groups.map((group) => (
          <li>{`${group}\n`}</li>
        ))}
      </ol>
    </>
  );
}

/** To be printed: a box for each character of a code that is still to come. */
export const EmptyBoxes = ({ groups }: { groups: number }) => (
  <p class="boxes" aria-hidden="true">
    {Array.from({ length: groups }, () => (
      <span>
        {Array.from('12345', () => (
          <i />
        ))}
      </span>
    ))}
  </p>
);

interface CodeFieldProps extends FieldProps {
  kind: 'registration-code' | 'confirmation-code';
  value?: string;
}

/**
 * A code to be typed; a script, where there is one, says where to look while it is typed. The long one has two lines, so
 * that a phone shows all of it.
 */
export function CodeField({ kind, value, ...field }: CodeFieldProps) {
  const t = useUiText();
  // The script fills the braces in.
  const [count, symbols, character] = ['{count}', '{symbols}', '{character}'];
  const [group, other, text, typed, swapped] = ['{group}', '{other}', '{text}', '{typed}', '{swapped}'];
  return (
    <Field
      {...field}
      control={(wiring) =>
        h(
          'code-check',
          {
            'data-kind': kind,
            'data-right': t('code.right'),
            'data-count': t('code.count', { count, symbols }),
            'data-character': t('code.character', { character, group }),
            'data-symbol': t('code.symbol', { group, text }),
            'data-exchange': t('code.exchange', { group, typed, swapped }),
            'data-either': t('code.either', { group, other }),
            'data-several': t('code.several'),
          },
          kind === 'registration-code' ? (
            <textarea {...wiring} rows={2} {...typedAttributes}>
              {value}
            </textarea>
          ) : (
            <input {...wiring} type="text" value={value} {...typedAttributes} />
          ),
        )
      }
    />
  );
}
