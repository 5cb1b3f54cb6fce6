import type { Reporter, TestModule } from 'vitest/node';

/** Ends a run with "N passed, N failed, N skipped" alone on the last line, after naming aloud everything skipped. */
export class ClosingLine implements Reporter {
  readonly #notRun: string[];

  /** @param notRun what this machine cannot run at all; counted and named as skipped */
  constructor(notRun: string[]) {
    this.#notRun = notRun;
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const skipped = [
      ...tests.filter((test) => ['skipped', 'pending'].includes(test.result().state)).map((test) => test.fullName),
      ...this.#notRun,
    ];
    const passed = tests.filter((test) => test.result().state === 'passed').length;
    // A file that does not load and an error outside of any test have no test to fail, but the run is red.
    const failed =
      tests.filter((test) => test.result().state === 'failed').length +
      modules.filter((module) => module.errors().length > 0).length +
      unhandledErrors.length;
    process.once('exit', (code) => {
      for (const name of skipped) console.log(`skipped: ${name}`);
      // A run can be red with every test green, when a set-up failed: the line says so too.
      console.log(`${passed} passed, ${failed === 0 && code !== 0 ? 1 : failed} failed, ${skipped.length} skipped`);
    });
  }
}
