import { TextField } from '../../ui/components/fields.tsx';
import type { Problem } from '../../ui/reader.ts';
import type { Visitor } from '../http/visitor.ts';
import { LEAST, MOST, type PasswordProblem } from '../sign-in/passwords.ts';

/** A new password, once: whoever mistypes it asks for another link. The address is there for password managers. */
export const NewPasswordField = ({ t, email }: { t: Visitor['t']; email: string }) => (
  <>
    <input type="hidden" name="email" value={email} autocomplete="username" />
    <TextField
      name="password"
      label={t('password.label')}
      hint={t('password.hint', { least: LEAST })}
      type="password"
      autocomplete="new-password"
      required
    />
  </>
);

export function passwordProblemsOf(problem: PasswordProblem | undefined, t: Visitor['t']): Problem[] {
  return problem ? [{ field: 'password', text: t(`password.${problem}`, { least: LEAST, most: MOST }) }] : [];
}
