import { type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import { type Logger, pino } from 'pino';

/** What `DATESTONE_LOG_LEVEL` may be, from nothing to everything. */
export const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** JSON lines on standard error: standard output belongs to whoever started the process. */
export function newLog(program: string, level: LogLevel): Logger {
  const settings = {
    level,
    base: { program, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: withoutValues, why: masked },
  };
  return pino(settings, pino.destination(2));
}

/**
 * One line for each request: the pattern of its route, never its address, which holds System IDs, numbers, tokens and
 * what people search for.
 */
export class RequestLog extends LogController {
  override requestCompleted(error: Error | null | undefined, request: FastifyRequest, reply: FastifyReply): void {
    const line = {
      method: request.method,
      route: routeOf(request),
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    };
    if (error) request.log.warn({ ...line, err: error }, 'request, its answer was broken off');
    else request.log.info(line, 'request');
  }
  override streamError(error: Error, request: FastifyRequest): void {
    request.log.info({ err: error }, 'an answer was broken off');
  }
  override writeHeadError(error: Error, request: FastifyRequest): void {
    request.log.warn({ err: error }, 'an answer could not be sent');
  }
  // What Fastify says of these by itself holds the address, or the error as it is; the error handlers say what is worth it.
  override incomingRequest(): void {}
  override routeNotFound(): void {}
  override defaultErrorLog(): void {}
  override serializerError(): void {}
}

/** `/requests/:id/proceed`; of an address that nothing answers, nothing. */
export function routeOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? 'none';
}

/**
 * An error for the log: what it is and where it was, with everything taken out of its message that could be a value that
 * somebody sent. PostgreSQL and JSON.parse quote what they did not understand.
 */
function withoutValues(error: Error & { code?: unknown }): Record<string, unknown> {
  const { name, code, message, stack } = error;
  const frames = (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { type: name, code, message: masked(String(message)), stack: frames.map((line) => line.trim()).join('\n') };
}

function masked(message: string): string {
  return message
    .replace(/(["'`])[^\n]*\1/g, '"…"')
    .replace(/\S+@\S+/g, '…')
    .replace(/[\w.~+/=-]{20,}/g, '…');
}
