import { shortId } from '../../core/system-id.ts';
import type { UndoOutcome } from '../../core/undo.ts';
import { type UndoProposal, undoDeadline } from '../../core/undo.ts';
import { Acts, Button, Form, GoLink, LinkButton, Links } from '../../ui/components/actions.tsx';
import { Box, Plate, Section, State, WaitFor } from '../../ui/components/blocks.tsx';
import { RegistrationNumber, Together, When } from '../../ui/components/when.tsx';
import { countryName } from '../countries.ts';
import type { SignedIn } from '../http/visitor.ts';
import type { TakeThere } from '../http/way-back.ts';
import type { RegistrationFacts } from '../store/facts.ts';
import type { Done } from '../store/reads/done.ts';
import { Frame } from './frame.tsx';
import { namesOfTold } from './people.ts';

/** After so long it is worth a thought that the server may have no Internet. */
const LATE_SECONDS = 60;

interface DoneProps {
  visitor: SignedIn;
  portal: { name: string };
  registration: RegistrationFacts;
  done: Done;
  latest: UndoProposal['latest'];
  /** What the rule says to undoing it now. */
  undo: UndoOutcome;
  /** Only in the browser that brought the request, and while the server has not fetched it. */
  takeThere: TakeThere | undefined;
}

/** What happened, and what happens next: at the server by itself, by this browser, or by a person there. */
export function DonePage(props: DoneProps) {
  const { visitor, portal, registration, done } = props;
  const { t } = visitor;
  const { site } = registration;
  const isClaim = done.state === 'claimed';
  const heading = isClaim ? t('done.h1-claimed') : t(done.asNew ? 'done.h1-new' : 'done.h1', { site });
  return (
    <Frame
      visitor={visitor}
      portalName={portal.name}
      heading={heading}
      system={{ systemId: done.systemId, label: isClaim ? site : (done.server ?? site) }}
    >
      {isClaim && <p>{t(done.hasFormer ? 'done.claimed.recorded' : 'done.claimed.recorded-first')}</p>}
      <WaitFor
        id="arrival"
        state={stateOf(done, visitor)}
        url={done.shownSince ? undefined : pathOf(registration, done)}
      >
        <Arrival {...props} />
        {isClaim && <AtTheServer {...props} />}
      </WaitFor>
      <Then {...props} />
    </Frame>
  );
}

type Arriving = 'arrived' | 'claimed' | 'late' | 'waiting';

function stateOf(done: Done, { now }: SignedIn): Arriving {
  if (done.shownSince && done.state === 'current') return 'arrived';
  if (done.state === 'claimed') return 'claimed';
  return now.getTime() - done.madeAt.getTime() < LATE_SECONDS * 1000 ? 'waiting' : 'late';
}

/** One place in several states; where there is script, it is looked at again and what changed is announced. */
function Arrival({ visitor, registration, done, takeThere }: DoneProps) {
  const { t } = visitor;
  const { site } = registration;
  const again = (
    <Acts>
      <LinkButton href={pathOf(registration, done)}>{t('done.check')}</LinkButton>
    </Acts>
  );
  const arriving = stateOf(done, visitor);
  switch (arriving) {
    case 'arrived':
      return (
        <Box live heading={<State kind="ok">{t('done.arrived')}</State>}>
          <p>
            {t.rich('done.arrived.text', {
              server: serverOf(done, t('done.This-server')),
              site,
              at: done.shownSince && (
                <When at={done.shownSince} as={isToday(done.shownSince, visitor) ? 'time' : 'date'} />
              ),
            })}
          </p>
          <SitePlate visitor={visitor} registration={registration} done={done} />
        </Box>
      );
    case 'claimed':
      return (
        <Box live heading={<State kind="wait">{t('done.claimed.state')}</State>}>
          <p>{t.rich('done.claimed.state-text')}</p>
          {again}
        </Box>
      );
    case 'waiting':
      return (
        <Box live heading={<State kind="wait">{t('done.waiting')}</State>}>
          <p>{t.rich('done.waiting.text', { server: serverOf(done, t('done.this-server')) })}</p>
          {again}
          {takeThere && <TakeItThere t={t} takeThere={takeThere} />}
        </Box>
      );
    case 'late': {
      const server = serverOf(done, t('done.This-server'));
      return (
        <Box live heading={<State kind="wait">{t('done.late')}</State>}>
          <p>
            {takeThere
              ? t.rich('done.late.or', { server, a: (words) => <a href={takeThere.url}>{words}</a> })
              : t.rich('done.late.text', { server })}
          </p>
          {again}
          {takeThere && <TakeItThere t={t} takeThere={takeThere} />}
        </Box>
      );
    }
  }
}

