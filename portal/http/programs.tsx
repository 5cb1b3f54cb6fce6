import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  ALLOWED_PATH,
  type ComesBack,
  exchangeSchema,
  isChallenge,
  LOG_ON_PATH,
  LONGEST_PROGRAM_NAME,
  type ProgramToken,
  REFUSED_PATH,
  TOKEN_PATH,
} from '../../api/program-log-on.ts';
import { allowProgram, letProgramIn } from '../operations/programs.ts';
import { AfterProgramPage, AllowProgramPage } from '../pages/programs.tsx';
import { type Http, type Posted, seeOther, send, signedIn, text, visitor } from './context.tsx';
import { leave } from './enter.ts';
import { problemDocument } from './errors.tsx';
import { freshlySignedIn } from './fresh.ts';
import { refuse } from './refuse.tsx';
import { nobody } from './visitor.ts';

interface AskingProgram {
  /** Where on this very computer it listens. */
  port: string;
  challenge: string;
  name: string;
}

/** A program on somebody's computer asks to act for the account: the page to allow it, and back to the program. */
export function programRoutes(http: Http): void {
  const { app, portal, cookies } = http;

  app.get(LOG_ON_PATH, async (request, reply) => {
    const program = asking(request.query);
    if (!program) return notAsked(request, reply);
    const visitor = await freshlySignedIn(http, request, reply, request.url);
    if (!visitor) return reply;
    letFormLeadTo(reply, addressOf(program));
    return send(reply, <AllowProgramPage visitor={visitor} portal={portal.settings} program={program} />);
  });

  app.post(LOG_ON_PATH, async (request, reply) => {
    const posted = (request.body ?? {}) as Posted;
    const program = asking(posted);
    if (!program) return notAsked(request, reply);
    const page = `${LOG_ON_PATH}?${new URLSearchParams({ ...program })}`;
    const visitor = await signedIn(http, request, reply, page);
    if (!visitor) return reply;
    const { challenge, name } = program;
    switch (text(posted['word'])) {
      case 'allow': {
        if (!(await freshlySignedIn(http, request, reply, page))) return reply;
        const code = await allowProgram(portal, { account: visitor.account.id, name, challenge });
        return seeOther(reply, backTo(program, { challenge, code }));
      }
      case 'another-account':
        await leave(http, request);
        cookies.setSession(reply, undefined);
        return seeOther(reply, `/log-on?next=${encodeURIComponent(page)}`);
      default:
        return seeOther(reply, backTo(program, { challenge, refused: '' }));
    }
  });

  app.post(TOKEN_PATH, async (request, reply) => {
    const sent = exchangeSchema.safeParse(request.body);
    const result = sent.success ? await letProgramIn(portal, sent.data) : undefined;
    if (result?.outcome === 'refused') return problemDocument(http, reply, result.code);
    if (result?.outcome !== 'let-in') return problemDocument(http, reply, 'program-log-on-ended');
    return reply
      .code(201)
      .header('cache-control', 'no-store')
      .send({ token: result.token } satisfies ProgramToken);
  });

  for (const [path, what] of [
    [ALLOWED_PATH, 'allowed'],
    [REFUSED_PATH, 'refused'],
  ] as const) {
    app.get(path, async (request, reply) =>
      send(reply, <AfterProgramPage visitor={await visitor(http, request)} portal={portal.settings} what={what} />),
    );
  }

  const notAsked = (request: FastifyRequest, reply: FastifyReply) =>
    refuse(http, request, reply, nobody(portal), { code: 'program-log-on-ended' });
}

/** What the program sent the browser with; undefined where no program of ours would have sent that. */
function asking(values: unknown): AskingProgram | undefined {
  const { port, challenge, name } = (values ?? {}) as Posted;
  const program = { port: text(port), challenge: text(challenge), name: text(name) };
  const listens = /^\d{4,5}$/.test(program.port) && Number(program.port) >= 1024 && Number(program.port) <= 65535;
  const named = /^[\p{L}\p{N}][^\p{C}]*$/u.test(program.name) && program.name.length <= LONGEST_PROGRAM_NAME;
  return listens && named && isChallenge(program.challenge) ? program : undefined;
}

/** Only ever this computer: what is handed over never leaves it. */
const addressOf = ({ port }: AskingProgram) => `http://127.0.0.1:${port}`;

const backTo = (program: AskingProgram, answer: ComesBack) =>
  `${addressOf(program)}/?${new URLSearchParams({ ...answer })}`;

/** Chrome follows a redirect after a form only to where the page's own policy lets forms go. */
function letFormLeadTo(reply: FastifyReply, address: string): void {
  const policy = String(reply.getHeader('content-security-policy'));
  reply.header('content-security-policy', policy.replace(/form-action [^;]*/, `$& ${address}`));
}
