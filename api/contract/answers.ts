import { z } from 'zod';
import { FORM, type FormField, type Step } from '../../core/registration-form.ts';

/** The registration form as it travels: made from the same list as the pages of the form. */

/** On the wire the steps are snake_case as all members are. */
export const STEP_MEMBERS = {
  installation: 'installation',
  'site-administrator': 'site_administrator',
  warranty: 'warranty',
} as const satisfies Record<Step, string>;

function schemaOf(field: FormField): z.ZodType<string | string[] | undefined> {
  const schema = requiredSchemaOf(field);
  return field.required ? schema : schema.optional();
}

function requiredSchemaOf({ kind, max, options = [] }: FormField): z.ZodType<string | string[]> {
  switch (kind) {
    case 'one-of':
      return z.enum(options);
    case 'several-of':
      return z.array(z.enum(options)).min(1).max(options.length);
    case 'country':
      return z
        .string()
        .regex(/^[A-Z]{2}$/)
        .describe('ISO 3166-1 alpha-2; GET /catalogue has the list.');
    case 'date':
      return z.iso.date();
    case 'email':
      return z.string().min(3).max(max).describe('An address like name@example.com.');
    case 'text':
    case 'phone':
    case 'notes':
      return z.string().min(1).max(max);
  }
}

const stepSchema = (step: Step) =>
  z.strictObject(Object.fromEntries(FORM[step].map((field) => [field.name, schemaOf(field)])));

const installation = stepSchema('installation').meta({
  id: 'Installation',
  description: 'What stands where. Fields that are empty are absent.',
});
const siteAdministrator = stepSchema('site-administrator').meta({
  id: 'SiteAdministrator',
  description: 'Whom to call on site. Not an account.',
});
const warranty = stepSchema('warranty').meta({ id: 'Warranty', description: 'The integrator’s own.' });

/** Everything that a registration is made with. */
export const newAnswers = z
  .strictObject({ installation, site_administrator: siteAdministrator, warranty: warranty.optional() })
  .meta({ id: 'NewAnswers' });

/** The steps to replace; a step that is absent stays as it is. */
export const changedAnswers = z
  .strictObject({
    installation: installation.optional(),
    site_administrator: siteAdministrator.optional(),
    warranty: warranty.optional(),
  })
  .meta({ id: 'ChangedAnswers' });

const anyStep = (step: Step, id: string) =>
  z
    .strictObject(
      Object.fromEntries(
        FORM[step].map((field) => [
          field.name,
          field.kind === 'several-of'
            ? z.array(z.string().max(200)).max(100).optional()
            : z.string().max(4000).optional(),
        ]),
      ),
    )
    .meta({ id });

/** As far as it is filled in, right or wrong: a draft, and what a registration says that was prepared. */
export const draftAnswers = z
  .strictObject({
    installation: anyStep('installation', 'InstallationSoFar').optional(),
    site_administrator: anyStep('site-administrator', 'SiteAdministratorSoFar').optional(),
    warranty: anyStep('warranty', 'WarrantySoFar').optional(),
  })
  .meta({ id: 'Answers', description: 'As far as they are filled in.' });
