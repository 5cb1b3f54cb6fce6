// What a file or a QR code says, before anything of it is believed: a request, or what it is instead. In a QR code a
// request stands behind the `#` of a link (docs/documents.md, "Request"); in a file it stands alone.

import { MAX_BYTES, peek, unpack } from './jws.ts';

const REQUEST = 'datestone-request+jwt';

/** Nothing that is longer can be a request, whatever stands around it. */
export const LONGEST_BROUGHT_TEXT = 2 * MAX_BYTES[REQUEST];

export type NotARequest =
  /** Nothing that we know. */
  | 'not-a-request'
  /** It looks like one, but not all of it is there. */
  | 'damaged'
  /** It goes the other way: from the portal to a server. */
  | 'record'
  | 'bundle'
  /** A link, but to something else: on a label, for example. */
  | 'other-link'
  | 'too-large';

export type BroughtText =
  /** `portal`: the address that the link leads to; a file does not say. */
  { outcome: 'request'; document: string; portal: string | undefined } | { outcome: 'refused'; why: NotARequest };

export function readBroughtText(text: string): BroughtText {
  if (text.length > LONGEST_BROUGHT_TEXT) return refused('too-large');
  const { document, portal } = documentIn(text);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(document)) return refused('other-link');
  return readDocument(document, portal);
}

/** What a person would take for the document: programs that send and save files add marks, spaces and line ends. */
export function documentIn(text: string): { document: string; portal: string | undefined } {
  const written = text.replace(/[\s\uFEFF]/g, '');
  const link = /^(https?:\/\/[^#]+)\/r#(.*)$/i.exec(written);
  return { document: link?.[2] ?? written, portal: link?.[1] };
}

function readDocument(document: string, portal: string | undefined): BroughtText {
  switch (peek(document)?.typ) {
    case REQUEST:
      return unpack(document, REQUEST).outcome === 'unpacked'
        ? { outcome: 'request', document, portal }
        : refused('damaged');
    case 'datestone-record+jwt':
      return refused('record');
    case 'datestone-bundle+jwt':
      return refused('bundle');
    case undefined:
      // A header begins like this, as far as it got.
      return refused(document.startsWith('eyJ') || portal !== undefined ? 'damaged' : 'not-a-request');
    default:
      return refused('not-a-request');
  }
}

function refused(why: NotARequest): BroughtText {
  return { outcome: 'refused', why };
}
