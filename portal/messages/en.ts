import { accessTokens } from './en/access-tokens.ts';
import { administration } from './en/administration.ts';
import { apiReference } from './en/api-reference.ts';
import { association } from './en/association.ts';
import { cases } from './en/cases.ts';
import { common } from './en/common.ts';
import { consents } from './en/consents.ts';
import { forms } from './en/forms.ts';
import { handOver } from './en/hand-over.ts';
import { logOn } from './en/log-on.ts';
import { mailAddress } from './en/mail-address.ts';
import { offline } from './en/offline.ts';
import { organisation } from './en/organisation.ts';
import { personalData } from './en/personal-data.ts';
import { prepared } from './en/prepared.ts';
import { privacy } from './en/privacy.ts';
import { programs } from './en/programs.ts';
import { refusals } from './en/refusals.ts';
import { seats } from './en/seats.ts';
import { systems } from './en/systems.ts';
import { uploads } from './en/uploads.ts';

/** All texts of the portal in English. Other languages give the same keys. */
export const en = {
  ...accessTokens,
  ...apiReference,
  ...common,
  ...association,
  ...refusals,
  ...systems,
  ...seats,
  ...handOver,
  ...cases,
  ...administration,
  ...consents,
  ...organisation,
  ...forms,
  ...offline,
  ...personalData,
  ...prepared,
  ...privacy,
  ...mailAddress,
  ...logOn,
  ...programs,
  ...uploads,
} as const;
