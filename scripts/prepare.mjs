// Runs before "npm start" and "npm test", on whatever Node the machine has, and installs what is missing:
// the packages of package-lock.json (a Node that fits is one of them) and, with --browser, Debian's Chromium.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { tooOld } from './node-version.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const stamp = path.join(root, 'node_modules/.installed-from');
const lock = createHash('sha256')
  .update(readFileSync(path.join(root, 'package-lock.json')))
  .digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) installPackages();
if (!existsSync(path.join(root, 'node_modules/.bin/node')) && tooOld()) {
  stop(
    `There is no package of Node for ${process.platform} on ${process.arch}, and the installed one, ` +
      `${process.versions.node}, is too old. Install Node 22.18 or later and run the command again.`,
  );
}
if (process.argv.includes('--browser') && !existsSync('/usr/bin/chromium')) installChromium();

function installPackages() {
  say('Installing the packages of package-lock.json …');
  // npm as it was started, not the Node inside node_modules, which npm ci is about to remove.
  const npm = process.env.npm_execpath
    ? [process.env.npm_node_execpath ?? process.execPath, process.env.npm_execpath]
    : ['npm'];
  if (!run([...npm, 'ci'])) stop('"npm ci" did not succeed. What it printed above says why.');
  writeFileSync(stamp, lock);
}

function installChromium() {
  say("Installing Chromium from Debian's packages for the browser's tests …");
  const byHand = 'Install it by hand as /usr/bin/chromium (on Debian: apt-get install chromium), then run this again.';
  if (spawnSync('apt-get', ['--version']).status !== 0) stop(`This machine has no apt-get. ${byHand}`);
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  if (asRoot.length > 0 && spawnSync('sudo', ['-n', 'true']).status !== 0) {
    stop(`Chromium is missing, and only root may install it. ${byHand}`);
  }
  const apt = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq'];
  const installed = run([...apt, 'update']) && run([...apt, 'install', '-y', '--no-install-recommends', 'chromium']);
  if (!installed) stop(`Chromium could not be installed. ${byHand}`);
}

function run([command, ...args]) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 << 20 });
  if (status !== 0) process.stderr.write(`${stdout ?? ''}${stderr ?? ''}`);
  return status === 0;
}

function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}

function stop(sentence) {
  say(sentence);
  process.exit(1);
}
