import { shortId } from '../../core/system-id.ts';
import { Acts, Form, Go, LinkButton } from '../../ui/components/actions.tsx';
import { Section } from '../../ui/components/blocks.tsx';
import { Pair } from '../../ui/components/lists.tsx';
import { RegistrationNumber } from '../../ui/components/when.tsx';
import { registrationNumber } from '../../ui/text.ts';
import type { SignedIn } from '../http/visitor.ts';
import type { MergeFacts } from '../operations/merge.ts';
import type { RegistrationFacts } from '../store/facts.ts';
import { Frame } from './frame.tsx';
import { namesOfTold } from './people.ts';

interface MergeProps {
  visitor: SignedIn;
  portal: { name: string };
  kept: RegistrationFacts;
  fresh: RegistrationFacts;
  first: NonNullable<MergeFacts['first']>;
}

/** Which of the two stays, which one closes, and what becomes of the System IDs. */
export function MergePage({ visitor, portal, kept, fresh, first }: MergeProps) {
  const { t } = visitor;
  const { site, current } = kept;
  const ids = {
    site,
    id: <code>{shortId(first.system_id)}</code>,
    old: current && <code>{shortId(current.systemId)}</code>,
  };
  const systemId = current ? (first.proven ? 'merge.happens.2' : 'merge.happens.2-later') : 'merge.happens.2-first';
  const terms = (of: RegistrationFacts, id: string | undefined) => [
    { term: t('merge.site'), value: of.site },
    { term: t('merge.registration'), value: <RegistrationNumber number={of.number} /> },
    { term: t('merge.system-id'), value: id ? <code>{shortId(id)}</code> : t('review.no-system-id') },
  ];
  return (
    <Frame
      visitor={visitor}
      portalName={portal.name}
      heading={t('merge.h1', { number: registrationNumber(fresh.number), site })}
      system={{ systemId: first.system_id }}
    >
      <Pair
        now={{ heading: t('merge.kept'), facts: terms(kept, current?.systemId) }}
        after={{ heading: t('merge.fresh'), facts: terms(fresh, first.system_id) }}
      />
      <Section heading={t('review.happens')}>
        <ol>
          <li>{t('merge.happens.1', { site })}</li>
          <li>{t.rich(systemId, ids)}</li>
          <li>{t('merge.happens.3', { number: registrationNumber(fresh.number), site })}</li>
          <li>{t('review.mail', namesOfTold(kept, visitor))}</li>
        </ol>
      </Section>
      <Form action={`/systems/${fresh.number}/merge/${kept.number}`}>
        <Acts>
          <Go object={t('merge.object', { site })}>{t('merge.button')}</Go>
          <LinkButton href={`/systems/${fresh.number}`}>{t('review.cancel')}</LinkButton>
        </Acts>
      </Form>
    </Frame>
  );
}
