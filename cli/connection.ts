import { apiClient, type CallOptions, type Client, items, ListBroken, type Outcome } from '../api/client.ts';
import type { OperationId } from '../api/contract/index.ts';
import type { ApiProblemCode } from '../api/problems.ts';
import type { PortalOptions } from './command.ts';
import { EXIT, Failure } from './problems.ts';
import { portalNamed, readProfile } from './profile.ts';
import { refusal } from './refusal.ts';

/** The portal said no: with its own code, for the commands that know what to do about one. */
export class PortalRefusal extends Failure {
  readonly code: ApiProblemCode;
  constructor(code: ApiProblemCode, ...failure: ConstructorParameters<typeof Failure>) {
    super(...failure);
    this.code = code;
  }
}

type Answered<Id extends OperationId> = Extract<Outcome<Id>, { outcome: 'answered' }>;
/** What an operation answers. */
export type BodyOf<Id extends OperationId> = Answered<Id>['body'];
type InputOf<Id extends OperationId> = Parameters<Client[Id]>[0];
type ListId = Parameters<typeof items>[1];
type ItemOf<Id extends ListId> = ReturnType<typeof items<Id>> extends AsyncGenerator<infer Item, void> ? Item : never;

/** A portal and the account that is logged on there. What is not answered ends the command in words. */
export class Connection {
  readonly portal: string;
  readonly #client: Client;

  constructor(portal: string, token: string) {
    this.portal = portal;
    this.#client = apiClient({ portal, token });
  }

  /** What was answered. */
  async call<Id extends OperationId>(id: Id, input: InputOf<Id>): Promise<BodyOf<Id>> {
    return (await this.answer(id, input)).body;
  }

  /** The same with its status, where that says more. */
  async answer<Id extends OperationId>(id: Id, input: InputOf<Id>, options?: CallOptions): Promise<Answered<Id>> {
    const method = this.#client[id] as (input: InputOf<Id>, options?: CallOptions) => Promise<Outcome<Id>>;
    return this.#answered(await method(input, options));
  }

  /** A list in parts, as they come. */
  async *parts<Id extends ListId>(id: Id, input: InputOf<Id>) {
    const most = 100;
    let part: ItemOf<Id>[] = [];
    try {
      for await (const item of items(this.#client, id, input)) {
        part.push(item);
        if (part.length < most) continue;
        yield part;
        part = [];
      }
    } catch (error) {
      if (error instanceof ListBroken) this.#answered(error.why);
      throw error;
    }
    if (part.length > 0) yield part;
  }

  #answered<Id extends OperationId>(outcome: Outcome<Id>): Answered<Id> {
    if (outcome.outcome === 'answered') return outcome;
    if (outcome.outcome === 'unreachable') {
      throw new Failure(
        `${this.portal} was not reached: ${outcome.detail}. Check the address and the network.`,
        EXIT.notReached,
      );
    }
    const { problem } = outcome;
    throw new PortalRefusal(problem.code, ...refusal(problem));
  }
}

/** With whom a command talks: what the command line says, else the environment, else who logged on last. */
export function connect(options: PortalOptions): Connection {
  const profile = readProfile();
  const { DATESTONE_TOKEN: given, DATESTONE_PORTAL_URL: address } = process.env;
  // A token that is given must not go to a portal that happens to be the last one.
  if (given && !options.portal && !address) {
    throw new Failure('DATESTONE_TOKEN is set. Say for which portal: DATESTONE_PORTAL_URL or --portal.', EXIT.usage);
  }
  const portal = portalOf(options);
  const token = given ?? profile.portals[portal]?.token;
  if (token) return new Connection(portal, token);
  throw new Failure(`You are not logged on to ${portal}. Type: datestone login ${portal}`, EXIT.notLoggedOn);
}

export function portalOf(options: PortalOptions): string {
  const profile = readProfile();
  const named = options.portal ?? process.env.DATESTONE_PORTAL_URL ?? profile.current;
  if (named) return portalNamed(named, profile);
  throw new Failure(
    'You are not logged on to any portal. Type: datestone login https://portal.example',
    EXIT.notLoggedOn,
  );
}
