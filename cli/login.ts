import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { challengeOf, codeToCompare, LOG_ON_PATH, LONGEST_PROGRAM_NAME } from '../api/program-log-on.ts';
import { type PortalOptions, portalCommand } from './command.ts';
import { Connection } from './connection.ts';
import { awaitAnswer } from './login/await-answer.ts';
import { tokenFor } from './login/token-for.ts';
import { openBrowser } from './open-browser.ts';
import { EXIT, Failure } from './problems.ts';
import { portalNamed, readProfile, writeProfile } from './profile.ts';
import { ask, askUnseen, canAsk, standardInput } from './terminal/ask.ts';
import { print, printJson, say } from './terminal/table.ts';
import { dateOf } from './words.ts';

interface LoginOptions extends PortalOptions {
  token?: boolean;
  browser: boolean;
}

export function loginCommand() {
  return portalCommand('login', 'Log on to a portal, in the browser or with an access token.')
    .argument('[portal]', 'its address, like https://portal.example')
    .option('--token', 'read an access token from standard input instead; make one under Access tokens at the portal')
    .option('--no-browser', 'only print the address that is to be opened in a browser on this computer')
    .action(async (named: string | undefined, options: LoginOptions) => {
      const portal = await whichPortal(named ?? options.portal);
      const token = options.token ? await givenToken() : await tokenByBrowser(portal, options.browser);
      const { email, name, until } = await remember(portal, token);
      if (options.json) printJson({ portal, email, name, expires_at: until });
      else print(`You are logged on to ${portal} as ${name}, ${email}, until ${dateOf(until)}.\n`);
    });
}

async function whichPortal(named: string | undefined): Promise<string> {
  const profile = readProfile();
  const typed = named ?? process.env['DATESTONE_PORTAL_URL'] ?? profile.current;
  if (typed) return portalNamed(typed, profile);
  if (!canAsk()) throw new Failure('Say which portal: datestone login https://portal.example', EXIT.usage);
  return portalNamed(await ask('Address of the portal: '), profile);
}

/** Never from the command line: other users of the machine can read that. */
async function givenToken(): Promise<string> {
  const token = process.stdin.isTTY ? await askUnseen('Access token (it does not show): ') : await standardInput();
  if (!/^[\w.-]+$/.test(token))
    throw new Failure('That is no access token: it has letters, digits, _ and - only.', EXIT.usage);
  return token;
}

/** RFC 8252: this program listens on this machine, and the portal's page sends the browser there with a code. */
async function tokenByBrowser(portal: string, browser: boolean): Promise<string> {
  const verifier = randomBytes(32).toString('base64url');
  const challenge = challengeOf(verifier);
  const { port, wanted } = await awaitAnswer(portal, challenge, (code) => tokenFor(portal, { code, verifier }));
  const name = `datestone on ${hostname()}`.slice(0, LONGEST_PROGRAM_NAME);
  const address = `${portal}${LOG_ON_PATH}?${new URLSearchParams({ port: `${port}`, challenge, name })}`;
  const opened = browser && (await openBrowser(address));
  say(`${opened ? 'The browser opens this address' : 'Open this address in a browser on this computer'}:\n${address}`);
  say(`The page shows the code ${codeToCompare(challenge)}. Does it show another one? Do not allow it.`);
  say('No browser here? Make an access token at the portal, and type: datestone login --token');
  return wanted;
}

/** Who it is and until when, kept for the commands that follow. */
async function remember(portal: string, token: string) {
  const account = await new Connection(portal, token).call('showAccount', {});
  const { name, email } = account;
  const until = account.token.expires_at;
  const profile = readProfile();
  writeProfile({ current: portal, portals: { ...profile.portals, [portal]: { token, email, until } } });
  return { name, email, until };
}
