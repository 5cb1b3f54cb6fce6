// The roles stand in the HTML, because a browser drops its own from a table that is laid out as cards.
/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role */
import type { ComponentChildren } from 'preact';
import { useUiText } from '../reader.ts';

interface TableProps {
  caption: ComponentChildren;
  columns: readonly string[];
  /** The first cell of a row names it. */
  rows: readonly (readonly ComponentChildren[])[];
}

/** Rows turn into cards on a phone. */
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
