import { canonical } from '../../core/history.ts';
import { editOf, may } from '../../core/permissions.ts';
import { type Refused, refused } from '../../core/refusals.ts';
import { type Answers, STEPS } from '../../core/registration-form.ts';
import type { Account, Portal } from '../portal.ts';
import { writeChange } from '../store/changes.ts';
import { lock, registrationOf } from '../store/facts.ts';
import { sql } from '../store/sql.ts';
import { noticesTo } from './notices.ts';

/** Changes what a registration says. Only the steps that are given are replaced. */
export interface EditCommand {
  account: Account;
  registration: string;
  /** The revision that the person saw: answers that somebody else changed since are never overwritten. */
  revision: number;
  answers: Answers;
}

export type EditResult = { outcome: 'edited' | 'unchanged'; registration: string } | Refused;

export function edit(portal: Portal, command: EditCommand): Promise<EditResult> {
  const { account, answers } = command;
  const at = portal.now();
  return portal.db.transaction(async (tx) => {
    const [, registration, stored] = await Promise.all([
      lock(tx, [], [command.registration]),
      registrationOf(tx, account.id, command.registration),
      tx.row(sql<StoredAnswers>`
        select installation, site_administrator as "site-administrator", warranty from registration
        where number = ${command.registration}`),
    ]);
    if (!registration || !stored) return refused('not-among-yours');
    const changed = STEPS.filter((step) => answers[step] && !sameAnswers(answers[step], stored[step]));
    for (const step of changed) {
      const allowed = may(editOf(step), registration.state, registration.who);
      if (allowed !== 'yes') return refused(allowed, { site: registration.site, registration: registration.number });
    }
    if (changed.length === 0) return { outcome: 'unchanged', registration: registration.number };
    if (command.revision < registration.answersRevision) {
      return refused('lost-race', { site: registration.site, registration: registration.number });
    }
    const facts = {
      site: registration.site,
      registration: registration.number,
      by: account.name,
      organisation: account.organisation,
      steps: changed,
      at,
    };
    const next = { ...stored, ...answers };
    await Promise.all([
      tx.rows(sql`
        update registration set installation = ${JSON.stringify(next.installation)},
          site_administrator = ${JSON.stringify(next['site-administrator'])}, warranty = ${JSON.stringify(next.warranty)},
          answers_revision = revision + 1
        where number = ${registration.number}`),
      writeChange(tx, {
        registration,
        act: changed.every((step) => step === 'warranty') ? 'warranty-edited' : 'details-edited',
        actor: account,
        at,
        about: { steps: changed.join(' ') },
        mails: noticesTo(registration, 'edited', facts),
      }),
    ]);
    return { outcome: 'edited', registration: registration.number };
  });
}

type StoredAnswers = Required<Answers>;

function sameAnswers(a: object | undefined, b: object | undefined): boolean {
  const sorted = (answers: object | undefined) => canonical(answers ?? {});
  return sorted(a) === sorted(b);
}
