import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type BodyOf, type Connection, PortalRefusal } from '../connection.ts';
import { Failure } from '../problems.ts';
import { say } from '../terminal/table.ts';

export type Code = BodyOf<'handOutCode'>;

/** What somebody takes to a server without a line. */
export interface ToCarry {
  registration_code: Code | null;
  /** Where the record was saved, if that was wanted. */
  record_file: string | null;
}

export interface SaveOptions {
  save?: string;
}

/** After an act that the system has not confirmed: the code, and with --save the record as a file. The act stands in any case. */
export async function toCarry(
  connection: Connection,
  association: { number: string; association: string },
  { save }: SaveOptions,
): Promise<ToCarry> {
  const registration_code = await codeOrRefusal(connection, association);
  // After the code: the record says how many there are, and one from before it is too old for a server that has entered it.
  const record_file = save === undefined ? null : await saveRecord(connection, association, save);
  return { registration_code, record_file };
}

async function codeOrRefusal(
  connection: Connection,
  params: { number: string; association: string },
): Promise<Code | null> {
  try {
    return await connection.call('handOutCode', { params, body: {} });
  } catch (error) {
    if (!(error instanceof PortalRefusal)) throw error;
    say(error.message);
    return null;
  }
}

/** The newest one takes the place of one of before: under its name there is never half a record. */
export async function saveRecord(
  connection: Connection,
  params: { number: string; association: string },
  folder: string,
): Promise<string> {
  const { record, file_name } = await connection.call('showRecord', { params });
  const file = path.join(folder, path.basename(file_name));
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${file}.new`, `${record}\n`);
    renameSync(`${file}.new`, file);
  } catch (error) {
    throw new Failure(`The file ${file} cannot be written: ${(error as Error).message}`);
  }
  return file;
}

/** In words, for a person who goes to the server with it. */
export function carryInWords(number: string, { registration_code: code, record_file }: ToCarry): string {
  const lines = record_file === null ? [] : [`The file for the server is ${record_file}`];
  if (code) {
    lines.push(`Registration code, for ${code.short_id} alone:`, '', `    ${code.code}`, '');
    lines.push('Enter it at the server, or load the file there: on its page, or with datestone apply.');
    lines.push(`The server answers with a confirmation code. Then type: datestone confirm ${number} CODE`);
    if (code.nearly_used_up) {
      lines.push(`This System ID has ${code.codes_left} codes left for ever. Use files, or the online way.`);
    }
  }
  return lines.map((line) => `${line}\n`).join('');
}
