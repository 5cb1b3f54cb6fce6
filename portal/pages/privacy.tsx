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

interface PrivacyProps {
  visitor: Visitor;
  portal: { name: string; keepMailsDays: number; keepClosedDays: number };
}

export function PrivacyPage({ visitor, portal }: PrivacyProps) {
  const t = visitor.t as (key: string, values: Record<string, number>) => string;
  const days = { mails: portal.keepMailsDays, closed: portal.keepClosedDays };
  return (
    <Frame visitor={visitor} portalName={portal.name} heading={visitor.t('privacy.h1')}>
      {Object.entries(PARTS).map(([part, sentences]) => (
        <Section heading={t(`privacy.${part}`, days)}>
          <ul>
            {sentences.map((sentence) => (
              <li>{t(`privacy.${part}.${sentence}`, days)}</li>
            ))}
          </ul>
        </Section>
      ))}
    </Frame>
  );
}
