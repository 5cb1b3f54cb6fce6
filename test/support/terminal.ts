import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { COMPILED } from './processes.ts';
import { until } from './until.ts';

const PROGRAM = path.join(import.meta.dirname, '../../cli/datestone.mjs');

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

type Environment = Record<string, string | undefined>;

/** Somebody at a terminal: the program as a process, with a home of its own. */
export class Terminal {
  readonly home = mkdtempSync(path.join(tmpdir(), 'datestone-terminal-'));
  readonly env: Environment = {};

  /** Runs a command to its end, without a terminal: as from a script. */
  async datestone(args: readonly string[], { input = '', env }: { input?: string; env?: Environment } = {}) {
    const running = this.start(args, env);
    running.type(input, 'and no more');
    return running.ended;
  }

  start(args: readonly string[], env: Environment = {}): Running {
    return new Running(spawn(process.execPath, [PROGRAM, ...args], { env: this.#environment(env) }));
  }

  /** The same on a terminal of so many columns, where questions can be asked. */
  onScreen(args: readonly string[], columns = 100): Running {
    const words = [process.execPath, PROGRAM, ...args].map((word) => `'${word}'`).join(' ');
    const command = `stty cols ${columns} rows 40 -echo; ${words}`;
    return new Running(spawn('script', ['-qec', command, '/dev/null'], { env: this.#environment({ TERM: 'xterm' }) }));
  }

  bash(script: string): Promise<Ended> {
    const env = this.#environment({ DATESTONE: `${process.execPath} ${PROGRAM}` });
    return new Running(spawn('bash', ['-c', script], { env })).ended;
  }

  forget(): void {
    rmSync(this.home, { recursive: true, force: true });
  }

  #environment(more: Environment): NodeJS.ProcessEnv {
    const { PATH, TMPDIR } = process.env;
    return { PATH, TMPDIR, ...COMPILED, HOME: this.home, TZ: 'UTC', LANG: 'C.UTF-8', ...this.env, ...more };
  }
}

export class Running {
  readonly ended: Promise<Ended>;
  readonly #child: ChildProcess;
  #stdout = '';
  #stderr = '';
  #heard = 0;

  constructor(child: ChildProcess) {
    this.#child = child;
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#stdout += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
    });
    // It may have ended before it read what is typed.
    child.stdin?.on('error', () => {});
    this.ended = once(child, 'close').then(([code]) => ({
      code: code as number | null,
      stdout: stripVTControlCharacters(this.#stdout).replaceAll('\r\n', '\n'),
      stderr: this.#stderr,
    }));
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Waits until it has said something new that matches. */
  async says(words: RegExp): Promise<string> {
    const from = this.#heard;
    const all = () => stripVTControlCharacters(this.#stdout + this.#stderr).replaceAll('\r\n', '\n');
    await until(`the program says ${words}`, () => words.test(all().slice(from)));
    const [said = ''] = words.exec(all().slice(from)) ?? [];
    this.#heard = all().length;
    return said;
  }

  type(text: string, more?: 'and no more'): void {
    this.#child.stdin?.write(text);
    if (more) this.#child.stdin?.end();
  }
}
