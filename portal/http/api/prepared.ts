import type { preparedOperations } from '../../../api/contract/prepared.ts';
import { refused } from '../../../core/refusals.ts';
import { copiedAnswers } from '../../../core/registration-form.ts';
import { type FileRow, readFile } from '../../csv/read.ts';
import { prepare } from '../../operations/prepare.ts';
import { prepareRows } from '../../operations/prepare-rows.ts';
import { fileSentence, wrongCells } from '../../pages/import-texts.ts';
import type { Account, Portal } from '../../portal.ts';
import { keepFile } from '../../store/imports.ts';
import { preparedFrom } from '../../store/reads/prepared.ts';
import { systemInformation } from '../../store/reads/system-information.ts';
import { stepsOf } from '../filling.ts';
import { nobody } from '../visitor.ts';
import { answersOut, readAnswers, warrantyNotYours } from './answers.ts';
import { type Call, type HandlersOf, notDone } from './handler.ts';
import { fileFromText } from './json.ts';
import { registrationOut } from './registrations.ts';

type PrepareCall = Call<(typeof preparedOperations)['prepare']>;

export const preparedHandlers: HandlersOf<typeof preparedOperations> = {
  prepare: async ({ portal, account, body }) => {
    const sent = await sentAnswers(portal, account, body);
    if (!sent) return refused('not-among-yours');
    const { answers, errors } = readAnswers(portal, sent, '/answers');
    if (errors.length > 0) return notDone('not-as-described', { errors });
    const notYours = warrantyNotYours(account, answers);
    if (notYours) return notYours;
    const { registration } = await prepare(portal, { account, answers });
    const shown = await registrationOut(portal, account, registration);
    return shown ? { status: 201, ...shown, location: `/registrations/${registration}` } : refused('not-among-yours');
  },

  importRegistrations: async ({ portal, account, query, body }) => {
    const reading = await readFile(fileFromText(body), stepsOf(account));
    if (reading.outcome === 'refused') {
      const { problem } = reading;
      return notDone('file-not-read', { more: { ...problem, detail: fileSentence(problem, nobody(portal).t) } });
    }
    const { rows, remarks } = reading;
    const rowsWrong = wrongIn(rows, portal);
    const wrong = rows.filter((row) => row.problems.length > 0).length;
    const report = {
      right: rows.length - wrong,
      wrong,
      encoding: remarks.encoding,
      unknown_columns: remarks.unknown,
      columns_not_yours: remarks.notYours,
      rows: rowsWrong,
    };
    if (query.dry_run === 'true') return { status: 200, body: { ...report, import: null, registrations: [] } };
    if (report.right === 0 || (wrong > 0 && query.rows === 'all')) {
      return notDone('rows-wrong', { more: { rows: rowsWrong } });
    }
    const file = await keepFile(portal.db, account.id, { name: 'API', remarks, rows, at: portal.now() });
    await prepareRows(portal, { account, file, rows: query.rows });
    const registrations = (await preparedFrom(portal.db, account.id, file)).map(({ number }) => number);
    return { status: 201, body: { ...report, import: file, registrations } };
  },
};

/** `undefined`: there is no such registration of theirs to copy from. */
async function sentAnswers(portal: Portal, account: Account, body: PrepareCall['body']) {
  if ('answers' in body) return body.answers;
  const from = await systemInformation(portal.db, account.id, body.copy_from, portal.now());
  if (!from) return undefined;
  const answers = copiedAnswers(from.answers, stepsOf(account));
  const { planned_server } = body;
  return answersOut({
    ...answers,
    installation: { ...answers.installation, ...(planned_server !== undefined && { planned_server }) },
  });
}

function wrongIn(rows: readonly FileRow[], portal: Portal) {
  const visitor = nobody(portal);
  return rows.flatMap((row) =>
    wrongCells(row, visitor).map(({ column, detail }) => ({ line: row.line, column: column?.name ?? '', detail })),
  );
}
