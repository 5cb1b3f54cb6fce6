import type { Input } from '../../api/contract/operation.ts';
import type { registrationOperations } from '../../api/contract/registrations.ts';
import type { BodyOf, Connection } from '../connection.ts';

/** The registration form as the portal gives it: its steps, the fields of each, their labels and choices. */
export type Form = BodyOf<'showCatalogue'>;
export type Field = Form['form']['installation'][number];
export type Step = keyof Form['form'];

/** What is filled in so far, right or wrong: the portal says. */
export type Filled = Partial<Record<Step, Record<string, string | string[] | undefined>>>;
export type NewAnswers = Input<typeof registrationOperations.register>['body']['answers'];

export const STEPS: Record<Step, string> = {
  installation: 'Installation and system information',
  site_administrator: 'Site administrator',
  warranty: 'Warranty',
};
export const steps = Object.keys(STEPS) as Step[];

export const formOf = (connection: Connection): Promise<Form> => connection.call('showCatalogue', {});

/** What can be chosen in a field; undefined where anything can be typed. */
export function optionsOf({ kind, options }: Field, { countries }: Form): { code: string; name: string }[] | undefined {
  return kind === 'country' ? countries : options;
}
