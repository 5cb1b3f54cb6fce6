/**
 * A browser without script: it gets pages, fills their forms in by the names of the fields, sends them, follows
 * redirects and keeps cookies. It reads our own pages, which are well-formed; it is no parser for others.
 */

export interface Page {
  /** Where it was found in the end. */
  url: string;
  status: number;
  html: string;
  headers: Headers;
}

export interface Form {
  action: string;
  method: string;
  /** What the page itself put into the fields, hidden ones included. */
  fields: [string, string][];
  /** The buttons, by their words. */
  buttons: {
    words: string;
    name: string | undefined;
    value: string;
    disabled: boolean;
    /** Where it sends the form to, if not to the form's own address. */
    action: string | undefined;
  }[];
}

type Values = Record<string, string | string[]>;

export class FormClient {
  /** Redirects to an address that begins so are not followed: the page says where they lead. */
  stopBefore: string | undefined;
  // Cookies ignore ports: one jar a host name, as a browser keeps them.
  readonly #cookies = new Map<string, Map<string, string>>();

  get(url: string): Promise<Page> {
    return this.#send(url, { method: 'GET' });
  }

  /**
   * Sends the form that has a button with these words, with these values over the page's own. The button counts as
   * pressed. Throws if the page has no such button or form field: a walk that lost its way.
   */
  async press(page: Page, button: string, values: Values = {}): Promise<Page> {
    const form = formsOf(page.html).find((f) => f.buttons.some((b) => b.words.startsWith(button) && !b.disabled));
    if (!form) throw new Error(`There is no button "${button}" on ${page.url}: ${textOf(page.html).slice(0, 600)}`);
    const pressed = form.buttons.find((b) => b.words.startsWith(button) && !b.disabled);
    const body = new URLSearchParams(form.fields.filter(([name]) => !(name in values)));
    for (const [name, value] of Object.entries(values)) for (const one of [value].flat()) body.append(name, one);
    if (pressed?.name) body.append(pressed.name, pressed.value);
    return this.submit(page, { ...form, action: pressed?.action ?? form.action }, body);
  }

  submit(page: Page, form: Pick<Form, 'action' | 'method'>, body: URLSearchParams): Promise<Page> {
    const action = new URL(form.action, page.url);
    if (form.method === 'get') {
      action.search = body.toString();
      return this.#send(action.href, { method: 'GET' });
    }
    return this.#send(action.href, {
      method: 'POST',
      body: body.toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: new URL(page.url).origin },
    });
  }

  /** Sends the form that has a button with these words, with these files in the field. */
  upload(page: Page, button: string, field: string, ...files: File[]): Promise<Page> {
    const form = formsOf(page.html).find((f) => f.buttons.some((b) => b.words.startsWith(button)));
    if (!form) throw new Error(`There is no button "${button}" on ${page.url}.`);
    const body = new FormData();
    for (const file of files) body.append(field, file);
    const headers = { origin: new URL(page.url).origin };
    return this.#send(new URL(form.action, page.url).href, { method: 'POST', body, headers });
  }

  /** Follows the link with these words. */
  follow(page: Page, words: string): Promise<Page> {
    for (const [, href, inside] of page.html.matchAll(/<a\b[^>]*\bhref="([^"]*)"[^>]*>(.*?)<\/a>/gs)) {
      if (textOf(inside ?? '').startsWith(words)) return this.get(new URL(unescape(href ?? ''), page.url).href);
    }
    throw new Error(`There is no link "${words}" on ${page.url}: ${textOf(page.html).slice(0, 600)}`);
  }

  async #send(url: string, init: RequestInit & { headers?: Record<string, string> }, redirects = 0): Promise<Page> {
    const { host, hostname } = new URL(url);
    const jar = this.#cookies.get(hostname) ?? new Map<string, string>();
    this.#cookies.set(hostname, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...init.headers, ...(cookie && { cookie }) },
    });
    for (const set of response.headers.getSetCookie()) keep(jar, set);
    const location = response.headers.get('location');
    if (!location) return { url, status: response.status, html: await response.text(), headers: response.headers };
    await response.arrayBuffer();
    if (redirects > 10) throw new Error(`Redirected in a circle at ${host}.`);
    const next = new URL(location, url).href;
    if (this.stopBefore && next.startsWith(this.stopBefore)) {
      return { url: next, status: response.status, html: '', headers: response.headers };
    }
    // 307 sends the same once more elsewhere; all others ask for a page.
    return this.#send(next, response.status === 307 ? init : { method: 'GET' }, redirects + 1);
  }
}

function keep(jar: Map<string, string>, setCookie: string): void {
  const [pair = '', ...attributes] = setCookie.split(';');
  const name = pair.slice(0, pair.indexOf('=')).trim();
  const value = pair.slice(pair.indexOf('=') + 1);
  const gone = value === '' || attributes.some((a) => /^\s*(max-age=0|expires=Thu, 01 Jan 1970)/i.test(a));
  if (gone) jar.delete(name);
  else jar.set(name, value);
}

export function formsOf(html: string): Form[] {
  return [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(([, attributes = '', inside = '']) => ({
    action: attribute(attributes, 'action') ?? '',
    method: (attribute(attributes, 'method') ?? 'get').toLowerCase(),
    fields: fieldsOf(inside),
    buttons: [...inside.matchAll(/<button\b([^>]*)>(.*?)<\/button>/gs)].map(([, button = '', words = '']) => ({
      words: textOf(words),
      name: attribute(button, 'name'),
      value: attribute(button, 'value') ?? '',
      disabled: /\bdisabled\b/.test(button),
      action: attribute(button, 'formaction'),
    })),
  }));
}

function fieldsOf(html: string): [string, string][] {
  const fields: [string, string][] = [];
  for (const [, input = ''] of html.matchAll(/<input\b([^>]*)>/g)) {
    const name = attribute(input, 'name');
    const type = attribute(input, 'type') ?? 'text';
    const chosen = !['radio', 'checkbox'].includes(type) || /\bchecked\b/.test(input);
    if (name && chosen && !['submit', 'file'].includes(type)) fields.push([name, attribute(input, 'value') ?? '']);
  }
  for (const [, area = '', inside = ''] of html.matchAll(/<textarea\b([^>]*)>(.*?)<\/textarea>/gs)) {
    const name = attribute(area, 'name');
    if (name) fields.push([name, unescape(inside)]);
  }
  for (const [, select = '', inside = ''] of html.matchAll(/<select\b([^>]*)>(.*?)<\/select>/gs)) {
    const name = attribute(select, 'name');
    const options = [...inside.matchAll(/<option\b([^>]*)>/g)].map(([, option = '']) => option);
    const chosen = options.find((option) => /\bselected\b/.test(option)) ?? options[0];
    if (name) fields.push([name, attribute(chosen ?? '', 'value') ?? '']);
  }
  return fields;
}

function attribute(attributes: string, name: string): string | undefined {
  const value = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1];
  return value === undefined ? undefined : unescape(value);
}

/** The words of a page or a part of it, as somebody would read them. */
export function textOf(html: string): string {
  const words = html
    .replace(/<(script|style|head)\b.*?<\/\1>/gs, ' ')
    .replace(/<\/?(a|b|code|em|small|span|strong|time)\b[^>]*>/g, '')
    .replace(/<[^>]*>/g, ' ');
  return unescape(words).replace(/\s+/g, ' ').trim();
}

/** The page's one H1. */
export function headingOf(page: Page): string {
  return textOf(/<h1\b[^>]*>(.*?)<\/h1>/s.exec(page.html)?.[1] ?? '');
}

function unescape(text: string): string {
  return text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');
}
