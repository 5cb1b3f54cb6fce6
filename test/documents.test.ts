import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { program } from '../cli/program.ts';
import { COLUMNS } from '../core/registration-sheet.ts';
import { LARGEST_FILE, MOST_ROWS } from '../portal/csv/read.ts';
import { columnLabel } from '../portal/csv/words.ts';

// A document that is no longer true is worse than none: what it names must exist.

const root = new URL('../', import.meta.url).pathname;
const documents = [...globSync('*.md', { cwd: root }), ...globSync('docs/**/*.md', { cwd: root })];
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

/** What a document holds in `code`, outside of fences. */
function codeIn(text: string): string[] {
  return [...text.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code ?? '');
}

function linksIn(text: string): string[] {
  return [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, target]) => target ?? '');
}

const FOLDERS = /^(core|api|portal|agent|ui|cli|bench|test|docs|scripts|deploy)\/[\w./-]*\w$/;

/** The paths a text names that are not there. `from` is the document's own folder, where links start. */
function missingPaths(text: string, from: string): string[] {
  const links = linksIn(text).filter((link) => !/^[a-z]+:/.test(link));
  const missingLinks = links.filter((link) => !existsSync(path.join(root, from, link)));
  const named = codeIn(text).filter((code) => FOLDERS.test(code));
  return [...missingLinks, ...named.filter((file) => !existsSync(path.join(root, file)))];
}

function missingCommands(text: string): string[] {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const subcommands = [...program.commands.map((command) => command.name()), 'help'];
  const npm = [...text.matchAll(/^ *npm (?:run )?([a-z:]+)/gm)].map(([, name]) => name ?? '');
  const datestone = [...text.matchAll(/^ *(?:npm run )?datestone (?:-- )?([a-z]+.*)/gm)].map(([, line]) => line ?? '');
  return [
    ...npm.filter((name) => !(name in scripts) && !['ci', 'install'].includes(name)),
    ...datestone.filter((line) => !subcommands.includes(line.split(' ')[0] ?? '') || !isCommandLine(line)),
  ];
}

/** Whether the commands below the first exist too, the options, and what has to be one of a few words. */
function isCommandLine(line: string): boolean {
  if (/^help\b/.test(line)) return true;
  const words = line.split(' ');
  let command: Command = program;
  for (;;) {
    const next = command.commands.find((one) => one.name() === words[0]);
    if (!next) break;
    command = next;
    words.shift();
  }
  const options = words.filter((word) => word.startsWith('--'));
  if (!options.every((word) => word === '--help' || command.options.some(({ long }) => long === word))) return false;
  const [first = '--'] = words;
  const choices = command.registeredArguments[0]?.argChoices ?? (command.commands.length > 0 ? [] : undefined);
  return first.startsWith('-') || !choices || choices.includes(first);
}

test.each(documents)('%s names only paths that exist', (file) => {
  expect(missingPaths(read(file), path.dirname(file))).toEqual([]);
});

test.each(documents)('%s names only commands that exist', (file) => {
  const commands = codeIn(read(file)).concat(read(file).match(/^ {4}.*$/gm) ?? []);
  expect(missingCommands(commands.join('\n'))).toEqual([]);
});

test('docs/configuration.md names the variables that the code reads, and no others', () => {
  const code = read('portal/config.ts') + read('agent/config.ts');
  const inCode = new Set(code.match(/\b(DATESTONE_[A-Z_]*[A-Z]|DATABASE_URL|SMTP_URL|HOST|PORT)\b/g));
  const inDocument = new Set(
    codeIn(read('docs/configuration.md')).filter((c) => /^[A-Z_]+$/.test(c) && c !== 'DATESTONE_SERVER_'),
  );
  inCode.delete('DATESTONE_SERVER_');
  expect([...inDocument].sort()).toEqual([...inCode].sort());
});

test('docs/configuration.md has the limits and defaults of the code', () => {
  const rows = read('docs/configuration.md').split('\n');
  const numbers = [
    ...read('portal/config.ts').matchAll(/wholeNumber\(env, '(\w+)', ([\d_]+), ([\d_]+), ([\d_* ]+)\)/g),
  ].map(([, name, ...values]) => [name, ...values.map((value) => product(value))]);
  expect(numbers.length).toBeGreaterThan(5);
  for (const [name, otherwise, least, most] of numbers) {
    const row = rows.find((line) => line.startsWith(`| \`${name}\` |`));
    expect(row).toContain(`; ${least} to ${most} |`);
    if (name !== 'DATESTONE_METRICS_PORT') expect(row).toMatch(new RegExp(`\\| ${otherwise} \\|$`));
  }
});

/** `7 * 24 * 3600`, as the code writes it. */
function product(text: string): number {
  return text.split('*').reduce((result, factor) => result * Number(factor.replaceAll('_', '')), 1);
}

test('docs/csv.md has a row for every column of a file, as the form has it', () => {
  const rows = COLUMNS.map(({ name, step, field }) => {
    const label = columnLabel({ name, step, field });
    const choices = field.options?.map((option) => `\`${option}\``).join(', ');
    return [`| \`${name}\` | ${label} | ${field.required ? 'yes' : ''} |`, choices ?? ''];
  });
  const document = read('docs/csv.md').split('\n');
  const missing = rows.filter(
    ([start = '', choices = '']) => !document.some((line) => line.startsWith(start) && line.includes(choices)),
  );
  expect(missing).toEqual([]);
  expect(document.filter((line) => line.startsWith('| `'))).toHaveLength(COLUMNS.length);
  expect(document.join('\n')).toContain(`${MOST_ROWS.toLocaleString('en')} rows and ${LARGEST_FILE / 2 ** 20} MB`);
});

/** "agent new-identity" and "--data" of every command that there is. */
function commandsAndOptions(commands: readonly Command[], path = ''): string[] {
  return commands.flatMap((command) => [
    `${path}${command.name()}`,
    ...command.options.map((option) => option.long ?? option.flags),
    ...commandsAndOptions(command.commands, `${path}${command.name()} `),
  ]);
}

test('docs/command-line.md names every command and option that there is, and no others', () => {
  const code = codeIn(read('docs/command-line.md'));
  const rows = [...read('docs/command-line.md').matchAll(/^\| `([a-z -]+?)(?: [<[].*)?` \|/gm)].map(([, name]) => name);
  const named = [...rows, ...code.flatMap((words) => words.match(/(?<= |^)--[a-z-]+/g) ?? [])];
  expect(new Set(named)).toEqual(new Set(commandsAndOptions(program.commands)));
});

test('a path, a link or a command that does not exist is found', () => {
  expect(missingPaths('see `core/nowhere.ts` and [it](nowhere.md)', '.')).toEqual(['nowhere.md', 'core/nowhere.ts']);
  expect(missingCommands('npm run nothing\ndatestone dance')).toEqual(['nothing', 'dance']);
  const wrong = ['keys polish', 'keys advance --gently', 'keys new-record-key lose', 'systems --state=none'];
  expect(missingCommands(wrong.map((line) => `datestone ${line}`).join('\n'))).toEqual(wrong);
});
