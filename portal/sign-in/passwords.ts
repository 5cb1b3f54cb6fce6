import { dictionary } from '@zxcvbn-ts/language-common';

/**
 * What makes a password good enough where nothing else protects the account (NIST SP 800-63B-4): it is long, and not one
 * that many people use. No composition rules; every character counts, blanks too.
 */
export const LEAST = 15;
/** Far more than anybody types; it keeps hashing from becoming somebody's tool. */
export const MOST = 256;

export type PasswordProblem = 'short' | 'long' | 'common' | 'about-you';

/** `about`: words that a stranger would try first, like the person's name and address. */
export function passwordProblem(password: string, about: readonly string[]): PasswordProblem | undefined {
  const text = password.normalize('NFKC');
  const length = [...text].length;
  if (length < LEAST) return 'short';
  if (length > MOST) return 'long';
  const word = text.toLowerCase();
  if (isCommon(word)) return 'common';
  const rest = about.map((one) => one.toLowerCase()).reduce((left, one) => left.replaceAll(one, ''), word);
  return [...rest].length < LEAST / 2 ? 'about-you' : undefined;
}

const COMMON = new Set(dictionary['passwords-common']);

/** On the list, or one of the list made long: written again and again, or with figures and signs around it. */
function isCommon(word: string): boolean {
  const core = word.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const piece = repeatedIn(word);
  return COMMON.has(word) || COMMON.has(core) || (piece !== undefined && (piece.length <= 3 || COMMON.has(piece)));
}

/** What the word is made of, where it begins anew at least halfway through: "abcabcab" is of "abc". */
function repeatedIn(word: string): string | undefined {
  const most = Math.floor((word.length * 2) / 3);
  for (let n = 1; n <= most; n++) if (word.slice(n) === word.slice(0, -n)) return word.slice(0, n);
  return undefined;
}

/** What a stranger would try first. */
export function aboutOf(account: { name: string; email: string; organisation: string }, portal: string): string[] {
  const { name, email, organisation } = account;
  return [email, email.split('@')[0] ?? email, name, organisation, portal].filter((word) => word.length > 3);
}
