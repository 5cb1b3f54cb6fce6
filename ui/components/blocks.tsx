import { type ComponentChildren, h } from 'preact';
import { useId } from 'preact/hooks';
import { Icon, type IconName } from './icon.tsx';

interface BlockProps {
  children: ComponentChildren;
}

/** To know before going on. */
export const Inset = ({ children, id }: BlockProps & { id?: string | undefined }) => (
  <div class="inset" id={id}>
    {children}
  </div>
);

/** Of a portal, in groups that a person compares with those of another page. */
export const Fingerprint = ({ lines }: { lines: readonly string[] }) => (
  <code class="fingerprint">
    {lines.map((line) => (
      <span>{`${line}\n`}</span>
    ))}
  </code>
);

/** A part of the page with its heading. */
export function Section({ heading, children, id }: BlockProps & { heading: ComponentChildren; id?: string }) {
  const named = useId();
  return (
    <section id={id} aria-labelledby={named}>
      <h2 id={named}>{heading}</h2>
      {children}
    </section>
  );
}

/** One of several of equal weight. `live`: what changes in it is announced. */
export function Box({ heading, live, children }: BlockProps & { heading?: ComponentChildren; live?: boolean }) {
  const named = useId();
  return (
    <section class="box" role={live ? 'status' : undefined} aria-labelledby={heading ? named : undefined}>
      {heading && <h2 id={named}>{heading}</h2>}
      {children}
    </section>
  );
}

interface WaitForProps extends BlockProps {
  id: string;
  /** A word for what it shows now: when the page at `url` has another word here, its content comes in this one's place. */
  state: string;
  /** Where to look; none: there is nothing more to wait for. */
  url?: string;
}

/**
 * Holds a live Box that waits, and after it what belongs to waiting. Without script it is just that, with its "Check now"
 * link.
 */
export const WaitFor = ({ id, state, url, children }: WaitForProps) =>
  h('wait-for', { id, state, url, tabindex: -1 }, children);

/** A warning with its own heading; it stands before the button it warns about. */
export function Warn({ heading, children }: BlockProps & { heading: ComponentChildren }) {
  const named = useId();
  return (
    <section class="warn" aria-labelledby={named}>
      <h2>
        <Icon name="late" />
        <span id={named}>{heading}</span>
      </h2>
      {children}
    </section>
  );
}

export type StateKind = Exclude<IconName, 'arrow'>;

/** A word with a shape and a colour: none of the three is needed to understand the other two. */
export const State = ({ kind, children }: BlockProps & { kind: StateKind }) => (
  <span class={`state ${kind}`}>
    <Icon name={kind} />
    <span>{children}</span>
  </span>
);

/** Which system this page is about: one line that stays in view on a phone. */
export const Which = ({
  label,
  shortId,
  children,
}: {
  label: string;
  shortId: string;
  children?: ComponentChildren;
}) => (
  <p class="which">
    {label} <code>{shortId}</code>
    {children && <> · {children}</>}
  </p>
);

/** The four lines of a System ID; the short ID stands out, and a tap selects all. */
export const SystemIdLines = ({ lines }: { lines: readonly string[] }) => (
  <code class="id">
    {lines.map((line, index) => (
      <span>
        {index === 0 ? (
          <>
            <b>{line.slice(0, 11)}</b>
            {line.slice(11)}
          </>
        ) : (
          line
        )}
        {'\n'}
      </span>
    ))}
  </code>
);

interface PlateProps {
  /** Of its heading, where a script puts the plate into a page that has counted its own ids. */
  id?: string;
  /** "This system is registered to" */
  heading: ComponentChildren;
  /** h3 where the plate stands inside a part that has an h2. */
  level?: 'h2' | 'h3';
  site?: ComponentChildren;
  company?: ComponentChildren;
  place?: ComponentChildren;
  /** Registration number and date, each kept together on a line. */
  since?: readonly ComponentChildren[];
  /** Sentences that are not carved, because the portal did not sign them. */
  notes?: readonly ComponentChildren[];
}

/** The registration like the datestone over a door. Only confirmed facts are carved. */
export function Plate({ id, heading, level: Heading = 'h2', site, company, place, since, notes = [] }: PlateProps) {
  const counted = useId();
  const named = id ?? counted;
  return (
    <section class="plate" aria-labelledby={named}>
      <Heading id={named}>{heading}</Heading>
      {site && <p class="of">{site}</p>}
      {company && <p class="by">{company}</p>}
      {place && <p class="at">{place}</p>}
      {since && (
        <p class="since">
          {since.map((part) => (
            <span>{part} </span>
          ))}
        </p>
      )}
      {notes.map((note) => (
        <p class="note">{note}</p>
      ))}
    </section>
  );
}

/** Not registered: the stone is set out with guide lines, nothing is cut yet. One child a line. */
export const UncutPlate = ({ label, lines }: { label: string; lines: readonly ComponentChildren[] }) => (
  <section class="plate uncut" aria-label={label}>
    {lines.map((line) => (
      <p>{line}</p>
    ))}
  </section>
);
