import type { AnswerOf, Checked, Contract, Operation } from '../../../api/contract/operation.ts';
import type { ApiProblemCode } from '../../../api/problems.ts';
import type { RefusalFacts } from '../../../core/refusals.ts';
import type { AccessToken } from '../../operations/access-tokens.ts';
import type { Account, Portal } from '../../portal.ts';

/** What a handler is given: a call that was checked against the contract, and who calls. */
export interface Call<Op extends Operation> extends Checked<Op> {
  /** With an Idempotency-Key its database is the transaction in which the answer is kept. */
  portal: Portal;
  account: Account;
  token: AccessToken;
}

export type Answered<Op extends Operation> = AnswerOf<Op> & {
  /** What `If-Match` has to name. */
  etag?: string;
  /** Under `/api/v1`: where what was made is found. */
  location?: string;
};

/** What is wrong, and where: a JSON pointer into the body, or the name of a parameter or header. */
export type WrongPart = { pointer: string; detail: string } | { parameter: string; detail: string };

/** Why not. A refusal of the rules is one already. */
export interface NotDone {
  outcome: 'refused';
  code: ApiProblemCode;
  facts?: RefusalFacts;
  errors?: WrongPart[];
  /** More that the problem document says, in snake_case. */
  more?: Record<string, unknown>;
}

export type Handler<Op extends Operation> = (call: Call<Op>) => Promise<Answered<Op> | NotDone>;

/** A contract without a handler for each of its operations does not compile. */
export type HandlersOf<Ops extends Contract> = { [Id in keyof Ops]: Handler<Ops[Id]> };

export const notDone = (code: ApiProblemCode, more?: Omit<NotDone, 'outcome' | 'code'>): NotDone => ({
  outcome: 'refused',
  code,
  ...more,
});

export const time = (at: Date) => at.toISOString();
export const timeOrNull = (at: Date | null | undefined) => at?.toISOString() ?? null;
