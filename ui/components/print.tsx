import { type ComponentChildren, h } from 'preact';

/** Shown where a script can print; elsewhere the browser's own menu does. */
export const PrintButton = ({ children }: { children: ComponentChildren }) =>
  h('print-button', { class: 'acts' }, <button type="button">{children}</button>);
