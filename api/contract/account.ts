import { z } from 'zod';
import { LANGUAGES } from '../../core/languages.ts';
import { date, id, name, time } from './members.ts';
import { type Contract, SCOPES } from './operation.ts';

const scopes = z.array(z.enum(SCOPES)).min(1).max(SCOPES.length);

const language = z.enum(LANGUAGES);

const shared = z
  .boolean()
  .describe('Several people use it: the history also says who, of a log-on at the portal or by the name of a token.');

const accessToken = z
  .strictObject({
    id,
    name,
    scopes,
    created_at: time,
    expires_at: time,
    last_used_on: date.nullable().describe('The day on which it was used last.'),
  })
  .meta({ id: 'AccessToken' });

const account = z
  .strictObject({
    name,
    email: z.string(),
    organisation: name,
    kind: z.enum(['branch', 'partner', 'end-user']),
    language: language.describe('In which its person is written to.'),
    shared,
    token: accessToken.describe('The token of this very call.'),
  })
  .meta({ id: 'Account' });

/** A year, and the day that a leap year has more. */
const LONGEST_DAYS = 366;

const newAccessToken = z
  .strictObject({
    name: z.string().trim().min(1).max(80).describe('What it is for, in your words.'),
    scopes: scopes.describe('Only scopes that the calling token has itself.'),
    expires_in_days: z.int().min(1).max(LONGEST_DAYS),
  })
  .meta({ id: 'NewAccessToken' });

const madeAccessToken = accessToken
  .extend({ token: z.string().describe('The token itself: shown once, here.') })
  .meta({ id: 'MadeAccessToken' });

export const accountOperations = {
  showAccount: {
    method: 'GET',
    path: '/account',
    summary: 'Whose token this is, and what it may do',
    scope: undefined,
    answers: { 200: { description: 'The account and the token of this call.', body: account } },
    problems: [],
  },
  editAccount: {
    method: 'PATCH',
    path: '/account',
    summary: 'Correct name and company, choose the language of the mails, say whether several people use the account',
    scope: 'account',
    body: z
      .strictObject({
        name: z.string().trim().min(1).max(200).optional(),
        organisation: z
          .string()
          .trim()
          .min(1)
          .max(200)
          .optional()
          .describe('Its own; a member of an organisation goes by the name of that.'),
        language: language.optional(),
        shared: shared.optional(),
      })
      .meta({ id: 'AccountChange' }),
    answers: { 200: { description: 'The account as it is now.', body: account } },
    problems: [],
  },
  listAccessTokens: {
    method: 'GET',
    path: '/access-tokens',
    summary: 'The access tokens of the account',
    scope: 'account',
    answers: {
      200: {
        description: 'All of them, the newest first.',
        body: z.strictObject({ items: z.array(accessToken) }).meta({ id: 'AccessTokens' }),
      },
    },
    problems: [],
  },
  makeAccessToken: {
    method: 'POST',
    path: '/access-tokens',
    summary: 'Make an access token',
    description:
      'A token makes none that may do more than itself or lives longer. The account gets a mail. With an Idempotency-Key a repeated call is refused rather than answered again: the token is shown once.',
    scope: 'account',
    body: newAccessToken,
    secret: true,
    answers: { 201: { description: 'It was made. This is the only time that it is shown.', body: madeAccessToken } },
    problems: ['access-token-limit'],
  },
  revokeAccessToken: {
    method: 'DELETE',
    path: '/access-tokens/{id}',
    summary: 'Revoke an access token',
    description: 'It opens nothing from now on. A token may revoke itself.',
    scope: 'account',
    params: z.strictObject({ id }),
    answers: { 204: { description: 'It is gone.' } },
    problems: ['not-found'],
  },
} as const satisfies Contract;
