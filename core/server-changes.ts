/** What a server says of itself. The version has four parts, `3.2.4.1180`. */
export interface ServerWords {
  name: string;
  product: string;
  version: string;
}

/**
 * How the server with the new System ID differs from the one before, as far as a person should look twice: another name
 * or product (they are perhaps two sites), an older version (a newer one is what rebuilding brings).
 */
export function serverChanges(before: ServerWords, now: ServerWords): { different: boolean; olderVersion: boolean } {
  return {
    different: before.name.toLowerCase() !== now.name.toLowerCase() || before.product !== now.product,
    olderVersion: before.product === now.product && isOlder(now.version, before.version),
  };
}

/** Compares part by part as numbers; what is no version is neither older nor newer. */
function isOlder(version: string, than: string): boolean {
  const [parts, others] = [numbersIn(version), numbersIn(than)];
  if (!parts || !others) return false;
  for (let i = 0; i < Math.max(parts.length, others.length); i++) {
    const difference = (parts[i] ?? 0) - (others[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

function numbersIn(version: string): number[] | undefined {
  return /^\d+(\.\d+)*$/.test(version) ? version.split('.').map(Number) : undefined;
}
