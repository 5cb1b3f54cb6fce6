import type { ComponentChildren } from 'preact';
import type { UndoOutcome } from '../../core/undo.ts';
import { type UndoProposal, undoDeadline } from '../../core/undo.ts';
import { Acts, Button, Form, GoLink, LinkButton, Links } from '../../ui/components/actions.tsx';
import { Box, Plate, Section, State, WaitFor } from '../../ui/components/blocks.tsx';
import { RegistrationNumber, Together, When } from '../../ui/components/when.tsx';
import { countryName } from '../countries.ts';
import type { SignedIn } from '../http/visitor.ts';
import type { TakeThere } from '../http/way-back.ts';
import type { RegistrationFacts } from '../store/facts.ts';
import type { PresentCode } from '../store/reads/codes.ts';
import type { Done } from '../store/reads/done.ts';
import type { Invitation } from '../store/reads/invitations.ts';
import type { UploadNote } from '../store/uploads.ts';
import { Frame } from './frame.tsx';
import { INVITE } from './invite-fields.tsx';
import { namesOfTold } from './people.ts';
import {
  AtTheServer,
  type CarriedThere,
  CONFIRMATION,
  Confirmation,
  RegistrationCode,
  WaysToCarry,
} from './registration-code.tsx';

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
  /** Where its request came together with others. */
  uploads: readonly UploadNote[];
  /** To the end user's seat, or the integrator's, if one is open. */
  invitation: Invitation | undefined;
  /** An invitation is to be printed: so its integrator said in the form. */
  print?: boolean;
  /** Only in the browser that brought the request, and while the server has not fetched it. */
  takeThere: TakeThere | undefined;
  /** The newest one that was handed out for it. */
  code: PresentCode | undefined;
  /** The code was just sent to the reader. */
  sent?: boolean;
  /** The registration was just edited, and its system is not heard from. */
  edited?: boolean;
  /** A confirmation code that proves nothing: what was typed, and why. */
  refused?: { typed: string; why: ComponentChildren };
}

/** What happened, and what happens next: at the server by itself, by this browser, or by a person there. */
export function DonePage(props: DoneProps) {
  const { visitor, portal, registration, done, edited, refused } = props;
  const { t } = visitor;
  const { site } = registration;
  const isClaim = done.state === 'claimed';
  return (
    <Frame
      visitor={visitor}
      portalName={portal.name}
      heading={headingOf(props)}
      system={{ systemId: done.systemId, label: isClaim ? site : (done.server ?? site) }}
      problems={refused ? [{ field: CONFIRMATION, text: refused.why }] : []}
    >
      {edited ? (
        <Edited {...props} />
      ) : (
        isClaim && <p>{t(done.hasFormer ? 'done.claimed.recorded' : 'done.claimed.recorded-first')}</p>
      )}
      <WaitFor
        id="arrival"
        state={stateOf(done, visitor)}
        url={done.shownSince || edited ? undefined : pathOf(registration, done)}
      >
        {!(edited && !isClaim) && <Arrival {...props} />}
        <ByHand {...props} />
      </WaitFor>
      <EndUser {...props} />
      <Then {...props} />
    </Frame>
  );
}

function headingOf({ visitor: { t }, registration: { site }, done, edited }: DoneProps): string {
  if (edited) return t('edited.h1', { site });
  if (done.state === 'claimed') return t('done.h1-claimed');
  return t(done.asNew ? 'done.h1-new' : 'done.h1', { site });
}

/** An edit never forces a visit: the site shows the older text until the next one. */
const Edited = ({ visitor: { t }, code }: DoneProps) => (
  <>
    <p>{t('edited.text')}</p>
    <p>
      {t('edited.take')} {code && code.sequence > 1 && t('edited.newer')}
    </p>
  </>
);

