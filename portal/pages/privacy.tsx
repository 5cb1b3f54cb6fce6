import { Section } from '../../ui/components/blocks.tsx';
import type { Visitor } from '../http/visitor.ts';
import { Frame } from './frame.tsx';

const PARTS = {
  what: ['account', 'log-on', 'registration', 'request', 'check-in', 'history', 'invitation', 'mail'],
  why: ['reach', 'find', 'tell'],
  who: ['parties', 'operator', 'site', 'asked', 'nobody'],
  long: ['kept', 'ask'],
  cookies: ['text'],
} as const;

export function PrivacyPage({ visitor, portalName }: { visitor: Visitor; portalName: string }) {
  const t = visitor.t as (key: string) => string;
  return (
    <Frame visitor={visitor} portalName={portalName} heading={t('privacy.h1')}>
      {Object.entries(PARTS).map(([part, sentences]) => (
        <Section heading={t(`privacy.${part}`)}>
          <ul>
            {sentences.map((sentence) => (
              <li>{t(`privacy.${part}.${sentence}`)}</li>
            ))}
          </ul>
        </Section>
      ))}
    </Frame>
  );
}
