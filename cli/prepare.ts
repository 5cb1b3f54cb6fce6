import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { COLUMNS } from '../core/registration-sheet.ts';
import { type ActOptions, actCommand } from './command.ts';
import { type BodyOf, type Connection, connect } from './connection.ts';
import { EXIT, Failure } from './problems.ts';
import { sayYes } from './terminal/ask.ts';
import { print, printJson, say, Table } from './terminal/table.ts';

interface PrepareOptions extends ActOptions {
  onlyRightRows?: boolean;
  check?: boolean;
  template?: boolean;
}

type Report = BodyOf<'importRegistrations'>;

export function prepareCommand() {
  return actCommand('prepare', 'Prepare registrations, which wait for their System IDs, from the rows of a CSV file.')
    .argument('[file]', 'the file, as a spreadsheet saves it')
    .option('--only-right-rows', 'leave out the rows that are wrong; otherwise one wrong row stops all')
    .option('--check', 'only check the rows, and prepare nothing')
    .option('--template', 'write the first line of such a file')
    .action(async (file: string | undefined, options: PrepareOptions) => {
      if (options.template) return print(`${COLUMNS.map(({ name }) => name).join(',')}\n`);
      const connection = connect(options);
      const text = textOf(file);
      say('Checking the rows …');
      const query = { rows: options.onlyRightRows ? ('right' as const) : ('all' as const) };
      const checked = await connection.call('importRegistrations', {
        query: { ...query, dry_run: 'true' },
        body: text,
      });
      if (options.check) {
        if (options.json) printJson(checked);
        else printWrong(checked);
        say(`${rows(checked.right)} right, ${rows(checked.wrong)} wrong.`);
        if (checked.wrong > 0) process.exitCode = EXIT.refused;
        return;
      }
      if (!options.json) printWrong(checked);
      remark(checked);
      if (checked.wrong > 0 && !options.onlyRightRows) {
        const rest = 'Nothing was prepared. Correct them, or say --only-right-rows.';
        throw new Failure(`${rows(checked.wrong)} of the file are wrong. ${rest}`, EXIT.refused, checked);
      }
      if (checked.right === 0)
        throw new Failure('The file has no row that is right. Nothing was prepared.', EXIT.refused, checked);
      await sayYes(`Prepare ${registrations(checked.right)}?`, options.yes);
      say(`Preparing ${registrations(checked.right)} …`);
      await prepare(connection, query, text, options);
    });
}

/** The same file again within a day makes nothing twice: after a connection that broke, nobody knows whether it arrived. */
async function prepare(
  connection: Connection,
  query: { rows: 'right' | 'all' },
  text: string,
  { json }: PrepareOptions,
) {
  const idempotencyKey = createHash('sha256').update(`${query.rows} ${text}`).digest('base64url');
  const { body, replayed } = await connection.answer('importRegistrations', { query, body: text }, { idempotencyKey });
  if (json) return printJson(body);
  if (replayed) return print('This file was prepared before. Nothing was prepared again.\n');
  print(`${registrations(body.registrations.length)} prepared. They wait for their System IDs.\n`);
  print('See them with: datestone systems --state prepared\nOn site: datestone associate\n');
}

function printWrong({ rows: wrong }: Report): void {
  if (wrong.length === 0) return;
  const table = new Table([
    { heading: 'Line' },
    { heading: 'Column', cuts: true },
    { heading: 'What is wrong', cuts: true },
  ]);
  table.write(wrong.map(({ line, column, detail }) => [`${line}`, column, detail]));
}

function remark({ unknown_columns, columns_not_yours }: Report): void {
  if (unknown_columns.length > 0) say(`Left out, because they are no field: ${unknown_columns.join(', ')}.`);
  if (columns_not_yours.length > 0)
    say(`Left out, because they are for the other party: ${columns_not_yours.join(', ')}.`);
}

/** From a file or standard input. Spreadsheets still save in the encoding of the country, which has no mark. */
function textOf(file: string | undefined): string {
  if (file === undefined && process.stdin.isTTY) {
    throw new Failure('Give the file. Its first line comes from: datestone prepare --template', EXIT.usage);
  }
  let bytes: Buffer;
  try {
    bytes = readFileSync(file === undefined || file === '-' ? 0 : file);
  } catch {
    throw new Failure(`The file ${file} cannot be read.`, EXIT.usage);
  }
  const marked =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(marked, { fatal: true }).decode(bytes);
  } catch {
    say('The file is not UTF-8: it was read as windows-1252. Do letters look wrong? Save it as UTF-8.');
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

const rows = (count: number) => `${count} ${count === 1 ? 'row' : 'rows'}`;
const registrations = (count: number) => `${count} ${count === 1 ? 'registration' : 'registrations'}`;
