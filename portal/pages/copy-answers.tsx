import { Acts, Button, Form, Links, Select } from '../../ui/components/actions.tsx';
import { Section } from '../../ui/components/blocks.tsx';
import { TextField } from '../../ui/components/fields.tsx';
import { Row, Rows } from '../../ui/components/lists.tsx';
import { Pages } from '../../ui/components/table.tsx';
import { RegistrationNumber } from '../../ui/components/when.tsx';
import type { SignedIn } from '../http/visitor.ts';
import type { Draft } from '../store/drafts.ts';
import type { SystemsPage } from '../store/reads/registered-systems.ts';
import type { FormOutline } from './form-step.tsx';
import { Frame } from './frame.tsx';

interface CopyPageProps {
  visitor: SignedIn;
  portalName: string;
  outline: FormOutline;
  draft: Draft | undefined;
  systems: SystemsPage;
  search: string;
}

/** *Copy from another registration*: one of one's own, whose answers a new form starts with. */
export function CopyPage({ visitor, portalName, outline, draft, systems, search }: CopyPageProps) {
  const { t } = visitor;
  const path = `${outline.path}/copy`;
  const { rows, count, page, last } = systems;
  return (
    <Frame
      visitor={visitor}
      portalName={portalName}
      heading={t('copy.h1')}
      {...(outline.system && { system: outline.system })}
    >
      <p>{t('copy.intro')}</p>
      {draft && <p>{t('copy.replaces')}</p>}
      <Links items={[{ href: `${outline.path}/${outline.steps[0]}`, text: t('form.back') }]} />
      <Section heading={t('systems.h1')}>
        {(count > 0 || search !== '') && (
          <Form action={path} method="get" search>
            <TextField
              name="q"
              type="search"
              label={t('systems.search')}
              hint={t('systems.search-hint')}
              value={search}
            />
            <Acts>
              <Button>{t('systems.search')}</Button>
            </Acts>
          </Form>
        )}
        {count === 0 && <p>{t(search === '' ? 'systems.none' : 'systems.not-found')}</p>}
        <Rows>
          {rows.map(({ number, site, company, city }) => (
            <Row
              heading={site}
              act={
                <Form action={`${path}/${number}`}>
                  <Select object={t('copy.object', { site })}>{t('copy.copy')}</Select>
                </Form>
              }
            >
              <p>{t('systems.place', { company, city })}</p>
              <p class="note">
                {t('systems.registration')} <RegistrationNumber number={number} />
              </p>
            </Row>
          ))}
        </Rows>
        <Pages
          page={page}
          last={last}
          href={(to) => `${path}?${new URLSearchParams({ q: search, page: String(to) })}`}
        />
      </Section>
    </Frame>
  );
}
