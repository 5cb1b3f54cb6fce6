import type { ConsentKind } from '../../core/consents.ts';
import type { Visitor } from '../http/visitor.ts';

/** The three things that what is shared is used for, in the order of the texts. */
export const CONSENT_USES = ['investigation', 'services', 'updates'] as const;

/** A text in full, sentence by sentence: for who shows it elsewhere. */
export function consentSentences({ t }: Pick<Visitor, 't'>, kind: ConsentKind): string[] {
  return [
    t(`consent.${kind}.what`),
    t('consent.uses'),
    ...CONSENT_USES.map((use) => `${t(`consent.use.${use}`)}: ${t(`consent.${kind}.${use}`)}`),
    t('consent.free'),
  ];
}
