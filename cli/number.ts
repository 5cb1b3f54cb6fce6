import { EXIT, Failure } from './problems.ts';

/** A registration number as people write it, with or without the space in the middle. */
export function numberIn(words: readonly string[]): string {
  const number = words.join('').replace(/[\s-]/g, '');
  if (/^\d{8}$/.test(number)) return number;
  throw new Failure(
    `"${words.join(' ')}" is not a registration number: it has eight digits, like 4817 2065.`,
    EXIT.usage,
  );
}
