import { createHash } from 'node:crypto';

/**
 * SQL as text with its values beside it, never inside. Statements are named by a hash of their text, so that PostgreSQL
 * parses and plans each of them once a connection.
 *
 *   sql<{ number: string }>`select number from registration where number = ${number}`
 */
export interface Statement<Row> {
  readonly name: string;
  readonly text: string;
  readonly values: unknown[];
  /** Only carries the type of a row. */
  readonly row?: Row;
}

/** A piece of SQL to be put into another: `${sql.part\`and state = ${state}\`}`. */
export class Part {
  readonly strings: readonly string[];
  readonly values: readonly unknown[];
  constructor(strings: readonly string[], values: readonly unknown[]) {
    this.strings = strings;
    this.values = values;
  }
}

export function sql<Row = unknown>(strings: TemplateStringsArray, ...values: unknown[]): Statement<Row> {
  const flat: unknown[] = [];
  const text = write(strings, values, flat);
  return { name: nameOf(text), text, values: flat };
}

sql.part = (strings: TemplateStringsArray, ...values: unknown[]): Part => new Part(strings, values);
sql.nothing = new Part([''], []);

function write(strings: readonly string[], values: readonly unknown[], flat: unknown[]): string {
  let text = strings[0] ?? '';
  values.forEach((value, i) => {
    text += value instanceof Part ? write(value.strings, value.values, flat) : `$${flat.push(value)}`;
    text += strings[i + 1] ?? '';
  });
  return text;
}

const names = new Map<string, string>();

function nameOf(text: string): string {
  let name = names.get(text);
  if (!name) {
    name = createHash('sha256').update(text).digest('base64url').slice(0, 22);
    names.set(text, name);
  }
  return name;
}
