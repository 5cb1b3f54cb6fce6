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
  // A code, to those who hear it, and while it is typed.
  'code.spelt': 'Group {group}: {text}.',
  'code.right': 'No character seems to be wrong',
  'code.count': '{count} characters of {symbols}',
  'code.character': '{character} is not used in this code. Look at group {group}.',
  'code.symbol': 'Check group {group} of the code: {text}. One character there is probably wrong.',
  'code.exchange': 'Two characters are probably swapped in group {group}: you typed {typed}, try {swapped}.',
  'code.either': 'Check group {group} and group {other}.',
  'code.several': 'Several characters of the code are wrong. Compare every group.',
  'help.title': 'Help',
  'help.tasks': 'What you can do',
  'help.failures': 'When it goes wrong',
  'help.all': 'All help topics',
} as const;

/** Another language is complete, or it does not compile. */
export type UiCatalogue = Record<keyof typeof en, string>;
