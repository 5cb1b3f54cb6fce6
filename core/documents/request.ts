// A request: "register me, or tell me what I am" (docs/documents.md, "Request"). A browser carries it to the portal, or a
// file or QR code does.

import { z } from 'zod';
import {
  type AcceptedFromSystem,
  fromSystem,
  introduction,
  openFromSystem,
  type PortalForDocuments,
  type RefusedFromSystem,
  type Speaker,
} from './from-system.ts';
import { sign } from './jws.ts';
import { name } from './members.ts';

export { type PortalForDocuments, systemIdIn } from './from-system.ts';

const TYP = 'datestone-request+jwt';

export const serverSchema = z.object({ kind: name, product: name, version: name, name });

const requestSchema = fromSystem.extend({
  via: z.enum(['browser', 'file']),
  server: serverSchema,
  shadows: z.int().min(0),
  return_to: z.string().refine(acceptableReturnTo).optional(),
});

export type Server = z.infer<typeof serverSchema>;
type Request = z.infer<typeof requestSchema>;

export interface NewRequest extends Speaker {
  /** `browser`: made for the click of an administrator who is logged on; `file`: for a QR code or a file. */
  via: 'browser' | 'file';
  server: Server;
  shadows: number;
  returnTo?: string | undefined;
}

/** A request, signed by the system. Throws if the portal would refuse it. */
export async function makeRequest({ via, server, shadows, returnTo, ...speaker }: NewRequest): Promise<string> {
  const request: Request = {
    ...introduction(speaker),
    via,
    server,
    shadows,
    ...(returnTo !== undefined && { return_to: returnTo }),
  };
  return sign(TYP, speaker.keys.systemId, requestSchema.parse(request), speaker.keys.ed25519Secret);
}

export type RequestReading = (Omit<AcceptedFromSystem<Request>, 'payload'> & { request: Request }) | RefusedFromSystem;

/**
 * Reads a request at the portal. `pinned`: the Ed25519 key (base64url) that it has for `systemIdIn(document)`, if any.
 * Whether its `n` is a new one is for the portal to say, which keeps the highest.
 */
export async function openRequest(
  document: string,
  portal: PortalForDocuments,
  pinned: string | undefined,
): Promise<RequestReading> {
  const opened = await openFromSystem(document, TYP, requestSchema, portal, pinned);
  if (opened.outcome === 'refused') return opened;
  const { payload, ...rest } = opened;
  return { ...rest, request: payload };
}

/**
 * Whether the portal may offer to lead a browser back to this address: the one page of an agent that takes records, and
 * nothing that could carry more or look like another host.
 */
export function acceptableReturnTo(text: string): boolean {
  // The characters that would make a part which is not allowed, or that browsers read otherwise than they look.
  if (text.length > 200 || /[?#@\\\s]/.test(text)) return false;
  try {
    const url = new URL(text);
    return /^https?:$/.test(url.protocol) && url.pathname === '/registration/back';
  } catch {
    return false;
  }
}
