import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const css = readFileSync(new URL('style/tokens.css', import.meta.url), 'utf8');

/** The colours of one block of tokens, by name. */
function colours(block: string): Record<string, string> {
  return Object.fromEntries(
    [...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]),
  );
}

const light = colours(css.slice(0, css.indexOf('@media')));
const darkBlock = css.slice(css.indexOf('prefers-color-scheme: dark'));
const dark = { ...light, ...colours(darkBlock.slice(0, darkBlock.indexOf('@media'))) };

/** WCAG 2.2, "relative luminance" and "contrast ratio". */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(tokens: Record<string, string>, one: string, other: string): number {
  const [high = 0, low = 0] = [tokens[one] as string, tokens[other] as string].map(luminance).sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const text: [string, string[]][] = [
  ['ink', ['paper', 'raised', 'wash', 'green-wash', 'amber-wash', 'red-wash']],
  ['soft', ['paper', 'raised', 'wash', 'green-wash', 'amber-wash']],
  ['green', ['paper', 'raised', 'wash', 'green-wash', 'amber-wash']],
  ['red', ['paper', 'raised', 'red-wash', 'amber-wash']],
  ['amber', ['paper', 'raised', 'green-wash', 'amber-wash']],
  ['on-green', ['green', 'green-deep']],
  ['on-red', ['red']],
  ['cut', ['stone', 'stone-light', 'stone-shade']],
];
const shapes: [string, string[]][] = [
  ['edge', ['paper', 'raised', 'amber-wash', 'wash']],
  ['focus', ['paper', 'raised', 'wash', 'green-wash', 'amber-wash', 'red-wash', 'stone']],
  ['green', ['paper', 'raised', 'green-wash']],
];
const pairs = (list: [string, string[]][]) =>
  list.flatMap(([one, others]) => others.map((other) => [one, other] as const));

test('dark exchanges every colour it needs to', () => {
  expect(Object.keys(light).length).toBeGreaterThan(15);
  expect(Object.entries(dark).filter(([name, value]) => light[name] === value)).toEqual([]);
});

for (const [name, tokens] of Object.entries({ light, dark })) {
  test.each(pairs(text))(`${name}: text in %s on %s has a contrast of 4.5`, (one, other) => {
    expect(contrast(tokens, one, other)).toBeGreaterThanOrEqual(4.5);
  });
  test.each(pairs(shapes))(`${name}: a border or shape in %s on %s has a contrast of 3`, (one, other) => {
    expect(contrast(tokens, one, other)).toBeGreaterThanOrEqual(3);
  });
}
