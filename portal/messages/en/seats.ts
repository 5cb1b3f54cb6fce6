/** Who is invited to the free seat, how they accept, and what the end user shares. */
export const seats = {
  'invite.end-user': 'End user',
  'invite.integrator': 'Integrator',
  'invite.end-user.email': 'End user’s e-mail',
  'invite.integrator.email': 'Integrator’s e-mail',
  'invite.email.hint': 'For the invitation by e-mail. Only an account of this very address can accept it.',
  'invite.mail': 'Invite by e-mail',
  'invite.unknown': 'I do not know it yet',
  'invite.printed': 'They have no e-mail: print an invitation',
  'invite.choose': 'Choose how the end user is invited.',
  'invite.choose-integrator': 'Choose how the integrator is invited.',
  'invite.not-an-email': 'Enter an e-mail address like name@example.com.',
  'invite.own-address': 'This is the address of somebody who has the other seat. Enter the address of the other party.',

  'check.end-user.question':
    'Is this the end user’s own address? The invitation lets its reader take the end user’s seat.',
  'check.end-user.unknown':
    'You do not know it yet. Nobody is invited: you can do it later on the System information page.',
  'check.end-user.printed': 'They have no e-mail. You can print an invitation as soon as you have submitted.',

  'seats.not-reachable': 'Not reachable',
  'seats.not-reachable.text':
    'No end user has accepted yet. Until then notices go to the integrator and the site administrator only.',
  'seats.not-reachable.what': 'Invite the end user, or see to it that the invitation is accepted.',
  'seats.end-user.heading': 'Invite the end user',
  'seats.integrator.heading': 'Invite an integrator',
  'seats.integrator.text': 'You need none. An integrator may associate a new System ID and keeps the warranty.',
  'seats.text': 'Whoever accepts sees the whole registration. Before that they see the site and who invites.',
  'seats.open.mail': '{address} is invited since {at}. The invitation can be accepted until {until}.',
  'seats.open.printed': 'An invitation was printed on {at}. It can be accepted until {until}.',
  'seats.mail.waiting': 'The mail is on its way.',
  'seats.mail.sent': 'Our mail server has sent the mail.',
  'seats.mail.not-sent':
    'The mail could not be sent, or its reader wants no mails of ours. Compare the address, or print an invitation.',
  'seats.anew': 'Another invitation ends this one.',
  'seats.withdraw': 'Withdraw',
  'seats.withdraw-object': 'the invitation',
  'seats.invite': 'Invite',

  'done.end-user.heading': 'The end user',
  'done.end-user.invited': 'We invite {address} to take the end user’s seat, until {until}.',
  'done.end-user.nobody': 'Nobody has the end user’s seat yet. Until then the registration counts as not reachable.',
  'done.end-user.invite': 'Invite the end user',
  'done.end-user.print': 'Print the invitation',

  'printed.h1': 'Invitation: {site}',
  'printed.once': 'This page shows the code once. Print it now; if it is lost, print another invitation.',
  'printed.text':
    '{organisation} invites you to take the seat of the {seat, select, integrator {integrator} other {end user}} of {site}.',
  'printed.scan': 'Scan this code with a phone, or open {address} and type the invitation code.',
  'printed.code': 'Invitation code',
  'printed.until': 'It works once, until {until}. Whoever has this sheet can use it.',
  'printed.qr': 'QR code of the invitation to {site}',
  'printed.print': 'Print this page',
  'printed.back': 'System information page',

  'invitation.type.h1': 'Type the code of an invitation',
  'invitation.type.code': 'Invitation code',
  'invitation.type.hint': '4 groups of 5. Small letters are fine. 0 and O, 1 and I are the same.',
  'invitation.type.mailed': 'Was the invitation mailed to you? Open the link in that mail.',
  'invitation.type.go': 'Continue',
  'invitation.refused': 'You refused the invitation. Nothing else was changed.',
  'invitation.empty': 'Enter the invitation code.',
  'invitation.wrong-length': 'The code has 20 characters. You typed {symbols}.',
  'invitation.not-understood': '{character} is not used in this code. Look at group {group}.',
  'invitation.other-code': 'That is another code. The invitation code has 20 characters, on the printed invitation.',
  'invitation.symbol': 'Check group {group} of the code: {text}. One character there is probably wrong.',
  'invitation.exchange': 'Two characters are probably swapped in group {group}: you typed {typed}, try {swapped}.',
  'invitation.either': 'Check group {group} and group {other}.',
  'invitation.several': 'Several characters of the code are wrong. Compare every group.',

  'invitation.h1': 'You are invited: {site}',
  'invitation.who':
    '{organisation} invites you to be the {seat, select, integrator {integrator} other {end user}} of this registration.',
  'invitation.site': 'Site/building name',
  'invitation.by': 'Invited by',
  'invitation.seat': 'Your seat',
  'invitation.until': 'Can be accepted until',
  'invitation.as': 'You are logged on as {name}, {email}. <b>The seat is this account’s.</b>',
  'invitation.then.end-user':
    'Then you see the whole registration. You can correct it, and say that the details are correct. The parties get a mail.',
  'invitation.then.integrator':
    'Then you see the whole registration, may associate a new System ID, and keep the warranty. The parties get a mail.',
  'invitation.accept': 'Accept',
  'invitation.accept-object': 'the invitation to {site}',
  'invitation.refuse': 'Refuse',
  'invitation.refuse-object': 'the invitation to {site}',
  'invitation.another-account': 'Use another account',
  'invitation.accepted': 'You have the seat now.',
  'invitation.correct': 'Look at the details below and correct what is wrong. Then say that they are correct.',

  'log-on.invited':
    'You came with an invitation. Log on with the account of the address that it was mailed to, or create an account with that address.',

  'consent.heading': 'What you share',
  'consent.heading-integrator': 'What the end user shares',
  'consent.ask.system': 'Do you agree to share system information?',
  'consent.ask.personal': 'Do you agree to share personal information?',
  'consent.yes': 'I agree',
  'consent.no': 'I do not agree',
  'consent.choose.system': 'Choose whether you agree to share system information.',
  'consent.choose.personal': 'Choose whether you agree to share personal information.',
  'consent.system.short': 'system information',
  'consent.personal.short': 'personal information',
  'consent.given': 'Agreed on {at}, to the text of version {version}.',
  'consent.not-given': 'Not shared.',
  'consent.withdrawn': 'Withdrawn on {at}. Not shared.',
  'consent.read': 'Read the text',
  'consent.version': 'Version {version}.',
  'consent.withdraw': 'Withdraw',
  'consent.give': 'I agree',
  'consent.object': 'to share {what}',
  'consent.changed-since': 'The text was changed a moment ago. Read it again before you agree.',

  'why-not.consent': 'Only the end user decides this.',

  'history.act.invited': 'Somebody was invited: {seat}.',
  'history.act.invitation-replaced': 'Another invitation in place of the one before: {seat}.',
  'history.act.invitation-withdrawn': 'The invitation was withdrawn: {seat}.',
  'history.act.invitation-refused': 'The invitation was refused: {seat}.',
  'history.act.invitation-expired': 'The invitation expired: {seat}.',
  'history.act.consented': 'Agreed to share: {kinds}.',
  'history.act.consent-withdrawn': 'Shared no more: {kinds}.',
  'history.invited': '{address}.',
  'history.printed': 'It was printed.',
  'history.consent-version': 'Text of version {version}.',

  'mail.invitation.subject': '{site}: invitation',
  'mail.invitation.text':
    '{by}, {organisation}, invites you to be the {seat, select, integrator {integrator} other {end user}} of {site}. You can accept until {until}.',
  'mail.invitation.link': 'Look at the invitation. Log on there with this address, or create an account with it:',
  'mail.invited-stranger':
    'Do you not know them? Then do nothing: without you nothing changes. Keep getting such mails, or stop all of ours:',
  'mail.invited.subject': '{site}: somebody is invited',
  'mail.invited.text':
    '{by}, {organisation}, invited somebody on {at} to be the {seat, select, integrator {integrator} other {end user}} of {site}. You need to do nothing.',
  'mail.invitation-withdrawn.subject': '{site}: an invitation was withdrawn',
  'mail.invitation-withdrawn.text':
    '{by}, {organisation}, withdrew on {at} the invitation to be the {seat, select, integrator {integrator} other {end user}} of {site}.',
  'mail.invitation-refused.subject': '{site}: an invitation was refused',
  'mail.invitation-refused.text':
    'Who was invited to be the {seat, select, integrator {integrator} other {end user}} of {site} refused on {at}. The seat is free: you can invite somebody else.',
  'mail.invitation-expired.subject': '{site}: an invitation expired',
  'mail.invitation-expired.text':
    'Nobody accepted the invitation to be the {seat, select, integrator {integrator} other {end user}} of {site} within 30 days. The seat is free: you can invite again.',
  'mail.seat-taken.subject': '{site}: invitation accepted',
  'mail.seat-taken.text':
    '{by}, {organisation}, is the {seat, select, integrator {integrator} other {end user}} of {site} since {at}.',
  'mail.confirmed.consents': 'They also agreed to share: {consents}.',
  'mail.consented.subject': '{site}: registration changed',
  'mail.consented.text': '{by}, {organisation}, agreed on {at} that {site} shares: {consents}.',
  'mail.consent-withdrawn.subject': '{site}: registration changed',
  'mail.consent-withdrawn.text':
    '{by}, {organisation}, said on {at} that {site} no more shares: {consents}. The registration stays confirmed.',
  'mail-address.text-invited':
    'Somebody invited this address to a registration. You can keep getting such mails, or stop all of ours.',
} as const;
