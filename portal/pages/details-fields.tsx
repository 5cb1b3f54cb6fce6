import { ChoiceField, TextField } from '../../ui/components/fields.tsx';
import type { Problem } from '../../ui/reader.ts';
import type { Visitor } from '../http/visitor.ts';
import type { Details, DetailsReading } from '../sign-in/details.ts';

interface DetailsFieldsProps {
  t: Visitor['t'];
  typed: Partial<Details>;
  /** What is known from elsewhere and not asked for. */
  known?: { email?: string | undefined; kind?: string | undefined };
}

/** Name, e-mail, company, and which side of a registration it is. */
export function DetailsFields({ t, typed, known = {} }: DetailsFieldsProps) {
  return (
    <>
      <TextField name="name" label={t('details.name')} autocomplete="name" value={typed.name ?? ''} required />
      {!known.email && (
        <TextField
          name="email"
          label={t('log-on.email')}
          hint={t('details.email.hint')}
          type="email"
          autocomplete="email"
          value={typed.email ?? ''}
          required
        />
      )}
      <TextField
        name="organisation"
        label={t('details.organisation')}
        autocomplete="organization"
        value={typed.organisation ?? ''}
        required
      />
      {!known.kind && (
        <ChoiceField
          type="radio"
          name="kind"
          label={t('details.kind')}
          options={[
            { value: 'integrator', text: t('details.kind.integrator'), hint: t('details.kind.integrator.hint') },
            { value: 'end-user', text: t('details.kind.end-user'), hint: t('details.kind.end-user.hint') },
          ]}
          {...(typed.kind && { chosen: typed.kind })}
          required
        />
      )}
    </>
  );
}

export function problemsOf(problems: DetailsReading['problems'], t: Visitor['t']): Problem[] {
  return problems.map(({ field, problem }) => ({ field, text: t(`details.${problem}`) }));
}
