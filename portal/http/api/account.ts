import type { accountOperations } from '../../../api/contract/account.ts';
import type { Language } from '../../../core/languages.ts';
import {
  type AccessToken,
  accessTokensOf,
  makeAccessToken,
  revokeAccessToken,
} from '../../operations/access-tokens.ts';
import { correctDetails } from '../../operations/correct-account.ts';
import { chooseLanguage, languageOf } from '../../operations/language.ts';
import { chooseShared } from '../../operations/shared-login.ts';
import type { Account } from '../../portal.ts';
import { detailsOf } from '../../store/accounts.ts';
import { type HandlersOf, notDone, time } from './handler.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

export const accountHandlers: HandlersOf<typeof accountOperations> = {
  showAccount: async ({ portal, account, token }) => ({
    status: 200,
    body: accountOf(account, await languageOf(portal, account), token),
  }),

  editAccount: async ({ portal, account, token, body: { language, shared = account.shared ?? false, ...details } }) => {
    await correctDetails(portal, account, details);
    if (language) await chooseLanguage(portal, account, language);
    await chooseShared(portal, account, shared);
    const now = await detailsOf(portal.db, account.id);
    return { status: 200, body: accountOf({ ...account, ...now, shared }, await languageOf(portal, account), token) };
  },

  listAccessTokens: async ({ portal, account }) => ({
    status: 200,
    body: { items: (await accessTokensOf(portal, account.id)).map(tokenOf) },
  }),

  makeAccessToken: async ({ portal, account, token, body }) => {
    const needed = body.scopes.filter((scope) => !token.scopes.includes(scope));
    if (needed.length > 0) return notDone('scope-needed', { more: { needed: needed.join(' '), scopes: token.scopes } });
    const expiresAt = new Date(portal.now().getTime() + body.expires_in_days * DAY_MS);
    if (expiresAt > token.expiresAt) {
      const detail = `This token ends on ${time(token.expiresAt)}: it makes none that lives longer.`;
      return notDone('not-as-described', { errors: [{ pointer: '/expires_in_days', detail }] });
    }
    const result = await makeAccessToken(portal, account, { ...body, expiresAt });
    if (result.outcome === 'refused') return result;
    return { status: 201, body: { ...tokenOf(result.made), token: result.token } };
  },

  revokeAccessToken: async ({ portal, account, params }) => {
    const { outcome } = await revokeAccessToken(portal, account.id, params.id);
    return outcome === 'revoked' ? { status: 204, body: undefined } : notDone('not-found');
  },
};

const accountOf = (
  { name, email, organisation, kind, shared = false }: Account,
  language: Language,
  token: AccessToken,
) => ({
  name,
  email,
  organisation,
  kind,
  language,
  shared,
  token: tokenOf(token),
});

const tokenOf = ({ id, name, scopes, createdAt, expiresAt, lastUsedOn }: AccessToken) => ({
  id,
  name,
  scopes,
  created_at: time(createdAt),
  expires_at: time(expiresAt),
  last_used_on: lastUsedOn,
});
