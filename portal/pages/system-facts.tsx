import { kindName } from '../../core/catalogue.ts';
import { linesOf, shortId } from '../../core/system-id.ts';
import { SystemIdLines } from '../../ui/components/blocks.tsx';
import type { Term } from '../../ui/components/lists.tsx';
import { Ago, RegistrationNumber, Together, When } from '../../ui/components/when.tsx';
import type { SystemProps } from './system-information.tsx';
import { noSystemId, StateOf } from './system-state.tsx';

/** How a registration stands: state, number, parties, System IDs, and what its server last said. */
export function factsOf({ visitor, system }: SystemProps): Term[] {
  const { t } = visitor;
  const { number, registeredAt, confirmed, current, retired } = system;
  const partyIn = (seat: 'integrator' | 'end-user') => {
    const party = system.parties.find((one) => one.seat === seat);
    if (!party) return t('system.no-party');
    const { organisation, name } = party;
    return name === organisation ? name : t('system.party', { organisation, name });
  };
  return [
    { term: t('system.state'), value: <StateNow visitor={visitor} system={system} /> },
    {
      term: t('system.registration'),
      value: t.rich(system.state === 'prepared' ? 'system.registration-prepared' : 'system.registration-since', {
        number: <RegistrationNumber number={number} />,
        at: <When at={registeredAt} as="date" />,
      }),
    },
    { term: t('system.integrator'), value: partyIn('integrator') },
    { term: t('system.end-user'), value: partyIn('end-user') },
    {
      term: t('system.correct'),
      value: confirmed
        ? t.rich('system.correct-by', {
            name: confirmed.by ?? t('system.the-end-user'),
            at: <When at={confirmed.at} />,
          })
        : t('system.not-confirmed'),
    },
    {
      term: t('system.system-id'),
      value: current ? <SystemIdLines lines={linesOf(current.systemId)} /> : noSystemId(visitor, system.state),
    },
    ...(retired.length > 0 ? [{ term: t('system.former'), value: <Retired visitor={visitor} system={system} /> }] : []),
    ...(current ? serverFacts({ visitor, system }) : []),
  ];
}

function StateNow({ visitor, system }: SystemProps) {
  const { t } = visitor;
  const { state, mergedInto, claims, conflicts, closedAt } = system;
  return (
    <>
      <StateOf
        visitor={visitor}
        state={state}
        mergedInto={mergedInto?.number}
        waits={claims.length > 0}
        inConflict={conflicts.length > 0}
      />{' '}
      {closedAt && t.rich('system.closed-since', { at: <When at={closedAt} as="date" /> })}
    </>
  );
}

const Retired = ({ visitor: { t }, system }: SystemProps) => (
  <>
    {system.retired.map(({ systemId, endedAt }) => (
      <div>
        {t.rich('system.former-retired', {
          id: <code>{shortId(systemId)}</code>,
          at: endedAt && <When at={endedAt} as="date" />,
        })}
      </div>
    ))}
  </>
);

function serverFacts({ visitor: { t, now }, system: { current } }: SystemProps): Term[] {
  if (!current) return [];
  const { server, shared, lastHeardAt, shownSince } = current;
  return [
    {
      term: t('system.server'),
      value: server.kind ? (
        <>
          {kindName(server.kind)} <Together>{server.name}</Together>, <Together>{server.version}</Together>
        </>
      ) : (
        t('system.server-unknown')
      ),
    },
    ...(shared
      ? [
          {
            term: t('system.agent'),
            value: t.rich(shared.restored ? 'system.agent-restored' : 'system.agent-said', {
              version: shared.agent,
              at: <When at={shared.at} />,
            }),
          },
        ]
      : []),
    {
      term: t('system.last-heard'),
      value: lastHeardAt ? (
        <>
          <When at={lastHeardAt} />, <Ago at={lastHeardAt} now={now} />
        </>
      ) : (
        t('system.never-heard')
      ),
    },
    {
      term: t('system.on-site'),
      value: shownSince ? t.rich('system.shown-since', { at: <When at={shownSince} /> }) : t('system.not-shown'),
    },
  ];
}
