import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { accessibilityProblems, Keyboard, overflow, phone, showCopy } from './browser.ts';

/** Somebody at a browser, on a phone's width, without a mouse. Every page that is reached is looked at. */
export class Walker {
  readonly page: Page;
  readonly keyboard: Keyboard;
  steps = 0;
  /** Characters that were typed, but for spaces and dashes. */
  typed = 0;
  readonly #looking: Page | undefined;

  constructor(page: Page, looking: Page | undefined) {
    this.page = page;
    this.keyboard = new Keyboard(page);
    this.#looking = looking;
  }

  async open(url: string): Promise<void> {
    await this.page.goto(url);
    await this.look();
  }

  async fill(label: string, text: string): Promise<void> {
    this.steps++;
    this.typed += text.replace(/[\s-]/g, '').length;
    await this.keyboard.fill(label, text);
  }

  async choose(words: string): Promise<void> {
    this.steps++;
    await this.keyboard.choose(words);
  }

  async press(words: string): Promise<void> {
    this.steps++;
    await this.keyboard.press(words);
    await this.look();
  }

  /** Saves what a link or button gives, under the name that it is given, and tells where. */
  async save(words: string, folder: string): Promise<string> {
    this.steps++;
    const [download] = await Promise.all([this.page.waitForEvent('download'), this.keyboard.activate(words)]);
    const path = join(folder, download.suggestedFilename());
    await download.saveAs(path);
    return path;
  }

  /** Chooses a file: the browser's own dialog is not a page. */
  async load(label: string, path: string): Promise<void> {
    this.steps++;
    await this.page.getByLabel(label).setInputFiles(path);
  }

  /** Waits for a page that comes by itself. */
  async reach(heading: string): Promise<void> {
    await this.page.getByRole('heading', { level: 1, name: heading }).waitFor();
    await this.look();
  }

  async heading(): Promise<string> {
    return (await this.page.locator('h1').innerText()).replace(/\s+/g, ' ');
  }

  /**
   * No sideways scroll, and nothing that axe finds: once for each page, for the walks of a file come by the same ones. Where
   * the page has no script, axe is given a copy of it that has.
   */
  private async look(): Promise<void> {
    expect(await this.page.locator('h1').count(), this.page.url()).toBe(1);
    const seen = [this.#looking ? 'without script' : 'with script', addressOf(this.page), await this.heading()].join(
      ' ',
    );
    if (LOOKED_AT.has(seen)) return;
    LOOKED_AT.add(seen);
    const looked = this.#looking ?? this.page;
    if (this.#looking) await showCopy(this.#looking, this.page);
    expect(await overflow(looked), `${this.page.url()} is wider than the phone`).toBeLessThanOrEqual(0);
    expect(await accessibilityProblems(looked), this.page.url()).toEqual([]);
  }
}

const LOOKED_AT = new Set<string>();

/** Without host and numbers: two servers have the same pages. */
function addressOf(page: Page): string {
  return new URL(page.url()).pathname.replace(/[0-9a-f-]{36}|[0-9]{8}/g, '*');
}

export async function walker(
  browser: Browser,
  { script }: { script: boolean },
): Promise<{ walk: Walker; close(): Promise<void> }> {
  const contexts: BrowserContext[] = [await phone(browser, { script })];
  if (!script) contexts.push(await phone(browser, { script: true }));
  const [page, looking] = await Promise.all(contexts.map((context) => context.newPage()));
  return {
    walk: new Walker(page as Page, looking),
    close: async () => {
      await Promise.all(contexts.map((context) => context.close()));
    },
  };
}
