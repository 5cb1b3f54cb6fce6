const KEPT = 'datestone-scanned';
const KEPT_HOURS = 24;

/**
 * The page behind a QR code: takes the request from behind the # of the address, keeps it on this phone for a day, so that a
 * reload where there is a signal still has it, and takes it out of the address bar. Then it goes on by itself, if it can;
 * otherwise the person sees what was read, and sends it on later.
 */
export class ScannedRequest extends HTMLElement {
  connectedCallback() {
    this.#read();
    // The next code may be opened in the same tab.
    addEventListener('hashchange', () => this.#read());
    this.querySelector('form')?.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#send(event.target as HTMLFormElement);
    });
  }

  #read() {
    const scanned = location.hash.slice(1);
    // Where nothing can be kept it stays in the address, which a reload keeps too.
    if (scanned && keep(scanned)) history.replaceState(null, '', location.pathname);
    const request = scanned || kept();
    const said = request && read(request);
    if (said) {
      for (const [name, value] of Object.entries(said)) {
        for (const place of this.querySelectorAll(`[data-value="${name}"]`)) place.textContent = value;
      }
      const field = this.querySelector<HTMLInputElement>('input[name="request"]');
      if (field) field.value = request;
    }
    this.#show(said ? 'read' : request ? 'damaged' : 'nothing');
    // Only what was scanned just now: who comes back to this page wants to stay on it.
    const form = this.querySelector('form');
    if (scanned && said && form) void this.#send(form);
  }

  #show(shown: string) {
    for (const part of this.querySelectorAll<HTMLElement>('[data-part]')) part.hidden = part.dataset['part'] !== shown;
  }

  /** A form that is sent without a signal leads to the browser's own page, away from here: so it is tried first. */
  async #send(form: HTMLFormElement) {
    const status = form.querySelector<HTMLElement>('[role="status"]');
    if (status) status.textContent = '';
    if (await hasSignal()) form.submit();
    else if (status) status.textContent = status.dataset['noSignal'] ?? '';
  }
}

/** What the request says of itself. Nobody has verified it yet; the portal does. */
function read(document: string): { name: string; 'short-id': string } | undefined {
  try {
    const [header, payload] = document.split('.').map(decoded) as [{ kid: string }, { server: { name: string } }];
    const shortId = /^([0-9A-Z]{5})([0-9A-Z]{5})[0-9A-Z]{50}$/.exec(header.kid);
    return shortId ? { name: String(payload.server.name), 'short-id': `${shortId[1]}-${shortId[2]}` } : undefined;
  } catch {
    return undefined;
  }
}

/** base64url of JSON; the signature, which is neither, is left out. */
function decoded(part: string, index: number): unknown {
  if (index > 1) return undefined;
  const bytes = Uint8Array.from(atob(part.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}

function keep(request: string): boolean {
  try {
    localStorage.setItem(KEPT, JSON.stringify({ request, at: Date.now() }));
    return true;
  } catch {
    return false;
  }
}

function kept(): string {
  try {
    const { request, at } = JSON.parse(localStorage.getItem(KEPT) ?? '{}') as { request?: string; at?: number };
    if (request && at && Date.now() - at < KEPT_HOURS * 3_600_000) return request;
    localStorage.removeItem(KEPT);
  } catch {
    // Nothing can be kept here.
  }
  return '';
}

async function hasSignal(): Promise<boolean> {
  try {
    await fetch(location.pathname, { method: 'HEAD', cache: 'no-store' });
    return true;
  } catch {
    return false;
  }
}
