// Where a person wanted to go before they were asked to log on.

/** The address of a page of this server, or undefined: a link must not lead from our log on to somebody else's page. */
export function ownPage(then: unknown): string | undefined {
  if (typeof then !== 'string' || !/^\/(?![/\\])/.test(then) || then.length > 8_000) return undefined;
  const base = 'http://this.server';
  if (!URL.canParse(then, base)) return undefined;
  const url = new URL(then, base);
  return url.origin === base ? `${url.pathname}${url.search}` : undefined;
}

export function logOnFor(then: string): string {
  return `/?${new URLSearchParams({ then })}`;
}
