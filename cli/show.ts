import type { z } from 'zod';
import type { registration as registrationSchema, systemOfRegistration } from '../api/contract/registrations.ts';
import { kindName } from '../core/catalogue.ts';
import { linesOf } from '../core/system-id.ts';
import { type PortalOptions, portalCommand } from './command.ts';
import { connect } from './connection.ts';
import { numberIn } from './number.ts';
import { bold, facts, print, printJson } from './terminal/table.ts';
import { dayOf, inTwo, stateOf, timeOf } from './words.ts';

type Registration = z.infer<typeof registrationSchema>;
type System = z.infer<typeof systemOfRegistration>;

export function showCommand() {
  return portalCommand('show', 'Show a registration: what it says, its System IDs, and what you may do.')
    .argument('<number...>', 'the registration number')
    .action(async (words: string[], options: PortalOptions) => {
      const connection = connect(options);
      const number = numberIn(words);
      const registration = await connection.call('showRegistration', { params: { number } });
      if (options.json) return printJson(registration);
      const form = await connection.call('showCatalogue', {});
      print(inWords(registration, form));
    });
}
