import { associations, outcomeOf } from '../metrics.ts';
import type { Account, Portal } from '../portal.ts';
import { lookingAgain } from '../store/database.ts';
import { type AssociateCommand, type AssociateResult, associateIn } from './associate.ts';
import { type UndoResult, undoIn } from './undo.ts';

/**
 * *Move it*: the wrong site was chosen. Undoes the association there and makes it here, in one transaction: if either is
 * refused, nothing has changed.
 */
export interface MoveCommand extends AssociateCommand {
  account: Account;
  from: { registration: string; association: string };
}

export type MoveResult = AssociateResult | Extract<UndoResult, { outcome: 'refused' }>;

export async function move(portal: Portal, command: MoveCommand): Promise<MoveResult> {
  const result = await lookingAgain(() => moveOnce(portal, command));
  associations.inc(outcomeOf(result));
  return result;
}

async function moveOnce(portal: Portal, command: MoveCommand): Promise<MoveResult | 'look-again'> {
  try {
    return await portal.db.transaction(async (tx) => {
      const undone = await undoIn(tx, portal, { account: command.account, ...command.from });
      if (undone.outcome === 'refused') throw new NotMoved(undone);
      const associated = await associateIn(tx, portal, command);
      if (associated === 'look-again') throw new NotMoved('look-again');
      if (associated.outcome !== 'associated' && associated.outcome !== 'claimed') throw new NotMoved(associated);
      return associated;
    });
  } catch (error) {
    if (error instanceof NotMoved) return error.why;
    throw error;
  }
}

/** Thrown inside the transaction so that it is rolled back. */
class NotMoved extends Error {
  readonly why: MoveResult | 'look-again';
  constructor(why: MoveResult | 'look-again') {
    super('not moved');
    this.why = why;
  }
}
