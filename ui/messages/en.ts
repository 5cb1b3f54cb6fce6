/** Texts of the shared components. A product's own texts stand in its own catalogue. */
export const en = {
  'page.skip': 'Skip to the content',
  'page.error': 'Error: ',
  'problem.heading': 'There is a problem',
  'field.required': '(required)',
  'ago.moment': 'a moment ago',
  'pages.label': 'Pages',
  'pages.page': 'Page {page}',
  'pages.last': 'Page {page}, the last',
  'pages.previous': 'Previous page',
  'pages.next': 'Next page',
  // While a System ID is typed, line by line.
  'check.right': 'Line {line}: right',
  'check.wrong': 'Line {line}: look again',
  'check.count': 'Line {line}: {count} characters of 15',
  'check.character': 'Line {line}: {character} is not used',
  'check.place': 'Line {line}: this is line {place}',
  'help.title': 'Help',
  'help.tasks': 'What you can do',
  'help.failures': 'When it goes wrong',
  'help.all': 'All help topics',
} as const;

/** Another language is complete, or it does not compile. */
export type UiCatalogue = Record<keyof typeof en, string>;
