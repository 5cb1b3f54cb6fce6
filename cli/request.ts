import { renameSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { linesOf, shortId } from '../core/system-id.ts';
import { Failure } from './problems.ts';
import { serverHere } from './server-here.ts';
import { drawQrCode } from './terminal/qr-code.ts';
import { print, printJson } from './terminal/table.ts';

interface RequestOptions {
  out?: string;
  qr?: boolean;
  json?: boolean;
}

export function requestCommand(): Command {
  return new Command('request')
    .description('Write the request of this server, to be carried to the portal. Needs the environment of the agent.')
    .option('--out <file>', 'into which file; - for standard output; without it one that names server and system')
    .option('--qr', 'print the QR code instead: a telephone carries it')
    .option('--json', 'answer as one line of JSON')
    .action(async ({ out, qr, json }: RequestOptions) => {
      const { requestByCommand } = await import('../agent/by-command.ts');
      const { systemId, document, link, fileName, portal } = await requestByCommand(await serverHere());
      if (out === '-') return print(`${document}\n`);
      const file = out ?? (qr ? undefined : fileName);
      if (file !== undefined) write(file, `${document}\n`);
      const short = shortId(systemId);
      if (json) return printJson({ system_id: systemId, short_id: short, portal, link, file: file ?? null, document });
      if (qr) print(`${drawQrCode(link)}\n${link}\n`);
      if (file !== undefined) print(`The request of ${short} is in ${file}\n`);
      print(`Take it to ${portal}. The System Identifier, to compare or to type:\n${linesOf(systemId).join('\n')}\n`);
      print('What comes back, a code or a file, goes into: datestone apply\n');
    });
}

/** Whoever copies it meanwhile gets the one of before or this one. */
function write(file: string, text: string): void {
  const temporary = `${file}.${process.pid}.new`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, file);
  } catch (error) {
    throw new Failure(`The file ${file} cannot be written: ${(error as Error).message}`);
  }
}
