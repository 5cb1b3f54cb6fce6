/** In which languages the portal writes to people, the portal's own first. */
export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/**
 * Which of ours a browser asks for first.
 *
 * @param accepted the value of `Accept-Language` (RFC 9110, 12.5.4): ranges, the wanted ones with the greatest weight
 */
export function languageFor(accepted: string | undefined): Language {
  const ranges = (accepted ?? '').split(',').map((range) => {
    const [tag = '', ...parameters] = range
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/);
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    return { language: tag.split('-')[0], weight: weight === undefined ? 1 : Number(weight) };
  });
  const wanted = ranges.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight);
  for (const { language } of wanted) {
    const known = LANGUAGES.find((one) => one === language);
    if (known) return known;
  }
  return LANGUAGES[0];
}
