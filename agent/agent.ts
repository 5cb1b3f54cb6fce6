import type { FastifyBaseLogger, FastifyRequest } from 'fastify';
import type { Bundle } from '../core/documents/bundle.ts';
import type { Server } from '../core/documents/request.ts';
import type { CheckIns } from './check-ins.ts';
import type { CodePause } from './code-pause.ts';
import type { ServerStore } from './store/server.ts';

/** What everything in one running agent is given. */
export interface Agent {
  store: ServerStore;
  /** As its operators configured the server: kind, product, version, name. */
  server: Server;
  /** Changes while the agent runs (trusted-portal.ts), so it is read anew for each piece of work. */
  portal: Portal;
  /** The fingerprint of the portal that the configuration names. */
  installedPortal: string;
  codePause: CodePause;
  cookie: { name: string; secure: boolean };
  timeZone: string;
  /** The first password of a new database is given by the configuration, not made. */
  choseFirstPassword: boolean;
  /** Where the browser that sent this request reaches the agent: "http://hn-a-es01:4080". */
  addressOf(request: FastifyRequest): string;
  log: FastifyBaseLogger;
  now(): Date;
}

/** The pages can also ask for a check-in. */
export interface ServingAgent extends Agent {
  checkIns: CheckIns;
}

/** The one portal that this server trusts. */
export interface Portal {
  bundle: Bundle;
  fingerprint: string;
  url: string;
  host: string;
  name: string;
}
