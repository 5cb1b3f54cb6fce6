import { setTimeout as pause } from 'node:timers/promises';
import type { RunningPortal } from '../../portal/main.ts';
import { answersOf, type Cast, seedEndUser } from '../../portal/seed.ts';
import type { AgentProcess } from './agents.ts';
import { FormClient, headingOf, type Page } from './form-client.ts';
import { ADMINISTRATOR, PASSWORD } from './places.ts';
import type { DemoServer } from './servers.ts';

/**
 * Registers a server as a person does, page by page: log on at the server, *Register now*, log on at the portal,
 * *Proceed*, the form, *Submit*. Then the end user takes its seat and confirms.
 */
export async function registerServer(
  portal: RunningPortal['portal'],
  cast: Cast,
  agent: AgentProcess,
  server: DemoServer,
): Promise<void> {
  const browser = new FormClient();
  const logOn = await browser.get(`${agent.url}/`);
  const offer = await browser.press(logOn, 'Log on', { user: ADMINISTRATOR, password: PASSWORD });
  const registerPage = await browser.get(`${agent.url}/register`).catch(() => offer);
  const portalLogOn = await browser.press(registerPage, 'Register now');
  const authorised = await browser.press(portalLogOn, 'Log on', { email: cast.integrator.email, password: PASSWORD });
  const question = await browser.press(authorised, 'Proceed');
  const form = await browser.press(question, 'Continue', { how: 'new' });
  const done = await submitForm(browser, form, server);
  const number = /\/systems\/(\d{8})/.exec(done.url)?.[1];
  if (!number) throw new Error(`${server.name} was not registered: ${headingOf(done)}`);

  await seedEndUser(portal, cast, number);
  await untilShown(agent, server.site.name);
}

async function submitForm(browser: FormClient, form: Page, { site }: DemoServer): Promise<Page> {
  const answers = answersOf(site);
  const administrator = await browser.press(form, 'Continue', {
    ...answers.installation,
    // The end user is there already: see seedEndUser.
    invite: 'unknown',
  });
  const warranty = await browser.press(administrator, 'Continue', answers['site-administrator']);
  const check = await browser.press(warranty, 'Continue');
  return browser.press(check, 'Submit');
}

async function untilShown(agent: AgentProcess, site: string): Promise<void> {
  for (let tries = 0; tries < 60; tries++) {
    const shown = await fetch(`${agent.url}/registered-to`);
    if ((await shown.text()).includes(site)) return;
    await pause(500);
  }
  throw new Error(`${site} does not show on its server's logon page.`);
}
