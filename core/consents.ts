/**
 * What the end user may agree to share: two consents, each given or declined for itself, withdrawn at any time. A consent is
 * to a version of the text that was shown.
 */

export const CONSENT_KINDS = ['system', 'personal'] as const;
export type ConsentKind = (typeof CONSENT_KINDS)[number];

/** The version of the texts that are shown now. Who changes a text gives it another: a test holds both together. */
export const CONSENT_VERSION = '2026-11';

/** The last word on one kind. */
export interface Consent {
  kind: ConsentKind;
  given: boolean;
  /** Of the text that was agreed to. */
  version: string;
  at: Date;
}

/** What the record of a registration says; nothing where nothing is shared. */
export function consentsInRecord(
  consents: readonly Pick<Consent, 'kind' | 'given' | 'version'>[],
): { system: boolean; personal: boolean; version: string } | undefined {
  const given = consents.filter((consent) => consent.given);
  const has = (kind: ConsentKind) => given.some((consent) => consent.kind === kind);
  // Given at two times they can be to two texts: what a site shows is the older, which says no more than was agreed to.
  const [version] = given.map((consent) => consent.version).sort();
  return version === undefined ? undefined : { system: has('system'), personal: has('personal'), version };
}
