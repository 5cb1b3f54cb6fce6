// A site for tests: a data folder, an agent on it, and somebody who uses its pages in a browser without script.

import type { Config } from '../../agent/config.ts';
import { type RunningAgent, start } from '../../agent/main.ts';
import { newFolder } from './folders.ts';
import { FormClient, type Page, textOf } from './http.ts';
import type { PortalSide } from './portal-side.ts';
import { Program } from './processes.ts';

export const PASSWORD = 'correct horse';
const SERVER = {
  name: 'HN-A-ES01',
  kind: 'enterprise-server',
  product: 'Enterprise Server',
  version: '3.2.4.1180',
};

export interface Site extends RunningAgent {
  folder: string;
}

/** An agent in this process. With `folder` it goes on with what one of before left there. */
export async function startSite(
  portal: Pick<PortalSide, 'bundle'>,
  changes: Partial<Config> & { folder?: string } = {},
): Promise<Site> {
  const { folder = newFolder(), ...rest } = changes;
  const agent = await start({
    dataFolder: folder,
    bundle: portal.bundle,
    server: SERVER,
    url: undefined,
    host: '127.0.0.1',
    port: 0,
    adminPassword: PASSWORD,
    machine: ['machine-id:here'],
    timeZone: 'Europe/Copenhagen',
    logLevel: 'warn',
    now: () => new Date(),
    ...rest,
  });
  return { folder, ...agent };
}

/** An agent in a process of its own, which can be killed. */
export function siteProcess(portal: PortalSide, folder: string): Program {
  return new Program('agent', {
    DATESTONE_AGENT_DATA: folder,
    DATESTONE_BUNDLE_FILE: portal.bundleFile,
    DATESTONE_SERVER_NAME: SERVER.name,
    DATESTONE_SERVER_KIND: SERVER.kind,
    DATESTONE_SERVER_PRODUCT: SERVER.product,
    DATESTONE_SERVER_VERSION: SERVER.version,
    DATESTONE_ADMIN_PASSWORD: PASSWORD,
    PORT: '0',
  });
}

/** Somebody at the pages of one server. */
export class Visitor {
  readonly browser = new FormClient();
  readonly #url: string;

  constructor(site: { url: string }) {
    this.#url = site.url;
  }

  open(path: string): Promise<Page> {
    return this.browser.get(new URL(path, this.#url).href);
  }

  press(page: Page, button: string, values: Record<string, string> = {}): Promise<Page> {
    return this.browser.press(page, button, values);
  }

  follow(page: Page, link: string): Promise<Page> {
    return this.browser.follow(page, link);
  }

  async logOn(page?: Page): Promise<Page> {
    return this.press(page ?? (await this.open('/')), 'Log on', { user: 'admin', password: PASSWORD });
  }

  /** Chooses Register now on the page that offers it. */
  async register(): Promise<Page> {
    return this.press(await this.open('/register'), 'Register now');
  }

  async checkNow(): Promise<Page> {
    return this.press(await this.open('/registration'), 'Check now');
  }

  async registeredTo(): Promise<Record<string, unknown> & { state: string; text: string[] }> {
    return JSON.parse((await this.open('/registered-to')).html);
  }

  /** The System ID, as the page that is open to everybody shows it. */
  async systemId(): Promise<string> {
    const { html } = await this.open('/system-identifier');
    return textOf(/<code class="id">(.*?)<\/code>/s.exec(html)?.[1] ?? '').replace(/[\s-]/g, '');
  }
}