/** What a person takes to the server: the way of a claim, and a way for all else that has not arrived. */
function ByHand(props: DoneProps) {
  const { visitor, registration, done, code, sent, edited, refused } = props;
  const there: CarriedThere = {
    visitor,
    site: registration.site,
    path: pathOf(registration, done),
    systemId: done.systemId,
    code,
  };
  switch (stateOf(done, visitor)) {
    case 'claimed':
      return (
        <>
          <RegistrationCode {...there} sent={sent ?? false} />
          <AtTheServer {...there} asksConfirmation />
          <Confirmation {...there} typed={refused?.typed} isNext />
        </>
      );
    case 'waiting':
    case 'late':
      return <OrTheCode {...there} sent={sent ?? false} asked={code !== undefined || (edited ?? false)} />;
    default:
      return edited ? <OrTheCode {...there} sent={sent ?? false} asked /> : null;
  }
}

/** Proven already, so nothing has to be said back: the code only takes the registration there. */
function OrTheCode({ asked, sent, ...there }: CarriedThere & { asked: boolean; sent: boolean }) {
  const { t } = there.visitor;
  if (asked) {
    return (
      <>
        <RegistrationCode {...there} sent={sent} />
        <AtTheServer {...there} asksConfirmation={false} />
      </>
    );
  }
  return (
    <Section id="code" heading={t('done.or-code.heading')}>
      <p>{t('done.or-code.text')}</p>
      <WaysToCarry {...there} />
    </Section>
  );
}

type Arriving = 'arrived' | 'confirmed' | 'claimed' | 'late' | 'waiting';

function stateOf(done: Done, { now }: SignedIn): Arriving {
  if (done.shownSince && done.state === 'current') return 'arrived';
  if (done.state === 'claimed') return 'claimed';
  // It was typed or came in a file, and stands now: the system has confirmed it, perhaps by its confirmation code.
  if (done.how !== 'carried') return 'confirmed';
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
          <p>
            <a href={pathOf(registration, done)}>{t('done.check')}</a>
          </p>
        </Box>
      );
    case 'confirmed':
      return (
        <Box live heading={<State kind="ok">{t('done.confirmed')}</State>}>
          <p>{t.rich('done.confirmed.text', { site, at: <When at={done.madeAt} /> })}</p>
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

/** After a new registration: who is the end user, or what to do so that there is one. */
function EndUser({ visitor: { t }, registration, done, invitation, print }: DoneProps) {
  const { number, who, parties } = registration;
  if (!done.asNew || who !== 'integrator' || parties.some(({ seat }) => seat === 'end-user')) return null;
  return (
    <Section heading={t('done.end-user.heading')}>
      {invitation?.address ? (
        <p>
          {t.rich('done.end-user.invited', {
            address: <b>{invitation.address}</b>,
            until: <When at={invitation.expiresAt} />,
          })}
        </p>
      ) : (
        <>
          <p>{t('done.end-user.nobody')}</p>
          {print ? (
            <Form action={`/systems/${number}/invitations`} hidden={{ [INVITE]: 'printed' }}>
              <Acts>
                <Button>{t('done.end-user.print')}</Button>
              </Acts>
            </Form>
          ) : (
            <Acts>
              <LinkButton href={`/systems/${number}#invite`}>{t('done.end-user.invite')}</LinkButton>
            </Acts>
          )}
        </>
      )}
    </Section>
  );
}

function Then(props: DoneProps) {
  const { visitor, registration, done, uploads } = props;
  const { t } = visitor;
  const [together] = uploads;
  return (
    <Section heading={t('done.then')}>
      <p>
        {t(done.mailSent ? 'done.mail-sent' : 'done.mail-goes', { names: namesOfTold(registration, visitor).names })}
      </p>
      <Undo {...props} />
      <Links
        items={[
          { href: `/systems/${registration.number}`, text: t('done.information') },
          together
            ? { href: `/uploads/${together.id}`, text: t('together.next') }
            : { href: '/register', text: t('done.next') },
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
