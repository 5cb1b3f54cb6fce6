import { association } from './en/association.ts';
import { common } from './en/common.ts';
import { refusals } from './en/refusals.ts';
import { systems } from './en/systems.ts';
import { mail } from './en/mail.ts';

/** All texts of the portal in English. Other languages give the same keys. */
export const en = { ...common, ...association, ...refusals, ...systems, ...mail } as const;
