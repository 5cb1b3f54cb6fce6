import { isAlive } from '../../core/association.ts';
import { kindName } from '../../core/catalogue.ts';
import { shortId } from '../../core/system-id.ts';
import { Acts, Button, Form, Go, LinkButton, Select } from '../../ui/components/actions.tsx';
import { Section, State } from '../../ui/components/blocks.tsx';
import { ChoiceField, TextField } from '../../ui/components/fields.tsx';
import { Row, Rows } from '../../ui/components/lists.tsx';
import { Pages } from '../../ui/components/table.tsx';
import { Ago, Together, When } from '../../ui/components/when.tsx';
import { dateOf, registrationNumber } from '../../ui/text.ts';
import type { SignedIn } from '../http/visitor.ts';
import type { BroughtRequest } from '../store/facts.ts';
import type { Choice, ChoicesPage, Show } from '../store/reads/choices.ts';
import { Frame } from './frame.tsx';
import { systemOf } from './proceed.tsx';

interface ChooseProps {
  visitor: SignedIn;
  portal: { name: string; checkInSeconds: number };
  brought: BroughtRequest;
  choices: ChoicesPage;
  search: string;
  show: Show;
}

/** The System association page: the registration that the new System ID belongs to is chosen among one's own. */
export function ChoosePage(props: ChooseProps) {
  const { visitor, portal, brought, choices, search, show } = props;
  const { t } = visitor;
  const probable = choices.rows.filter((choice) => choice.reason && canBeChosen(choice, brought));
  // What the server proves needs no second guess beside it.
  const first = probable[0]?.reason === 'instance' ? probable.slice(0, 1) : probable;
  const others = choices.rows.filter((choice) => !first.includes(choice));
  const narrowed = search !== '' || show !== 'all';
  return (
    <Frame
      visitor={visitor}
      portalName={portal.name}
      heading={t('choose.h1')}
      current="/register"
      system={{ ...systemOf(brought, t), term: t('which.new-system-id') }}
    >
      {(choices.count > 0 || narrowed) && <Narrow {...props} />}
      {narrowed && (
        <p>
          {t('choose.found', { count: choices.count })} <a href={pathOf(brought)}>{t('choose.show-all')}</a>
        </p>
      )}
      {choices.count === 0 && !narrowed && <p>{t('choose.none')}</p>}
      {first.length > 0 && (
        <Section heading={t('choose.first')}>
          <Rows first>
            {first.map((choice) => (
              <ChoiceRow {...props} choice={choice} />
            ))}
          </Rows>
        </Section>
      )}
      {others.length > 0 && (
        <Section heading={t(first.length > 0 ? 'choose.others' : 'choose.all')}>
          <Rows>
            {others.map((choice) => (
              <ChoiceRow {...props} choice={choice} />
            ))}
          </Rows>
        </Section>
      )}
      <Pages page={choices.page} last={choices.last} href={(page) => pathOf(brought, { q: search, show, page })} />
      <p>{t('choose.by-somebody-else')}</p>
      <Form action={`/requests/${brought.id}/another-account`}>
        <Acts>
          <LinkButton href={`/requests/${brought.id}?then=register`}>{t('choose.register-as-new')}</LinkButton>
          <Button>{t('proceed.another-account')}</Button>
        </Acts>
      </Form>
    </Frame>
  );
}

function Narrow({ visitor: { t }, brought, search, show }: ChooseProps) {
  const shows = (['all', 'silent', 'prepared'] as const).map((value) => ({ value, text: t(`choose.show.${value}`) }));
  return (
    <Form action={pathOf(brought)} method="get" search>
      <div class="filter">
        <TextField
          name="q"
          label={t('choose.search')}
          hint={t('choose.search-hint')}
          type="search"
          value={search}
          autocomplete="off"
          literal
        />
        <Button>{t('choose.search')}</Button>
      </div>
      <details open={show !== 'all'}>
        <summary>{t('choose.filter')}</summary>
        <ChoiceField type="radio" name="show" label={t('choose.show')} options={shows} chosen={show} />
      </details>
    </Form>
  );
}

