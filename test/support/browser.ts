import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** Debian's Chromium, as it starts without a desktop and without looking for the Internet. */
export function startBrowser(...more: string[]): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  });
}

/** A phone: 360 px wide. Most old machines of plant rooms have no script, so a journey says whether it has. */
export function phone(browser: Browser, options: { script: boolean }): Promise<BrowserContext> {
  return browser.newContext({
    viewport: { width: 360, height: 740 },
    javaScriptEnabled: options.script,
    locale: 'en-GB',
  });
}

/** What axe finds against WCAG 2.2 AA, in words that say where. Axe needs script, so the page is given to it as HTML. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    // What passed is not written out: that would take as long as looking for what did not.
    .options({ resultTypes: ['violations'] })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    // No page of ours has frames, so axe need not open a second page to look into them.
    .setLegacyMode()
    .analyze();
  return violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.target.join(' ')} – ${v.help}`));
}

/** By how many pixels the page is wider than the window: people would have to scroll sideways. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/**
 * The keyboard only: Tab until the control with these words has the focus. Fails when it comes round without meeting it.
 */
export class Keyboard {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Fills the field with this label. */
  async fill(label: string, text: string): Promise<void> {
    await this.#tabTo(label);
    await this.#page.keyboard.press('Control+A');
    await this.#page.keyboard.type(text);
  }

  /** Presses the button or follows the link. */
  async press(words: string): Promise<void> {
    await this.#tabTo(words);
    await Promise.all([this.#page.waitForEvent('framenavigated'), this.#page.keyboard.press('Enter')]);
    await this.#page.waitForLoadState('load');
  }

  /** The same where no page follows, but a file. */
  async activate(words: string): Promise<void> {
    await this.#tabTo(words);
    await this.#page.keyboard.press('Enter');
  }

  /** Chooses the radio button: Tab reaches the group, the arrows its members. */
  async choose(words: string): Promise<void> {
    await this.#tabTo(words, async () => {
      const focused = this.#page.locator(':focus');
      // Asking nothing for an attribute would wait for something to have the focus.
      const isRadio = (await focused.count()) > 0 && (await focused.getAttribute('type')) === 'radio';
      if (isRadio) await this.#page.keyboard.press('ArrowDown');
      return isRadio;
    });
    await this.#page.keyboard.press('Space');
  }

  async #tabTo(words: string, within?: () => Promise<boolean>): Promise<void> {
    const seen: string[] = [];
    for (let i = 0; i < 120; i++) {
      const name = await this.#focused();
      if (name.startsWith(words)) return;
      seen.push(name);
      if (!within || !(await within()) || seen.filter((s) => s === name).length > 1)
        await this.#page.keyboard.press('Tab');
    }
    throw new Error(`Tab never reached "${words}" on ${this.#page.url()}. It met: ${[...new Set(seen)].join(' | ')}`);
  }

  /** The accessible name of what has the focus. */
  async #focused(): Promise<string> {
    const locator = this.#page.locator(':focus');
    if ((await locator.count()) === 0) return '';
    const snapshot = await locator.ariaSnapshot();
    return /"((?:[^"\\]|\\.)*)"/.exec(snapshot)?.[1] ?? snapshot;
  }
}
