import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { useUiText } from '../reader.ts';
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

interface TableProps {
  caption: ComponentChildren;
  columns: readonly string[];
  /** The first cell of a row names it. */
  rows: readonly (readonly ComponentChildren[])[];
}

/** Rows turn into cards on a phone. The roles stand in the HTML, because a browser drops them from a table that is not laid out as one. */
export const Table = ({ caption, columns, rows }: TableProps) => (
  <table role="table">
    <caption>{caption}</caption>
    <thead role="rowgroup">
      <tr role="row">
        {columns.map((column) => (
          <th role="columnheader" scope="col">
            {column}
          </th>
        ))}
      </tr>
    </thead>
    <tbody role="rowgroup">
      {rows.map(([named, ...cells]) => (
        <tr role="row">
          <th role="rowheader" scope="row">
            {named}
          </th>
          {cells.map((cell, column) => (
            <td role="cell" data-label={columns[column + 1]}>
              {cell}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
);

/** First, last, and the neighbours of where one is. Nothing at all when there is one page. */
export function Pages({ page, last, href }: { page: number; last: number; href: (page: number) => string }) {
  const t = useUiText();
  if (last < 2) return null;
  const shown = [...new Set([1, page - 1, page, page + 1, last])].filter((at) => at >= 1 && at <= last);
  return (
    <nav aria-label={t('pages.label')}>
      <ul class="pages">
        {page > 1 && (
          <li>
            <a href={href(page - 1)}>{t('pages.previous')}</a>
          </li>
        )}
        {shown.map((at) => (
          <li>
            <a
              href={href(at)}
              aria-current={at === page ? 'page' : undefined}
              aria-label={t(at === last ? 'pages.last' : 'pages.page', { page: at })}
            >
              {at}
            </a>
          </li>
        ))}
        {page < last && (
          <li>
            <a href={href(page + 1)}>{t('pages.next')}</a>
          </li>
        )}
      </ul>
    </nav>
  );
}
