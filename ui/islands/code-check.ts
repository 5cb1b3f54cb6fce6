import { checkCode } from './check-code.ts';

const PAUSE = 1000; // ms without a key before anything is read aloud

/**
 * Stands around the field of a code and says where to look, while it is typed. What it says comes in data-right,
 * data-count and so on; `data-kind` is which code. The server checks again, and says more.
 */
export class CodeCheckElement extends HTMLElement {
  #shown = document.createElement('p');
  #heard = document.createElement('p');
  #pause = 0;

  connectedCallback() {
    const typed = this.querySelector<HTMLInputElement | HTMLTextAreaElement>('input, textarea');
    if (!typed) return;
    this.#shown.className = 'checked';
    // Those who hear the page are told once, after a pause, and not at every key.
    this.#shown.setAttribute('aria-hidden', 'true');
    this.#heard.className = 'said';
    this.#heard.setAttribute('role', 'status');
    this.append(this.#shown, this.#heard);
    typed.addEventListener('input', () => this.#check(typed.value));
    typed.addEventListener('keydown', (event) => sendOnEnter(event as KeyboardEvent, typed));
  }

  #check(typed: string) {
    const check = checkCode(typed, this.dataset['kind']);
    const values: Record<string, string | number> = { ...check };
    const sentence = check ? (this.dataset[check.outcome] ?? '') : '';
    this.#shown.dataset['outcome'] = check?.outcome ?? '';
    this.#shown.textContent = sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => {
      this.#heard.textContent = this.#shown.textContent;
    }, PAUSE);
  }
}

/** A code has no lines of its own: where it stands in two, Enter sends it as it does in a field of one line. */
function sendOnEnter(event: KeyboardEvent, typed: HTMLInputElement | HTMLTextAreaElement) {
  if (event.key !== 'Enter' || event.isComposing || typed.tagName !== 'TEXTAREA') return;
  event.preventDefault();
  typed.form?.querySelector('button')?.click();
}