/** The first of the page that is probably right has the filled button, and only that one. */
function ChoiceRow({ visitor, portal, brought, choices, choice }: ChooseProps & { choice: Choice }) {
  const { t, now } = visitor;
  const { checkInSeconds } = portal;
  const isTop = choice === choices.rows[0] && choice.reason !== null;
  const Act = isTop ? Go : Select;
  const refused = whyNot(choice, brought, visitor);
  const alive = choice.reason !== 'instance' && isAlive(choice.lastHeardAt ?? undefined, { now, checkInSeconds });
  return (
    <Row
      heading={choice.site}
      act={
        <Form action={pathOf(brought, { number: choice.number })} method="get">
          <Act object={choice.site} {...(refused !== undefined && { refused })}>
            {t('choose.select')}
          </Act>
        </Form>
      }
    >
      <p>{t('choose.place', { company: choice.company, city: choice.city })}</p>
      <p class="note">
        <ServerAndSystemId choice={choice} visitor={visitor} />
      </p>
      <p class="note">
        <LastSeen choice={choice} visitor={visitor} />
      </p>
      {choice.reason && refused === undefined && (
        <p>
          <State kind={choice.reason === 'waits' ? 'wait' : 'ok'}>{t(`choose.reason.${choice.reason}`)}</State>
        </p>
      )}
      {alive && refused === undefined && choice.lastHeardAt && (
        <p>
          <State kind="late">{t.rich('choose.alive', { ago: <Ago at={choice.lastHeardAt} now={now} /> })}</State>
        </p>
      )}
    </Row>
  );
}

function ServerAndSystemId({
  choice: { kind, server, systemId },
  visitor: { t },
}: {
  choice: Choice;
  visitor: SignedIn;
}) {
  const named =
    kind && server && t.rich('choose.server', { kind: kindName(kind), name: <Together>{server}</Together> });
  const id = systemId && t.rich('choose.system-id', { id: <code>{shortId(systemId)}</code> });
  return (
    <>
      {named}
      {named && id && ' · '}
      {id}
    </>
  );
}

function LastSeen({ choice: { state, lastHeardAt }, visitor: { t, now } }: { choice: Choice; visitor: SignedIn }) {
  if (!lastHeardAt) return <>{t(state === 'prepared' ? 'choose.prepared' : 'choose.never-seen')}</>;
  return <>{t.rich('choose.last-seen', { at: <When at={lastHeardAt} />, ago: <Ago at={lastHeardAt} now={now} /> })}</>;
}

function whyNot(choice: Choice, brought: BroughtRequest, { t, reader }: SignedIn): string | undefined {
  if (choice.state === 'merged') return t('choose.merged', { number: registrationNumber(choice.mergedInto ?? '') });
  if (choice.closedAt) return t('choose.closed', { at: dateOf(choice.closedAt, reader) });
  return choice.systemId === brought.systemId ? t('choose.has-it') : undefined;
}

function canBeChosen(choice: Choice, brought: BroughtRequest): boolean {
  return !choice.closedAt && choice.systemId !== brought.systemId;
}

/** A page of the list, or the review of one of its registrations. */
export function pathOf(
  brought: Pick<BroughtRequest, 'id'>,
  to: { number: string } | { q: string; show: Show; page: number } = { q: '', show: 'all', page: 1 },
): string {
  const list = `/requests/${brought.id}/registrations`;
  if ('number' in to) return `${list}/${to.number}`;
  const query = new URLSearchParams({
    ...(to.q && { q: to.q }),
    ...(to.show !== 'all' && { show: to.show }),
    ...(to.page > 1 && { page: String(to.page) }),
  });
  return query.size > 0 ? `${list}?${query}` : list;
}
