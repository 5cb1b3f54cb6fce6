import axe from 'axe-core';
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

/** What axe finds against WCAG 2.2 AA, in words that say where. Axe needs script: see `showCopy`. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const { violations } = (await page.evaluate(
    `axe.run(${JSON.stringify({
      runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
      // What passed is not written out: that would take as long as looking for what did not.
      resultTypes: ['violations'],
    })})`,
  )) as axe.AxeResults;
  return violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.target.join(' ')} – ${v.help}`));
}

/** Gives `looking`, which runs script, the page as it is now. */
export async function showCopy(looking: Page, page: Page): Promise<void> {
  const html = await page.content();
  const { origin } = new URL(page.url());
  // Any page of the same origin, for what the copy links to. It stays there, and keeps axe.
  if (!looking.url().startsWith(`${origin}/`)) await looking.goto(`${origin}/privacy`);
  await looking.setContent(html);
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
    await this.#tabNear(words);
    const seen: string[] = [];
    for (let i = 0; i < 120; i++) {
      const around = await this.#wordsAtFocus();
      if (around.includes(words) && (await this.#nameOfFocused()).startsWith(words)) return;
      seen.push(around);
      if (!within || !(await within()) || seen.filter((s) => s === around).length > 1)
        await this.#page.keyboard.press('Tab');
    }
    throw new Error(`Tab never reached "${words}" on ${this.#page.url()}. It met: ${[...new Set(seen)].join(' | ')}`);
  }

  /**
   * As many Tabs at once as there seem to be to go: one after the other takes four times as long. Where it was miscounted,
   * what follows goes on from where that leads.
   */
  async #tabNear(words: string): Promise<void> {
    const stops = await this.#page.evaluate<number>(`(() => {
      const words = ${JSON.stringify(words)};
      const wordsOf = (at) => [at, ...(at.labels ?? [])].map((from) => from.textContent).join(' ').replace(/\\s+/g, ' ');
      const controls = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')].filter(
        (at) => !at.disabled && at.type !== 'hidden' && at.checkVisibility());
      const from = controls.indexOf(document.activeElement);
      const ahead = [...controls.slice(from + 1), ...controls.slice(0, from + 1)];
      const to = ahead.findIndex((at) => wordsOf(at).includes(words));
      // The members of a group of radio buttons are one stop.
      return new Set(ahead.slice(0, to + 1).map((at) => (at.type === 'radio' ? at.name : at))).size;
    })()`);
    await Promise.all(Array.from({ length: stops }, () => this.#page.keyboard.press('Tab')));
  }

  /** All words that can be a part of the name of what has the focus: quicker to get than the name. */
  async #wordsAtFocus(): Promise<string> {
    const words = await this.#page.evaluate<string>(`(() => {
      const at = document.activeElement;
      const named = (at.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id));
      const texts = [at, ...(at.labels ?? []), ...named].map((from) => from?.textContent);
      return at === document.body ? '' : [...texts, at.getAttribute('aria-label'), at.title].join(' ');
    })()`);
    return words.replace(/\s+/g, ' ').trim();
  }

  /** The accessible name of what has the focus. */
  async #nameOfFocused(): Promise<string> {
    const snapshot = await this.#page.locator(':focus').ariaSnapshot();
    return /"((?:[^"\\]|\\.)*)"/.exec(snapshot)?.[1] ?? snapshot;
  }
}
