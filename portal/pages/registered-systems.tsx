import { kindName } from '../../core/catalogue.ts';
import { shortId } from '../../core/system-id.ts';
import { Button, Form, GoLink, LinkButton, Links } from '../../ui/components/actions.tsx';
import { Section } from '../../ui/components/blocks.tsx';
import { SelectField, TextField } from '../../ui/components/fields.tsx';
import { Row, Rows } from '../../ui/components/lists.tsx';
import { Pages, Table } from '../../ui/components/table.tsx';
import { Ago, RegistrationNumber, Together, When } from '../../ui/components/when.tsx';
import { registrationNumber } from '../../ui/text.ts';
import type { SignedIn } from '../http/visitor.ts';
import type { OpenDraft } from '../store/drafts.ts';
import {
  PAGE_SIZE,
  STATE_FILTERS,
  type StateFilter,
  type SystemRow,
  type SystemsPage,
} from '../store/reads/registered-systems.ts';
import { Frame } from './frame.tsx';
import { noSystemId, StateOf } from './system-state.tsx';

interface RegisteredSystemsProps {
  visitor: SignedIn;
  portalName: string;
  systems: SystemsPage;
  drafts: OpenDraft[];
  search: string;
  state: StateFilter | undefined;
}

/** All registrations on which one has a seat, and the forms that one began and did not submit. */
export function RegisteredSystemsPage(props: RegisteredSystemsProps) {
  const { visitor, portalName, systems, drafts, search, state } = props;
  const { t } = visitor;
  const isNarrowed = search !== '' || state !== undefined;
  return (
    <Frame visitor={visitor} portalName={portalName} heading={t('systems.h1')} current="/systems" width="wide">
      {drafts.length > 0 && <Drafts visitor={visitor} drafts={drafts} />}
      {(systems.count > 0 || isNarrowed) && <Narrow visitor={visitor} search={search} state={state} />}
      {systems.count > 0 && <SystemsTable {...props} />}
      {systems.count === 0 && <Nothing visitor={visitor} isNarrowed={isNarrowed} />}
      <Pages page={systems.page} last={systems.last} href={(page) => systemsPath({ search, state, page })} />
      <Links
        items={[
          ...(systems.count > 0
            ? [
                { href: systemsPath({ search, state, page: 1 }, '/systems.csv'), text: t('systems.export-csv') },
                { href: systemsPath({ search, state, page: 1 }, '/systems.json'), text: t('systems.export-json') },
                { href: '/register', text: t('systems.register') },
              ]
            : []),
          { href: '/prepare', text: t('systems.prepare') },
        ]}
      />
    </Frame>
  );
}

function Narrow({ visitor: { t }, search, state }: Pick<RegisteredSystemsProps, 'visitor' | 'search' | 'state'>) {
  return (
    <Form action="/systems" method="get" search look="filter">
      <TextField name="q" type="search" label={t('systems.search')} hint={t('systems.search-hint')} value={search} />
      <SelectField
        name="state"
        label={t('systems.state')}
        none={t('systems.state.all')}
        options={STATE_FILTERS.map((value) => ({ value, text: t(`state.${value}`) }))}
        {...(state && { value: state })}
      />
      <Button>{t('systems.filter')}</Button>
    </Form>
  );
}

function SystemsTable({ visitor, systems: { rows, count, page } }: RegisteredSystemsProps) {
  const { t } = visitor;
  const from = (page - 1) * PAGE_SIZE + 1;
  return (
    <Table
      caption={
        count > rows.length
          ? t('systems.caption', { from, to: from + rows.length - 1, count })
          : t('systems.caption-all', { count })
      }
      columns={[
        t('systems.site'),
        t('systems.registration'),
        t('systems.server'),
        t('systems.system-id'),
        t('systems.state'),
        t('systems.last-heard'),
      ]}
      rows={rows.map((row) => [
        <SiteCell visitor={visitor} row={row} />,
        <RegistrationNumber number={row.number} />,
        <ServerCell visitor={visitor} row={row} />,
        row.systemId ? <code>{shortId(row.systemId)}</code> : noSystemId(visitor, row.state),
        <StateOf visitor={visitor} {...row} />,
        row.lastHeardAt ? <Ago at={row.lastHeardAt} now={visitor.now} /> : t('systems.never-heard'),
      ])}
    />
  );
}

const SiteCell = ({ visitor: { t }, row: { number, site, company, city } }: { visitor: SignedIn; row: SystemRow }) => (
  <>
    <a href={`/systems/${number}`}>{site}</a> <small>{t('systems.place', { company, city })}</small>
  </>
);

const ServerCell = ({ visitor: { t }, row: { kind, server, plannedServer } }: { visitor: SignedIn; row: SystemRow }) =>
  kind ? (
    <>
      {kindName(kind)} {server && <Together>{server}</Together>}
    </>
  ) : (
    <>{plannedServer ? t('system.planned-server', { name: plannedServer }) : '–'}</>
  );

function Nothing({ visitor: { t }, isNarrowed }: { visitor: SignedIn; isNarrowed: boolean }) {
  if (isNarrowed) {
    return (
      <>
        <p>{t('systems.not-found')}</p>
        <Links items={[{ href: '/systems', text: t('systems.show-all') }]} />
      </>
    );
  }
  return (
    <>
      <p>{t('systems.none')}</p>
      <p>{t.rich('systems.none-how')}</p>
      <p>
        <GoLink href="/register">{t('systems.register')}</GoLink>
      </p>
    </>
  );
}

function Drafts({ visitor, drafts }: { visitor: SignedIn; drafts: OpenDraft[] }) {
  const { t } = visitor;
  return (
    <Section heading={t('drafts.heading')}>
      <Rows>
        {drafts.map((draft) => {
          const name = nameOf(draft, t);
          const href = formOf(draft);
          return (
            <Row
              heading={name}
              act={
                <Form action={`/drafts/${draft.id}/discard`}>
                  {href && (
                    <LinkButton href={href} object={name}>
                      {t('drafts.go-on')}
                    </LinkButton>
                  )}{' '}
                  <Button object={name}>{t('drafts.discard')}</Button>
                </Form>
              }
            >
              <p>
                {draft.systemId
                  ? t.rich('drafts.new', { id: <code>{shortId(draft.systemId)}</code> })
                  : draft.registration
                    ? t('drafts.edit', { number: registrationNumber(draft.registration) })
                    : t('drafts.prepared')}
              </p>
              <p class="note">{t.rich('drafts.saved', { at: <When at={draft.updatedAt} /> })}</p>
              {!href && <p>{t.rich('drafts.without-request')}</p>}
            </Row>
          );
        })}
      </Rows>
    </Section>
  );
}

const nameOf = ({ site }: OpenDraft, t: SignedIn['t']): string => site ?? t('drafts.without-name');

function formOf({ registration, request, preparation }: OpenDraft): string | undefined {
  if (preparation) return `/prepare/${preparation}/form`;
  if (registration) return `/systems/${registration}/form`;
  return request ? `/requests/${request}/form` : undefined;
}

function systemsPath(
  to: { search: string; state: StateFilter | undefined; page: number },
  path: '/systems' | '/systems.csv' | '/systems.json' = '/systems',
): string {
  const query = new URLSearchParams({
    ...(to.search && { q: to.search }),
    ...(to.state && { state: to.state }),
    ...(to.page > 1 && { page: String(to.page) }),
  });
  return query.size > 0 ? `${path}?${query}` : path;
}
