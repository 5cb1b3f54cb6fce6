/** What is carried to a server without a line: the code, the file, the paper, and what the server says back. */
export const offline = {
  'code.heading': 'Registration code',
  'code.short-id': 'Short ID on the server must be {id}',
  'code.number': 'Number {n}, made on {at}',
  'code.write-down':
    'Write it down before you go where there is no signal. This page stays readable without a connection.',
  'code.save': 'Save file',
  'code.save-object': 'with the registration of {site}',
  'code.print': 'Print',
  'code.print-object': 'the Registration code of {site}',
  'code.send': 'Send it to me',
  'code.send-object': 'by mail',
  'code.sent': 'Sent to {email}. A code that was sent a few minutes ago is not sent again.',
  'code.make': 'Make a Registration code',
  'code.make-object': 'for {id}',
  'code.anew.heading': 'Make a new Registration code',
  'code.anew.text':
    'The code is lost, or too old for the server, or there are no tries left? A new one takes its place. The confirmation code of the old one then proves nothing.',
  'code.anew': 'Make a new Registration code',
  'code.no-tries': 'No tries left',
  'code.no-tries.text':
    'Its confirmation code was mistyped too often. <b>Make a new Registration code</b>, and enter it at the server.',
  'code.nearly-used-up': 'Few codes are left',
  'code.nearly-used-up.text':
    '{left, plural, one {# code is} other {# codes are}} left for this System ID, for ever. Take the file instead, or let the server check in online.',
  'code.used-up': 'No more Registration codes',
  'code.used-up.text': 'This is the last code of this System ID. From now on only the file and the online way remain.',

  'at-server.heading': 'At the server',
  'at-server.open': 'Log on as an administrator, and open <b>Registering your system offline</b>.',
  'at-server.compare': 'Compare the short ID with {id}. Is it another? Then this code is not for this server.',
  'at-server.enter': 'Enter the Registration code, or load the file. With the file, the logon page shows the site.',
  'at-server.note': 'Write down the confirmation code that the server shows.',
  'at-server.online':
    'Has the server Internet after all? Open <b>Registration information</b> there and choose <b>Check now</b>: then nothing needs to be typed.',

  'confirmation.heading': 'When you come back',
  'confirmation.text': 'The server shows a confirmation code once the Registration code is entered. Type it here.',
  'confirmation.label': 'Confirmation code',
  'confirmation.hint':
    '2 groups of 5. Until then we show the registration as <em>not yet confirmed by the system</em>. It does not end if you skip this.',
  'confirmation.button': 'Confirm',
  'confirmation.object': 'that the code arrived',
  'confirmation.empty': 'Enter the confirmation code.',
  'confirmation.wrong-length': 'A confirmation code has 10 characters. You typed {symbols}.',
  'confirmation.not-understood': '{character} is not used in this code. Look at group {group}.',
  'confirmation.system-id': 'That is a System ID. The confirmation code has 2 groups, and comes last.',
  'confirmation.registration-code':
    'That is a Registration code: it goes to the server. The confirmation code has 2 groups.',
  'confirmation.symbol': 'Check group {group}.',
  'confirmation.exchange': 'Two characters are probably swapped in group {group}: you typed {typed}, try {swapped}.',
  'confirmation.either': 'Check group {group} and group {other}.',
  'confirmation.several': 'Several characters of the code are wrong. Compare both groups.',
  'confirmation.another-type': 'This is not a confirmation code. Look at the server again.',
  'confirmation.wrong': 'This is the code for another system or an older Registration code. {tries}',
  'confirmation.tries': '{count, plural, one {# try left.} other {# tries left.}}',
  'confirmation.older':
    'This is the code for another system or an older Registration code. Enter the newest code at the server.',
  'confirmation.used-up': 'No tries left. <b>Make a new Registration code</b>.',
  'confirmation.limit': 'Too many wrong codes today. The next try is possible from {at} on.',

  // After an edit of a system that is not heard from
  'edited.h1': '{site} is changed',
  'edited.text':
    'The server shows the older text until somebody brings the new one. That can wait until the next visit: nothing else depends on it.',
  'edited.take': 'At the next visit, enter the Registration code or load the file.',
  'edited.newer': 'This code is newer than those before. Who has an older one in hand can still enter it.',

  // The printed page
  'paper.h1': 'Registration code of {site}',
  'paper.text': 'Print this page, and take it to the server. It holds no password.',
  'paper.confirmation': 'Type it at {address} under <em>Confirmation code</em>.',
  'paper.system-id': 'System ID',
  'paper.registration': 'Registration {number}',
  'paper.qr.heading': 'The record as a QR code',
  'paper.qr': 'QR code of the registration of {site}',
  'paper.qr.text': 'It holds the same as the file. A device that reads it can save it for the server.',
  'paper.qr.too-long': 'This registration is too long for a QR code. Take the file.',

  // The System information page
  'carry.heading': 'Registration code and file',
  'carry.text':
    'For a server without Internet: what is registered, to be carried there by hand. A server that checks in needs none of it.',
  'carry.reminder': 'We remind both parties after 7 and 30 days. The claim does not end by itself.',
} as const;
