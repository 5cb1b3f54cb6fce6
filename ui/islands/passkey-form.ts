const QUESTION = { create: 'parseCreationOptionsFromJSON', get: 'parseRequestOptionsFromJSON' } as const;

/**
 * Holds a form that sends what a passkey answers. Where the browser knows passkeys the form comes out in place of the
 * sentence that says what is missing. On sending, the portal is asked for a question, the authenticator answers it, and
 * the form takes the answer along. `data-ask`: where the question is; `data-do`: create or get.
 */
export class PasskeyForm extends HTMLElement {
  #asking = false;

  connectedCallback() {
    const [without, within] = [this.querySelector<HTMLElement>('p'), this.querySelector<HTMLElement>('div')];
    const form = this.querySelector('form');
    if (!without || !within || !form || !knowsPasskeys()) return;
    without.hidden = true;
    within.hidden = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#send(form);
    });
  }

  async #send(form: HTMLFormElement) {
    // A second click would cancel what the first one asked.
    if (this.#asking) return;
    this.#asking = true;
    this.#say('asking');
    try {
      const answer = await this.#answer();
      if (answer === undefined) return;
      (form.querySelector('input[name="answer"]') as HTMLInputElement).value = answer;
      form.submit();
    } catch (error) {
      this.#say(sayingOf(error));
    } finally {
      this.#asking = false;
    }
  }

  async #answer(): Promise<string | undefined> {
    const response = await fetch(this.dataset['ask'] ?? '', { method: 'POST' });
    if (response.redirected) {
      // Logged off meanwhile, or for too long at this page: the portal asks who it is.
      location.assign(response.url);
      return undefined;
    }
    if (!response.ok) throw new Error(`The question was answered ${response.status}.`);
    const question = await response.json();
    const act = this.dataset['do'] === 'create' ? 'create' : 'get';
    const publicKey = PublicKeyCredential[QUESTION[act]](question);
    const credential = await navigator.credentials[act]({ publicKey } as CredentialCreationOptions);
    return JSON.stringify((credential as PublicKeyCredential).toJSON());
  }

  #say(what: string) {
    (this.querySelector('[role="status"]') as HTMLElement).textContent = this.dataset[what] ?? '';
  }
}

/** Browsers that do not turn questions and answers into JSON are some years old; their people have the other ways. */
function knowsPasskeys(): boolean {
  if (typeof PublicKeyCredential === 'undefined') return false;
  return QUESTION.create in PublicKeyCredential && 'toJSON' in PublicKeyCredential.prototype;
}

function sayingOf(error: unknown): string {
  const { name } = error as Error;
  if (name === 'NotAllowedError' || name === 'AbortError') return 'stopped';
  return name === 'InvalidStateError' ? 'known' : 'failed';
}
