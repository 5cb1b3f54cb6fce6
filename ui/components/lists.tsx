import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { When } from './when.tsx';

export interface Term {
  term: ComponentChildren;
  value: ComponentChildren;
}

/** Terms and their values. */
export const Facts = ({ facts }: { facts: readonly Term[] }) => (
  <dl class="facts">
    {facts.map(({ term, value }) => (
      <div>
        <dt>{term}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);

/** Numbered blocks on one page, usable in any order. */
export const Steps = ({ children }: { children: ComponentChildren }) => <ol class="steps">{children}</ol>;

export const Step = ({ heading, children }: { heading: ComponentChildren; children: ComponentChildren }) => (
  <li>
    <h2>{heading}</h2>
    {children}
  </li>
);

/** What one may choose from; cards on a phone. `first`: the probable one, alone on top. */
export const Rows = ({ first, children }: { first?: boolean; children: ComponentChildren }) => (
  <ul class={first ? 'rows first' : 'rows'}>{children}</ul>
);

interface RowProps {
  heading: ComponentChildren;
  /** The only thing to press in the row. */
  act?: ComponentChildren;
  children: ComponentChildren;
}

export const Row = ({ heading, act, children }: RowProps) => (
  <li>
    <div>
      <h3>{heading}</h3>
      {children}
    </div>
    {act}
  </li>
);

interface Side {
  heading: ComponentChildren;
  facts: readonly Term[];
}

/** Now and After side by side; stacked on a phone. `both`: what stays. */
export const Pair = ({ now, after, both = [] }: { now: Side; after: Side; both?: readonly Term[] }) => (
  <div class="pair">
    <PairSide {...now} />
    <PairSide {...after} />
    {both.length > 0 && (
      <dl class="both">
        <Terms facts={both} />
      </dl>
    )}
  </div>
);

function PairSide({ heading, facts }: Side) {
  const named = useId();
  return (
    <section aria-labelledby={named}>
      <h2 id={named}>{heading}</h2>
      <dl>
        <Terms facts={facts} />
      </dl>
    </section>
  );
}

const Terms = ({ facts }: { facts: readonly Term[] }) => (
  <>
    {facts.map(({ term, value }) => (
      <div>
        <dt>{term}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </>
);

export interface TreeServer {
  facts: readonly Term[];
  below?: readonly TreeServer[];
}

/** Servers and what is attached to them. */
export const Tree = ({ servers }: { servers: readonly TreeServer[] }) => (
  <ul class="tree">
    <Branches servers={servers} />
  </ul>
);

const Branches = ({ servers }: { servers: readonly TreeServer[] }) => (
  <>
    {servers.map(({ facts, below = [] }) => (
      <li>
        <dl>
          <Terms facts={facts} />
        </dl>
        {below.length > 0 && (
          <ul>
            <Branches servers={below} />
          </ul>
        )}
      </li>
    ))}
  </>
);

export interface HistoryEntry {
  at: Date;
  what: ComponentChildren;
  more?: ComponentChildren;
}

/** Newest first, as given. */
export const History = ({ entries }: { entries: readonly HistoryEntry[] }) => (
  <ol class="history">
    {entries.map(({ at, what, more }) => (
      <li>
        <When at={at} />
        <p>
          <strong>{what}</strong> {more}
        </p>
      </li>
    ))}
  </ol>
);
