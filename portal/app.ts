import { randomBytes } from 'node:crypto';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyBaseLogger, type FastifyError, type FastifyInstance } from 'fastify';
import { RequestLog } from '../ui/log.ts';
import { serveAssets } from '../ui/serve-assets.ts';
import { accessTokenRoutes } from './http/access-tokens.tsx';
import { accountRoutes } from './http/account.tsx';
import { accountDetailsRoutes } from './http/account-details.tsx';
import { administeredAccountRoutes } from './http/administration/accounts.tsx';
import { administrationRoutes } from './http/administration/overview.tsx';
import { administeredRegistrationRoutes } from './http/administration/registrations.tsx';
import { apiRoutes } from './http/api/routes.ts';
import { associationRoutes } from './http/associations.tsx';
import { caseRoutes } from './http/cases.tsx';
import { checkInRoutes } from './http/check-ins.ts';
import { colleagueInvitationRoutes } from './http/colleague-invitations.tsx';
import { consentRoutes } from './http/consents.ts';
import type { Http } from './http/context.tsx';
import { createAccountRoutes } from './http/create-account.tsx';
import { doneRoutes } from './http/done.tsx';
import { failed, notAnAddress, notFound } from './http/errors.tsx';
import { exportRoutes } from './http/exports.ts';
import { forgottenPasswordRoutes } from './http/forgotten-password.tsx';
import { formRoutes } from './http/forms.tsx';
import { healthRoutes } from './http/health.ts';
import { helpRoutes } from './http/help.tsx';
import { invitationRoutes } from './http/invitations.tsx';
import { logOnRoutes } from './http/log-on.tsx';
import { logOnAgainRoutes } from './http/log-on-again.tsx';
import { logOnWithRoutes } from './http/log-on-with.tsx';
import { mailAddressRoutes } from './http/mail-addresses.tsx';
import { mergeRoutes } from './http/merges.tsx';
import { newcomerRoutes } from './http/newcomers.tsx';
import { organisationRoutes } from './http/organisation.tsx';
import { passkeyLogOnRoutes } from './http/passkey-log-on.ts';
import { passkeyRoutes } from './http/passkeys.tsx';
import { personalDataRoutes } from './http/personal-data.tsx';
import { prepareRoutes } from './http/prepare.tsx';
import { programRoutes } from './http/programs.tsx';
import { registerRoutes } from './http/register.tsx';
import { requestRoutes } from './http/requests.tsx';
import { onlyFromOurPages } from './http/same-origin.ts';
import { scannedRoutes } from './http/scanned.tsx';
import { seatRoutes } from './http/seats.tsx';
import { sessionRoutes } from './http/sessions.ts';
import { systemRoutes } from './http/systems.tsx';
import { uploadAnswerRoutes } from './http/upload-answers.tsx';
import { uploadRoutes } from './http/uploads.tsx';
import { Cookies } from './http/visitor.ts';
import { whoRoutes } from './http/who.tsx';
import { measureRequests } from './metrics.ts';
import type { Portal } from './portal.ts';
import { serveDecoder } from './scan/decoder.ts';

/** Requests and check-ins are the largest things that are taken; forms are far smaller. */
const BODY_LIMIT = 256 * 1024;

export async function buildApp(portal: Portal, log?: FastifyBaseLogger): Promise<FastifyInstance> {
  const app = Fastify({
    ...(log ? { loggerInstance: log } : { logger: false }),
    // Stands on the page of a failure, and finds it in the log.
    genReqId: () => randomBytes(6).toString('hex'),
    bodyLimit: BODY_LIMIT,
    logController: new RequestLog(),
    // Who stops it lets it finish, also what still comes over a connection that is open.
    return503OnClosing: false,
    trustProxy: 'loopback',
    frameworkErrors: (_, request, reply) => notAnAddress(http, request, reply),
  });
  measureRequests(app);
  await app.register(helmet, headers(portal.settings.url));
  await app.register(cookie);
  await app.register(formbody);
  await app.register(rateLimit, { global: false });

  const http: Http = { app, portal, cookies: new Cookies(portal.settings.url) };
  // Before the routes: those that are there when a plugin is waited for keep the handlers of that moment.
  app.setNotFoundHandler((request, reply) => notFound(http, request, reply));
  app.setErrorHandler<FastifyError>((error, request, reply) => failed(http, error, request, reply));
  onlyFromOurPages(http);
  serveAssets(app);
  serveDecoder(app);
  healthRoutes(http);
  checkInRoutes(http);
  logOnRoutes(http);
  logOnAgainRoutes(http);
  logOnWithRoutes(http);
  passkeyLogOnRoutes(http);
  newcomerRoutes(http);
  accountRoutes(http);
  sessionRoutes(http);
  whoRoutes(http);
  organisationRoutes(http);
  accountDetailsRoutes(http);
  personalDataRoutes(http);
  colleagueInvitationRoutes(http);
  passkeyRoutes(http);
  accessTokenRoutes(http);
  createAccountRoutes(http);
  forgottenPasswordRoutes(http);
  registerRoutes(http);
  uploadRoutes(http);
  uploadAnswerRoutes(http);
  scannedRoutes(http);
  requestRoutes(http);
  associationRoutes(http);
  doneRoutes(http);
  mergeRoutes(http);
  formRoutes(http);
  prepareRoutes(http);
  exportRoutes(http);
  systemRoutes(http);
  invitationRoutes(http);
  seatRoutes(http);
  consentRoutes(http);
  caseRoutes(http);
  administrationRoutes(http);
  administeredRegistrationRoutes(http);
  administeredAccountRoutes(http);
  mailAddressRoutes(http);
  programRoutes(http);
  helpRoutes(http);
  await apiRoutes(http);
  return app;
}

function headers(url: string) {
  const https = url.startsWith('https:');
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        scriptSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    hsts: https ? { maxAge: 31536000 } : false,
    referrerPolicy: { policy: 'same-origin' as const },
    crossOriginEmbedderPolicy: false,
  };
}
