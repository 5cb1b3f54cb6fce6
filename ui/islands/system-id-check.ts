import { checkLines, type LineCheck } from './check-lines.ts';

const PAUSE = 1000; // ms without a key before anything is read aloud

/**
 * Stands around the text area of a System ID and says of each line whether it is right, while it is typed. The sentences
 * come in data-right, data-wrong, data-count, data-character and data-place. The server checks again, and says more.
 */
export class SystemIdCheck extends HTMLElement {
  #shown = document.createElement('ul');
  #heard = document.createElement('p');
  #pause = 0;

  connectedCallback() {
    const typed = this.querySelector('textarea');
    if (!typed) return;
    this.#shown.className = 'lines';
    // Those who hear the page are told once, after a pause, and not at every key.
    this.#shown.setAttribute('aria-hidden', 'true');
    this.#heard.className = 'said';
    this.#heard.setAttribute('role', 'status');
    this.append(this.#shown, this.#heard);
    typed.addEventListener('input', () => this.#check(typed.value));
    if (typed.value) this.#check(typed.value);
  }

  #check(typed: string) {
    const lines = checkLines(typed);
    this.#shown.replaceChildren(
      ...lines.map((line, index) => {
        const item = document.createElement('li');
        item.className = line.outcome === 'right' ? 'right' : line.outcome === 'count' ? 'open' : 'doubtful';
        item.textContent = this.#sentence(line, index + 1);
        return item;
      }),
    );
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => {
      this.#heard.textContent = lines.map((line, index) => this.#sentence(line, index + 1)).join('. ');
    }, PAUSE);
  }

  #sentence(check: LineCheck, line: number): string {
    const values: Record<string, string | number> = { line, ...check };
    return (this.dataset[check.outcome] ?? '').replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
  }
}
