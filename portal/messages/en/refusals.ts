/** For each refusal: title, text, and what to do next. `.by-you` and the like are variants of the same sentence. */
export const refusals = {} as const;
