import fc from 'fast-check';

/** Values that a JSON Schema describes, and values that it does not: of the keywords that our OpenAPI document uses. */

export type Schema = Record<string, unknown>;

export interface World {
  /** `#/components/schemas/…`. */
  resolve(ref: string): Schema;
  /** Ids and numbers of what there is, so that a call does not only meet what does not exist. */
  ids: readonly string[];
  numbers: readonly string[];
  /** Values for members of these names, which a schema cannot describe: a country that there is, a signed document. */
  members: Readonly<Record<string, readonly unknown[]>>;
}

interface Keywords {
  $ref?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  type?: string;
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
}

const LONGEST = 60;

export function valid(schema: Schema, world: World): fc.Arbitrary<unknown> {
  const s = schema as Keywords;
  if (s.$ref) return valid(world.resolve(s.$ref), world);
  if ('const' in s) return fc.constant(s.const);
  if (s.enum) return fc.constantFrom(...s.enum);
  if (s.anyOf) return fc.oneof(...s.anyOf.map((one) => valid(one, world)));
  switch (s.type) {
    case 'object':
      return fc.record(membersOf(s, world), { requiredKeys: s.required ?? [] });
    case 'array': {
      const minLength = s.minItems ?? 0;
      return fc.array(valid(s.items ?? {}, world), { minLength, maxLength: Math.min(s.maxItems ?? 5, minLength + 5) });
    }
    case 'integer':
      return fc.integer({ min: s.minimum ?? -1000, max: Math.min(s.maximum ?? 1000, 1000) });
    case 'boolean':
      return fc.boolean();
    case 'string':
      return text(s, world);
    case 'null':
      return fc.constant(null);
    default:
      throw new Error(`There is no generator for ${JSON.stringify(schema)}.`);
  }
}

function text({ format, pattern, minLength = 0, maxLength = LONGEST }: Keywords, world: World): fc.Arbitrary<string> {
  const day = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
  switch (format) {
    case 'uuid':
      return fc.oneof(fc.constantFrom(...world.ids), fc.uuid());
    case 'date':
      return day.map((date) => date.toISOString().slice(0, 10));
    case 'date-time':
      return day.map((date) => date.toISOString());
    default:
      if (pattern === '^\\d{8}$') return fc.oneof(fc.constantFrom(...world.numbers), fc.stringMatching(/^\d{8}$/));
      if (pattern) return fc.stringMatching(new RegExp(pattern));
      return fc.oneof(
        { weight: 9, arbitrary: fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, LONGEST) }) },
        { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength, maxLength: Math.min(maxLength, LONGEST) }) },
      );
  }
}

const membersOf = ({ properties = {} }: Keywords, world: World) =>
  Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, member(name, schema, world)]));

/** A value for a member or parameter of this name. */
export function member(name: string, schema: Schema, world: World): fc.Arbitrary<unknown> {
  const known = world.members[name];
  const any = valid(schema, world);
  return known ? fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: any }) : any;
}

/** Almost right, or not at all: a member that is missing, of another type or not described; or anything. */
export function odd(schema: Schema, world: World): fc.Arbitrary<unknown> {
  const anything = fc.jsonValue({ maxDepth: 4 });
  const right = valid(schema, world) as fc.Arbitrary<Record<string, unknown>>;
  const { $ref } = schema as Keywords;
  const { properties = {} } = ($ref ? world.resolve($ref) : schema) as Keywords;
  const names = Object.keys(properties);
  if (names.length === 0) return anything;
  const name = fc.constantFrom(...names);
  return fc.oneof(
    anything,
    fc.tuple(right, name, anything).map(([value, member, other]) => ({ ...value, [member]: other })),
    fc.tuple(right, name).map(([value, member]) => without(value, member)),
    fc.tuple(right, fc.string(), anything).map(([value, member, other]) => ({ ...value, [member]: other })),
  );
}

function without(value: Record<string, unknown>, name: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([member]) => member !== name));
}
