/** For each refusal: title, text, and the words of its way out. Variants of a sentence have a suffix of their own. */
export const refusals = {
  'refusal.nothing-changed': 'Nothing was changed.',
  'refusal.typed': 'You typed',
  'refusal.carried': 'The server sent',
  'refusal.file': 'The file of the server says',
  'refusal.reason': 'Reason {code}',
  'refusal.reference': 'Reason {code} · Reference {reference}',
  'refusal.help': 'Help: {topic}',
  'refusal.other-party': 'the other party',
  'refusal.other-party.first': 'The other party',

  'refusal.go.systems': 'Registered systems',
  'refusal.go.register': 'Register page',
  'refusal.go.open': 'Open {site}',
  'refusal.go.choose-another': 'Choose another registration',
  'refusal.go.type': 'Type the System ID',
  'refusal.go.register-as-new': 'Register as new',
  'refusal.go.again': 'Look again',
  'refusal.go.log-on': 'Log on',
  'refusal.go.another-account': 'Use another account',
  'refusal.go.try-again': 'Try again',
  'refusal.go.log-on-otherwise': 'Log on with e-mail and password',

  'refusal.system-id-registered-to-other.title': 'This system is registered to another account',
  'refusal.system-id-registered-to-other.text': 'You cannot see, change or associate it. Nothing was changed.',
  'refusal.system-id-registered-to-other.way-out':
    'If you look after it now, <b>ask to take a seat</b>: we pass your request on. If it is another system of yours, check the System ID.',
  'refusal.system-id-registered-to-other.ask': 'Ask to take a seat',
  'refusal.system-id-registered-to-other.check': 'Check the System ID',

  'refusal.registered-by-other-party.title':
    '{seat, select, integrator {Your integrator} other {Your end user}} registered this as new',
  'refusal.registered-by-other-party.text': 'On {at}. They can merge it with {site}. Nothing was changed.',
  'refusal.registered-by-other-party.ask': 'Ask them to merge',

  'refusal.registered-as-new-by-you.title': 'You registered this as a new system on {at}',
  'refusal.registered-as-new-by-you.text':
    '<b>Merge it into {site}</b>: {site} keeps its number and data. The new registration {number} closes. Nothing was changed yet.',
  'refusal.registered-as-new-by-you.merge': 'Merge it into {site}',

  'refusal.system-id-retired-elsewhere.title': 'This is a former System ID of {site}',
  'refusal.system-id-retired-elsewhere.text':
    'It belongs to registration {number} and was replaced there. Only {site} can have it again. Nothing was changed.',
  'refusal.system-id-retired-elsewhere.way-out':
    'Was an old backup restored? Then associate it with {site} again, or give that server a new database.',
  'refusal.system-id-retired-elsewhere.again': 'Associate it with {site} again',

  'refusal.not-among-yours.title': 'Not among your systems',
  'refusal.not-among-yours.text': 'It may not exist, or belong to others. We do not say which.',

  'refusal.request-expired.title': 'We no longer hold your request',
  'refusal.request-expired.text':
    'We keep a request for 24 hours, for the account that brought it, until it is cancelled. Nothing was changed.',
  'refusal.request-expired.way-out': 'Go back to the server and choose <b>Register now</b> again.',

  'refusal.request-replayed.title': 'This request was used on {at}',
  'refusal.request-replayed.text': 'What it did: {site} got the System ID {id}.',
  'refusal.request-replayed.undone': 'That was taken back since.',
  'refusal.request-replayed.way-out': 'Start again at the server if you want to do something else.',
  'refusal.request-replayed.see': 'See what it did',
  'refusal.request-replayed.move': 'Wrong registration chosen: associate it with another',

  'refusal.request-damaged.title': 'We cannot read what the server sent',
  'refusal.request-damaged.text': 'Nothing was changed. Go back to the server and try again, or type its System ID.',

  'refusal.request-too-large.title': 'This is larger than a request can be',
  'refusal.request-too-large.text':
    'A request of a server has at most 64 KiB. Nothing was changed. Save a new request at the server.',

  'refusal.not-a-request.title': 'This is not a request of a server',
  'refusal.not-a-request.text': 'Look for a name ending in request.datestone. Nothing was changed.',
  'refusal.not-a-request.record':
    'It is a registration file. It goes to the server, under <em>Load file</em>. Nothing was changed.',
  'refusal.not-a-request.bundle':
    'It says who a portal is. It goes to the server when that is installed. Nothing was changed.',
  'refusal.not-a-request.checkin': 'It is a check-in, which a server sends by itself. Nothing was changed.',
  'refusal.not-a-request.answer':
    'It is an answer to a check-in, which a server fetches by itself. Nothing was changed.',

  'refusal.other-portal.title': 'This request is for another portal',
  'refusal.other-portal.text': 'This portal is {host}. The server trusts another one. Nothing was changed.',
  'refusal.other-portal.way-out':
    'Look at the server, under <em>Registration information</em>, which portal it is set up with. Then choose <b>Register now</b> again.',
  'refusal.other-portal.what-to-do': 'What to do',

  'refusal.signing-key-differs.title': 'Two systems say they are {shortId}',
  'refusal.signing-key-differs.text': 'Nothing was changed. Both parties see a conflict.',
  'refusal.signing-key-differs.way-out':
    'If it is your system, log on and settle the conflict on its System information page.',
  'refusal.signing-key-differs.settle': 'Settle the conflict',

  'refusal.lost-race.title': 'Somebody else was first',
  'refusal.lost-race.by-you': 'You associated {site} on {at}. Nothing of yours was changed by this attempt.',
  'refusal.lost-race.by-other': '{name} associated {site} on {at}. Nothing of yours was changed.',
  'refusal.lost-race.edited': '{site} was changed while you looked at it. Nothing of yours was changed.',
  'refusal.lost-race.way-out': 'Look at it as it is now, then decide again.',

  'refusal.edit-locked.title': 'Only the end user can change this',
  'refusal.edit-locked.text':
    '{name} confirmed the registration on {at}. You may still associate a new System ID and change the warranty.',
  'refusal.edit-locked.text-unknown':
    'The end user confirmed the registration. You may still associate a new System ID and change the warranty.',

  'refusal.not-for-your-seat.title': 'This is for the other party to do',
  'refusal.not-for-your-seat.text':
    'The end user says that the details are correct, closes a registration that has or had one, and ends the seat of the integrator. The integrator keeps the warranty. Only who made an association and the end user can undo it.',
  'refusal.not-for-your-seat.way-out': 'Nothing was changed. The System information page says who the parties are.',

  'refusal.seat-taken.title': 'Somebody has this seat already',
  'refusal.seat-taken.text': 'Nobody can be invited to a seat that is taken. Nothing was changed.',
  'refusal.not-both-seats.title': 'You have the other seat',
  'refusal.not-both-seats.text':
    'You, or a colleague in your organisation, are the {seat, select, integrator {integrator} other {end user}} of this registration. The other seat is for somebody else. Nothing was changed.',
  'refusal.invitation-ended.title': 'This invitation cannot be used',
  'refusal.invitation-ended.text':
    'It may be used, withdrawn, replaced, older than 30 days, or for another address than that of your account. We do not say which. Nothing was changed.',
  'refusal.invitation-ended.way-out':
    'You are logged on as {email}. If the invitation was mailed to another address, use the account of that address. Otherwise ask who invited you to do it again.',
  'refusal.invitation-ended.type': 'Type the code of an invitation',
  'refusal.invitation-limit.title': 'Too many invitations today',
  'refusal.invitation-limit.text':
    'A registration can send ten invitations in 24 hours. Nothing was changed. The newest one is still open.',
  'refusal.invitation-code-limit.title': 'Too many unknown codes today',
  'refusal.invitation-code-limit.text':
    'An account has twenty tries in 24 hours. Nothing was changed. Compare the code with the paper, character by character.',
  'refusal.invitation-code-limit.when': 'The next try is possible from {at} on.',

  'refusal.undo-expired.title': 'It can no longer be undone',
  'refusal.undo-expired.text': 'The 72 hours ended on {at}. Associate the right System ID instead, or open a case.',
  'refusal.undo-expired.associate': 'Associate the right System ID',

  'refusal.undo-not-latest.title': 'A later association stands',
  'refusal.undo-not-latest.text': 'Only the latest can be undone: {at}, {id}.',
  'refusal.undo-not-latest.text-none': 'It stands no more, so there is nothing to undo.',

  'refusal.claim-limit.title': 'Too many unconfirmed systems',
  'refusal.claim-limit.text':
    'You have {count, plural, one {# system} other {# systems}} that no system has confirmed yet. Confirm or withdraw some.',
  'refusal.claim-limit.show': 'Show them',

  'refusal.claim-ended.title': 'Another registration was confirmed first',
  'refusal.claim-ended.text': '{id} confirmed another registration on {at}. Nothing else of yours was changed.',

  'refusal.association-ended.title': 'This association stands no more',
  'refusal.association-ended.text': 'It was undone, withdrawn or replaced. Nothing was changed.',

  'refusal.code-limit.title': 'Too many Registration codes today',
  'refusal.code-limit.text':
    'An account gets at most five new codes a day for a System ID, and fewer where others ask too. Use the newest one, or load the file.',
  'refusal.code-limit.when': 'The next code can be made from {at} on.',

  'refusal.codes-used-up.title': 'This System ID has no more Registration codes',
  'refusal.codes-used-up.text': 'Its 4,095 codes are used up. Load the file at the server, or let it check in online.',

  'refusal.confirmation-wrong.title': 'This is not the confirmation code',
  'refusal.confirmation-wrong.text':
    'This is the code for another system, or it is mistyped. {count, plural, one {# try} other {# tries}} left.',
  'refusal.confirmation-older.title': 'This answers another Registration code',
  'refusal.confirmation-older.text':
    'This is the code for another system or an older Registration code. Enter the newest code at the server.',
  'refusal.confirmation-used-up.title': 'No tries left',
  'refusal.confirmation-used-up.text':
    'Make a new Registration code and enter it at the server. Nothing else was changed.',
  'refusal.confirmation-limit.title': 'Too many wrong codes today',
  'refusal.confirmation-limit.text': 'An account and a claim have twenty tries a day. Nothing was changed.',
  'refusal.confirmation-limit.when': 'The next try is possible from {at} on.',

  'refusal.registration-closed.title': 'This registration is closed',
  'refusal.registration-closed.text': 'Since {at}. Register the system as new.',
  'refusal.registration-closed.merged':
    'It was merged into registration {number} on {at}. Associate the System ID with that one.',

  'refusal.unavailable.title': 'The portal cannot do this now',
  'refusal.unavailable.text': 'Nothing was changed. Try again in a few minutes.',
  'refusal.not-found.title': 'This page does not exist',
  'refusal.not-found.text': 'The address may be old or mistyped. Nothing was changed.',
  'refusal.too-many-requests.title': 'Too many at once',
  'refusal.too-many-requests.text':
    'Too many requests came from your network. Nothing was changed. Wait a minute, then try again.',
  'refusal.too-large.title': 'This is larger than a request can be',
  'refusal.too-large.text': 'Nothing was changed. Go back to the server and try again, or type its System ID.',
  'refusal.from-another-page.title': 'This form was sent from another site',
  'refusal.from-another-page.text': 'We take forms only from our own pages. Nothing was changed.',
  'refusal.check-in-damaged.title': 'We cannot read this check-in',
  'refusal.check-in-damaged.text':
    'It is not signed by the system that it names, or it is damaged. Nothing was changed. Choose <b>Check now</b> at the server.',

  'refusal.the-provider': 'the provider',
  'refusal.provider-unreachable.title': 'No answer from {provider}',
  'refusal.provider-unreachable.text': '{provider} did not answer. Try again, or log on with e-mail and password.',
  'refusal.request-is-here': 'Your request is still here.',
  'refusal.provider-stopped.title': 'You are not logged on',
  'refusal.provider-stopped.text': 'You stopped the log on at {provider}. Nothing was changed.',
  'refusal.provider-refused.title': 'Log on refused by {provider}',
  'refusal.provider-refused.text':
    'You cannot go on to this portal from there. Nothing was changed. Try again, or ask who runs the portal.',
  'refusal.answer-from-another-issuer.title': 'You are not logged on',
  'refusal.answer-from-another-issuer.text':
    'The answer came from another place than {provider}, so we do not trust it. Nothing was changed.',
  'refusal.answer-for-another-portal.title': 'You are not logged on',
  'refusal.answer-for-another-portal.text':
    'The answer of {provider} is meant for another portal, so we do not trust it. Nothing was changed.',
  'refusal.answer-to-another-log-on.title': 'You are not logged on',
  'refusal.answer-to-another-log-on.text':
    'The answer of {provider} belongs to another log on, so we do not trust it. Nothing was changed.',
  'refusal.answer-expired.title': 'You are not logged on',
  'refusal.answer-expired.text': 'The answer of {provider} came too late. Nothing was changed. Try again.',
  'refusal.answer-not-signed.title': 'You are not logged on',
  'refusal.answer-not-signed.text':
    'The answer does not carry the signature of {provider}, so we do not trust it. Nothing was changed.',
  'refusal.answer-damaged.title': 'You are not logged on',
  'refusal.answer-damaged.text': 'We cannot read the answer of {provider}. Nothing was changed. Try again.',
  'refusal.log-on-used.title': 'Start the log on again',
  'refusal.log-on-used.text':
    'This log on was used, is too old, or began in another browser. Each works once. Nothing was changed.',
  'refusal.identity-of-another-account.title': 'This belongs to another account',
  'refusal.identity-of-another-account.text':
    'Your account at {provider} is linked with another account here. Log off, then log on with {provider}. Nothing was changed.',
  'refusal.address-has-account.title': 'This address has an account already',
  'refusal.address-has-account.text': 'Log on with it. If you forgot its password, ask for a new one.',
  'refusal.mail-link-used.title': 'This link no longer works',
  'refusal.mail-link-used.text':
    'It was used, is too old, or was cut on its way. Nothing was changed. Log on, or ask for a new link.',
  'refusal.mail-link-in-another-browser.title': 'Open the link in the other browser',
  'refusal.mail-link-in-another-browser.text':
    'Open the link in the browser in which you came from your provider. Only there we know that it is you.',
  'refusal.access-token-limit.title': 'Too many access tokens',
  'refusal.access-token-limit.text':
    'You have {count, plural, one {# access token} other {# access tokens}} that work. Nothing was changed. Revoke one that you do not need, then make another.',
  'refusal.last-way-to-log-on.title': 'It is your only way to log on',
  'refusal.last-way-to-log-on.text':
    'Without it nobody could log on to your account. Nothing was changed. Add another way first.',
  'refusal.account-in-use.title': 'Others still depend on your account',
  'refusal.account-in-use.text':
    'Your account was not erased. Give away or end what it still has first: the page says what that is.',
  'refusal.passkey-limit.title': 'Too many passkeys',
  'refusal.passkey-limit.text':
    'You have {count, plural, one {# passkey} other {# passkeys}}. Nothing was changed here. Remove one that you do not use, then add another.',
  'refusal.passkey-question-used.title': 'Start again with the passkey',
  'refusal.passkey-question-used.text':
    'We asked for it more than 5 minutes ago, in another browser, or had an answer already. Each works once. Nothing was changed.',
  'refusal.passkey-not-accepted.title': 'This passkey was not accepted',
  'refusal.passkey-not-accepted.text':
    'It is not known here any more, belongs to another account, or did not say who was there. Nothing was changed.',
  'refusal.passkey-copied.title': 'This passkey may have been copied',
  'refusal.passkey-copied.text':
    'It says that it was used less often than we have seen. Nobody was logged on, and we told its owner by mail. Log on another way, and remove it under Your account.',
  'refusal.too-many-wrong-passwords.title': 'Too many wrong passwords',
  'refusal.too-many-wrong-passwords.text':
    'Too many wrong passwords. Wait {seconds, plural, one {# second} other {# seconds}}, then try again. A link from Forgotten password works at once.',
  'refusal.program-log-on-ended.title': 'Start the log on of the program again',
  'refusal.program-log-on-ended.text':
    'A program is let in once, within a minute, and just as it asked. Nothing was allowed. Type <code>datestone login</code> again.',
} as const;
