/** Registrations that are filled in before their System ID is known: by form, from a file, and on a label. */
export const prepared = {
  'prepare.h1': 'Prepare a registration',
  'prepare.intro':
    'Fill it in before you visit the site. On site it stands first when you choose <b>Associate with an existing registration</b>.',
  'prepare.form': 'Fill in the form',
  'prepare.form.text': 'One registration, step by step. You can leave it as a draft and go on later.',
  'prepare.copy': 'Copy from another registration',
  'prepare.copy.text': 'Start with the answers of one of yours, and change what differs.',
  'prepare.file': 'Prepare several from a file',
  'prepare.file.text': 'A table with one row for each registration, from any spreadsheet.',
  'prepare.file.go': 'Upload a CSV file',

  'prepared.h1': '{site} is prepared',
  'prepared.h1-several': '{count, number} registrations are prepared',
  'prepared.number': 'Registration {number}.',
  'prepared.mail': 'You and the site administrators get a mail.',
  'prepared.then': 'On site',
  'prepared.then.1': 'Choose <b>Register now</b> at the server, and then <b>Proceed</b>.',
  'prepared.then.2': 'Choose <b>Associate with an existing registration</b>.',
  'prepared.then.3': '{site} stands at the top of the list. Choose <b>Select</b>.',
  'prepared.then.3-several': 'The prepared ones stand at the top of the list. Choose <b>Select</b>.',
  'prepared.label': 'Print the label',
  'prepared.labels': 'Print the labels',
  'prepared.see': 'System information page',
  'prepared.list': 'Show the prepared ones',
  'prepared.next': 'Prepare another',

  'label.h1': 'Label of {site}',
  'label.h1-several': '{count, number} labels',
  'label.text': 'Print this page, and stick the label where the server will be.',
  'label.text-several': 'Print this page, and stick each label where its server will be.',
  'label.number': 'Registration',
  'label.server': 'Server {name}',
  'label.qr': 'QR code of {address}',
  'label.scan': 'Scan it to open the registration.',

  'import.h1': 'Prepare registrations from a file',
  'import.intro':
    'A CSV file with one row for each registration. We check every row first. Nothing is made before you say so.',
  'import.template': 'Download a template',
  'import.template.text': 'Its columns are the fields of the form, with an example. Open it in any spreadsheet.',
  'import.columns': 'Columns and choices',
  'import.file': 'CSV file',
  'import.file.hint': 'Up to {rows, number} rows. In the spreadsheet choose <b>Save as</b>, and then CSV UTF-8.',
  'import.check': 'Check the file',
  'import.column': 'Column',
  'import.column.label': 'Field',
  'import.column.values': 'What it takes',
  'import.columns.caption': 'Columns, in any order, under the name or the field',
  'import.value.text': 'Text, at most {max, number} characters',
  'import.value.email': 'An e-mail address',
  'import.value.date': 'A date like 2026-11-24',
  'import.value.country': 'A country by its English name or its code, like DK',
  'import.value.one-of': 'One of: {choices}',
  'import.value.several-of': 'One or more of: {choices}. Several with | between them',
  'import.value.required': '{value}. Required',

  'import.problem.none': 'Choose a CSV file.',
  'import.problem.gone': 'We keep a file for 24 hours, for the account that uploaded it. Upload it again.',
  'import.problem.too-large': 'The file is larger than {size, number} MB. Split it into several files.',
  'import.problem.empty': 'The file is empty.',
  'import.problem.no-rows': 'The file has no rows under its header.',
  'import.problem.spreadsheet':
    'This is a workbook of a spreadsheet, not a CSV file. In the spreadsheet choose Save as, and then CSV UTF-8.',
  'import.problem.not-text': 'This is not a CSV file. Upload a text file with columns.',
  'import.problem.damaged':
    'Line {line, number} holds characters that are neither UTF-8 nor one other encoding. Save the file as CSV UTF-8.',
  'import.problem.column-missing':
    '{count, plural, one {This column is missing} other {These columns are missing}}: {columns}. The first row of the file must name the columns.',
  'import.problem.column-twice': 'A column stands there twice: {columns}. Leave one of them out.',
  'import.problem.quote-not-closed':
    'A quotation mark is not closed. It is in the row that begins on line {line, number}.',
  'import.problem.row-too-long':
    'The row that begins on line {line, number} does not end. A quotation mark in it may not be closed.',
  'import.problem.too-many-rows':
    'The file has {count, number} rows. We take at most {most, number} at once: split it into several files.',

  'import.checked.h1': 'Check the rows of the file',
  'import.checked.file': '{name}, uploaded on {at}',
  'import.checked.count':
    '{count, plural, one {# row} other {# rows}}: {right, number} right, {wrong, number} wrong. Nothing is made yet.',
  'import.remark.heading': 'How we read it',
  'import.remark.windows-1252':
    'The file does not say how its letters are written. We read it as Windows-1252: compare letters like é and ø below.',
  'import.remark.utf-16le': 'The file is written in UTF-16.',
  'import.remark.utf-16be': 'The file is written in UTF-16.',
  'import.remark.unknown':
    '{count, plural, one {This column is no field of the form and is left out} other {These columns are no fields of the form and are left out}}: {columns}.',
  'import.remark.not-yours':
    '{count, plural, one {This column is left out} other {These columns are left out}}: {columns}. Only the integrator fills in the warranty.',
  'import.wrong.heading': 'What is wrong',
  'import.wrong.caption': '{count, plural, one {# row is wrong} other {# rows are wrong, 25 on a page}}',
  'import.wrong.line': 'Line',
  'import.wrong.what': 'What is wrong',
  'import.sample.heading': 'The first right rows, as we read them',
  'import.row-line': 'Line {line, number}',
  'import.row.too-many-cells': 'The row has more cells than there are columns. A comma may need quotation marks.',
  'import.row.not-an-option': '{label}: {value} is no choice. Take one of {choices}.',
  'import.row.not-a-country':
    '{label}: {value} is no country that we know. Take its English name or its code, like DK.',
  'import.make.heading': 'Prepare them',
  'import.rows': 'Which rows?',
  'import.rows.all': 'All rows, or none',
  'import.rows.all.hint': 'Rows that are wrong must be corrected in the file first.',
  'import.rows.right': 'Only the right rows',
  'import.rows.right.hint':
    '{right, plural, one {# registration} other {# registrations}}. The wrong rows are left out.',
  'import.rows.none-chosen': 'Choose which rows to take.',
  'import.rows.wrong':
    '{wrong, plural, one {# row is wrong} other {# rows are wrong}}, so nothing was made. Correct the file and upload it again, or take only the right rows.',
  'import.make': 'Prepare',
  'import.make.object': '{right, plural, one {# registration} other {# registrations}}',
  'import.nothing-right': 'No row is right, so there is nothing to prepare. Correct the file and upload it again.',
  'import.another': 'Upload another file',
} as const;
