const FIRST = 2000; // ms until the first look; each later one waits half as long again
const LONGEST = 15_000;

/**
 * A part of a page that waits for something. It fetches the page named by `url` and, once the part of the same id there has
 * another `state`, shows that one in its place: the page itself is never loaded again, and what changes is announced by the
 * role="status" that is its first child. Without `url` it does not wait (any more).
 */
export class WaitFor extends HTMLElement {
  #timer = 0;

  connectedCallback() {
    if (this.getAttribute('url')) this.#lookIn(FIRST);
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
  }

  #lookIn(wait: number) {
    this.#timer = setTimeout(() => void this.#look(wait), wait);
  }

  async #look(wait: number) {
    const next = Math.min(wait * 1.5, LONGEST);
    // Nobody looks at a hidden page; the portal need not answer it.
    if (document.hidden) return this.#lookIn(next);
    const page = await fetched(this.getAttribute('url') as string);
    if (page === undefined) return this.#lookIn(next);
    const there = page.getElementById(this.id);
    // Logged off, or the page is another one now: a click on "Check now" will show it.
    if (!there) return;
    if (there.getAttribute('state') !== this.getAttribute('state')) {
      this.#become(there);
      callItself(page);
    }
    if (this.getAttribute('url')) this.#lookIn(next);
  }

  #become(there: HTMLElement) {
    const hadFocus = this.contains(document.activeElement);
    for (const name of ['state', 'url']) {
      const value = there.getAttribute(name);
      if (value === null) this.removeAttribute(name);
      else this.setAttribute(name, value);
    }
    const [live, ...others] = this.children;
    const [liveThere, ...othersThere] = there.children;
    // The live region itself stays and its content changes: a new live region would not be read.
    if (live && liveThere) live.replaceChildren(...liveThere.childNodes);
    for (const other of others) other.remove();
    this.append(...othersThere);
    if (hadFocus) this.focus();
  }
}

/** What has come may change what the page is called: "One step left" is done. */
function callItself(page: Document) {
  document.title = page.title;
  const [here, there] = [document.querySelector('h1'), page.querySelector('h1')];
  if (here && there) here.textContent = there.textContent;
}

async function fetched(url: string): Promise<Document | undefined> {
  try {
    const response = await fetch(url, { headers: { accept: 'text/html' } });
    if (!response.ok) return undefined;
    return new DOMParser().parseFromString(await response.text(), 'text/html');
  } catch {
    return undefined; // no connection now; the next look may have one
  }
}