const serverOf = (done: Done, otherwise: string) => (done.server ? <Together>{done.server}</Together> : otherwise);

const isToday = (at: Date, { now }: SignedIn) => now.getTime() - at.getTime() < 12 * 60 * 60 * 1000;

function SitePlate({ visitor, registration, done }: Pick<DoneProps, 'visitor' | 'registration' | 'done'>) {
  const { t, reader } = visitor;
  return (
    <Plate
      id="plate"
      heading={t('done.plate')}
      level="h3"
      site={registration.site}
      company={done.company}
      place={`${done.city}, ${countryName(done.country, reader.locale)}`}
      since={[
        t.rich('done.plate.number', { number: <RegistrationNumber number={registration.number} /> }),
        t.rich('done.plate.since', { at: <When at={done.registeredAt} as="date" /> }),
      ]}
    />
  );
}

/** At a site whose server has no Internet, the person's browser is the way. Goes with the waiting. */
const TakeItThere = ({ t, takeThere: { url, host } }: { t: SignedIn['t']; takeThere: TakeThere }) => (
  <>
    <h3>{t('done.take.heading')}</h3>
    <p>{t('done.take.text', { host })}</p>
    <Acts>
      <GoLink href={url} object={host}>
        {t('done.take')}
      </GoLink>
    </Acts>
    <p class="hint">{t('done.take.cannot')}</p>
  </>
);

/** Typed: until the system has a say of its own, a person at the server lets it speak. */
function AtTheServer({ visitor: { t }, registration: { site }, done }: DoneProps) {
  return (
    <Section heading={t('done.claimed.heading')}>
      <ol>
        <li>{t.rich('done.claimed.1', { id: <code>{shortId(done.systemId)}</code> })}</li>
        <li>{t.rich('done.claimed.2')}</li>
        <li>{t.rich('done.claimed.3', { site })}</li>
      </ol>
      <p>{t.rich('done.claimed.or', { site })}</p>
    </Section>
  );
}

function Then(props: DoneProps) {
  const { visitor, registration, done } = props;
  const { t } = visitor;
  return (
    <Section heading={t('done.then')}>
      <p>
        {t(done.mailSent ? 'done.mail-sent' : 'done.mail-goes', { names: namesOfTold(registration, visitor).names })}
      </p>
      <Undo {...props} />
      <Links
        items={[
          { href: `/systems/${registration.number}`, text: t('done.information') },
          { href: '/register', text: t('done.next') },
        ]}
      />
    </Section>
  );
}

function Undo({ visitor, registration, done, latest, undo }: DoneProps) {
  const { t, account } = visitor;
  if (undo.outcome === 'refused' || registration.who === 'stranger') return null;
  const until = latest && undoDeadline(latest, account.id, registration.who);
  return (
    <Form action={`${pathOf(registration, done)}/undo`}>
      <Acts>
        {undo.outcome === 'withdrawn' ? (
          <>
            <Button object={t('done.withdraw-object')}>{t('done.withdraw')}</Button>
            <span>{t('done.withdraw-until')}</span>
          </>
        ) : (
          <>
            <Button object={t('done.undo-object')}>{t('done.undo')}</Button>
            {until && (
              <span>
                {/* Inside a row each child is laid out by itself; this keeps the words and the date one sentence. */}
                <span>{t.rich('done.undo-until', { at: <When at={until} /> })}</span>
              </span>
            )}
          </>
        )}
      </Acts>
    </Form>
  );
}

const pathOf = ({ number }: RegistrationFacts, { association }: Done) =>
  `/systems/${number}/associations/${association}`;
