/** Mails. `.subject` and `.text` of each template; never a code, a phone number or a street in a subject. */
export const mail = {
  'mail.associated.subject': '{site}: new System ID associated',
  'mail.associated.text':
    '{by}, {organisation}, associated the new System ID {newShortId} with {site} on {at}.{reason} Old System ID {oldShortId} is retired. Nothing else changed. You need to do nothing.',
  'mail.associated.first':
    '{by}, {organisation}, associated the System ID {newShortId} with {site} on {at}. Nothing else changed. You need to do nothing.',
  'mail.associated.undo': 'Wrong? Undo it until {undoUntil}:',
  'mail.claimed.subject': '{site}: new System ID associated',
  'mail.claimed.text':
    '{by}, {organisation}, associated the new System ID {newShortId} with {site} on {at}.{reason} Old System ID {oldShortId} stays current until the system confirms. Nothing else changed. You need to do nothing.',
  'mail.claimed.first':
    '{by}, {organisation}, associated the System ID {newShortId} with {site} on {at}. It counts once the system confirms. You need to do nothing.',
  'mail.claimed.undo': 'Wrong? Withdraw it:',
  'mail.proven.subject': '{site}: the system confirmed its System ID',
  'mail.proven.text':
    'The system itself confirmed on {at} that it belongs to {site}. Its System ID {newShortId} is current.',
  'mail.proven.by': '{by}, {organisation}, typed the confirmation code that the system had shown.',
  'mail.proven.retired': 'Old System ID {oldShortId} is retired.',
  'mail.claim-ended.subject': '{site}: another registration was confirmed first',
  'mail.claim-ended.text':
    '{newShortId} confirmed another registration on {at}. Your claim on it has ended. Nothing else of yours was changed.',
  'mail.claim-withdrawn.subject': '{site}: a claim was withdrawn',
  'mail.claim-withdrawn.text':
    '{by}, {organisation}, withdrew the claim of {site} on the System ID {newShortId} on {at}. Nothing else changed.',
  'mail.undone.subject': '{site}: an association was undone',
  'mail.undone.text':
    '{by}, {organisation}, undid the association of {site} with the System ID {newShortId} on {at}. The System ID before it is current again.',
  'mail.merged.subject': '{site}: two registrations were merged',
  'mail.merged.text':
    '{by}, {organisation}, merged registration {freshRegistration} into {site} on {at}. {site} keeps its number and data, and has the System ID {newShortId}.',
  'mail.prepared.subject': '{site}: registration prepared',
  'mail.prepared.text':
    '{by}, {organisation}, prepared the registration of {site} on {at}. It has no System ID yet. You need to do nothing.',
  'mail.prepared-several.subject': '{site}, and others: registrations prepared',
  'mail.prepared-several.text':
    '{by}, {organisation}, prepared {count} registrations on {at}, the first of them {site}. They have no System ID yet. You need to do nothing.',
  'mail.prepared-several.see': 'See what was prepared:',
  'mail.registered.subject': '{site}: registered',
  'mail.registered.text': '{by}, {organisation}, registered {site} on {at}, with the System ID {newShortId}.',
  'mail.registered-provisionally.subject': '{site}: registered, not yet confirmed by the system',
  'mail.registered-provisionally.text':
    '{by}, {organisation}, registered {site} on {at}. The system itself has not confirmed the System ID {newShortId} yet. The registration does not end by that.',
  'mail.claim-waits.subject': '{site}: not yet confirmed by the system',
  'mail.claim-waits.text':
    'On {at} {site} was given the System ID {newShortId}. The system itself has not confirmed that yet. Type the confirmation code that the server shows, or withdraw the claim if it was a mistake. Nothing ends by itself.',
  'mail.registration-code.subject': '{site}: Registration code',
  'mail.registration-code.text':
    'You asked for the Registration code of {site}. It is for the server with the short ID {newShortId}, and for no other:',
  'mail.registration-code.enter':
    'Enter it at the server under "Registering your system offline". Small letters are fine. 0 and O, 1 and I are the same.',
  'mail.registration-code.link': 'The server then shows a confirmation code. Type it here:',
  'mail.edited.subject': '{site}: registration changed',
  'mail.edited.text': '{by}, {organisation}, changed the registration of {site} on {at}.',
  'mail.confirmed.subject': '{site}: details confirmed by the end user',
  'mail.confirmed.text': '{by}, {organisation}, said on {at} that the details of {site} are correct.',
  'mail.closed.subject': '{site}: registration closed',
  'mail.closed.text': '{by}, {organisation}, closed the registration of {site} on {at}. Its history is kept.',
  'mail.conflict.subject': '{site}: two systems say that they are one',
  'mail.conflict.text':
    'On {at} a system spoke under the System ID {newShortId} that may not be the one of {site}. Nothing was changed. Look at it and say which is right.',
  'mail.conflict-settled.subject': '{site}: a conflict was settled',
  'mail.conflict-settled.text': '{by}, {organisation}, settled the conflict about the System ID {newShortId} on {at}.',
  'mail.seat-asked.subject': '{site}: somebody asks to take a seat',
  'mail.seat-asked.text':
    '{by}, {organisation}, {email}, asks to take a seat on the registration of {site} (System ID {shortId}). They learnt nothing about it from us. If you know them, invite them to the seat that is free, or answer by mail. If not, you need to do nothing.',
  'mail.merge-asked.subject': '{site}: somebody asks you to merge two registrations',
  'mail.merge-asked.text':
    '{by}, {organisation}, {email}, says that {site} (System ID {shortId}) was registered before. If so, merge it into the older registration.',

  'mail.invitation.subject': '{site}: invitation',
  'mail.invitation.text': '{by}, {organisation}, invites you to be the {seat} of {site}. You can accept until {until}.',
  'mail.invitation.link': 'Look at the invitation. Log on there with this address, or create an account with it:',
  'mail.invited-stranger':
    'Do you not know them? Then do nothing: without you nothing changes. Keep getting such mails, or stop all of ours:',
  'mail.invited.subject': '{site}: somebody is invited',
  'mail.invited.text':
    '{by}, {organisation}, invited somebody on {at} to be the {seat} of {site}. You need to do nothing.',
  'mail.invitation-withdrawn.subject': '{site}: an invitation was withdrawn',
  'mail.invitation-withdrawn.text': '{by}, {organisation}, withdrew on {at} the invitation to be the {seat} of {site}.',
  'mail.invitation-refused.subject': '{site}: an invitation was refused',
  'mail.invitation-refused.text':
    'Who was invited to be the {seat} of {site} refused on {at}. The seat is free: you can invite somebody else.',
  'mail.invitation-expired.subject': '{site}: an invitation expired',
  'mail.invitation-expired.text':
    'Nobody accepted the invitation to be the {seat} of {site} within 30 days. The seat is free: you can invite again.',
  'mail.seat-taken.subject': '{site}: invitation accepted',
  'mail.seat-taken.text': '{by}, {organisation}, is the {seat} of {site} since {at}.',
  'mail.invitation-reminder.subject': '{site}: your invitation is still open',
  'mail.invitation-reminder.text':
    '{by}, {organisation}, asked you on {at} to take the seat of the {seat} of {site}. You can accept until {until}.',
  'mail.invitation-reminder.link':
    'Look at it and accept or refuse. Log on there with this address, or create an account with it:',
  'mail.hand-over.subject': '{site}: a seat is offered to you',
  'mail.hand-over.text':
    '{by}, {organisation}, wants to hand the seat of the {seat} of {site} over to you. You can accept until {until}.',
  'mail.hand-over.link': 'Look at the offer. Log on there with this address, or create an account with it:',
  'mail.hand-over-offered.subject': '{site}: a seat is offered',
  'mail.hand-over-offered.text':
    '{by}, {organisation}, offered the seat of the {seat} of {site} to somebody on {at}. Nothing changes before that is accepted. You need to do nothing.',
  'mail.hand-over-withdrawn.subject': '{site}: the offer of a seat was withdrawn',
  'mail.hand-over-withdrawn.text':
    '{by}, {organisation}, withdrew on {at} the offer of the seat of the {seat} of {site}. Nothing else changed.',
  'mail.hand-over-refused.subject': '{site}: the offer of a seat was refused',
  'mail.hand-over-refused.text':
    'Who was offered the seat of the {seat} of {site} refused on {at}. The seat stays with its party.',
  'mail.hand-over-expired.subject': '{site}: the offer of a seat expired',
  'mail.hand-over-expired.text':
    'Nobody accepted the offer of the seat of the {seat} of {site} within 30 days. The seat stays with its party.',
  'mail.handed-over.subject': '{site}: seat handed over',
  'mail.handed-over.text':
    '{by}, {organisation}, is the {seat} of {site} since {at}. Who handed the seat over sees nothing of the registration any more.',
  'mail.handed-over.anew':
    'What the end user before confirmed and agreed to share has ended. The new end user is asked for both.',
  'mail.handed-over-by-you.subject': '{site}: you handed your seat over',
  'mail.handed-over-by-you.text':
    '{by}, {organisation}, accepted on {at}, and is the {seat} of {site} now. You see nothing of the registration any more, and get no more mails about it.',
  'mail.seat-ended.subject': '{site}: the integrator’s seat was ended',
  'mail.seat-ended.text':
    '{by}, {organisation}, ended the integrator’s seat of {site} on {at}.{reason} Who had it sees nothing of the registration any more.',
  'mail.seat-ended-for-you.subject': '{site}: your seat was ended',
  'mail.seat-ended-for-you.text':
    '{by}, {organisation}, ended your seat as integrator of {site} on {at}.{reason} You see nothing of the registration any more, and get no more mails about it.',
  'mail.resigned.subject': '{site}: the integrator leaves',
  'mail.resigned.text':
    '{by}, {organisation}, leaves the seat of the integrator of {site} on {until}. Until then nothing changes, and it can be taken back.',
  'mail.resignation-taken-back.subject': '{site}: the integrator stays',
  'mail.resignation-taken-back.text': '{by}, {organisation}, said on {at} that they stay the integrator of {site}.',
  'mail.seat-left.subject': '{site}: the integrator has left',
  'mail.seat-left.text':
    'The integrator of {site} left on {at}, as it had said. The seat is free: another one can be invited, or none.',
  'mail.seat-left-by-you.subject': '{site}: you have left',
  'mail.seat-left-by-you.text':
    'You are no longer the integrator of {site} since {at}, as you had said. You see nothing of the registration any more, and get no more mails about it.',
  'mail.without-party.subject': '{site}: nobody has a seat any more',
  'mail.without-party.text':
    'The integrator of {site} left on {at}, and there is no end user. The registration and its history are kept, and nobody can read them.',
  'mail.confirmed.consents': 'They also agreed to share: {consents}.',
  'mail.consented.subject': '{site}: registration changed',
  'mail.consented.text': '{by}, {organisation}, agreed on {at} that {site} shares: {consents}.',
  'mail.consent-withdrawn.subject': '{site}: registration changed',
  'mail.consent-withdrawn.text':
    '{by}, {organisation}, said on {at} that {site} no more shares: {consents}. The registration stays confirmed.',
  'mail.case-opened.subject': '{site}: a case was opened',
  'mail.case-opened.text':
    '{by}, {organisation}, opened a case about the registration of {site} on {at}. {openedAs, select, holder {They have proven that the system is in their hands, and ask for the seat of the {seat}.} other {It is about the seat of the {seat}.}} Nothing has changed yet: from {until} on a portal administrator decides.',
  'mail.case-opened.case': 'You reach them at {email}. You can object until {until}:',
  'mail.case-objected.subject': '{site}: a party objected to a case',
  'mail.case-objected.text':
    '{by}, {organisation}, objected on {at} to the case about the registration of {site}. A portal administrator reads both sides and decides.',
  'mail.case-objected.case': 'See the case:',
  'mail.case-withdrawn.subject': '{site}: a case was withdrawn',
  'mail.case-withdrawn.text':
    '{by}, {organisation}, withdrew the case about the registration of {site} on {at}. Nothing was changed.',
  'mail.case-decided.subject': '{site}: a case was decided',
  'mail.case-decided.text':
    'A portal administrator decided on {at} the case that {by}, {organisation}, had opened about the registration of {site}.',
  'mail.case-decided.seat-given': '{by}, {organisation}, is the {seat} from now on.',
  'mail.case-decided.party-removed': 'The {seat} has the seat no more.',
  'mail.case-decided.without-party': 'Nobody has a seat any more.',
  'mail.case-decided.refused': 'The case was refused, and nothing was changed.',
  'mail.case-answered.subject': 'Your case was decided',
  'mail.case-answered.text': 'A portal administrator decided on {at} the case that you had opened.',
  'mail.case-answered.case': 'See the case:',
  'mail.case-waits.subject': 'A case was opened',
  'mail.case-waits.text':
    'A case was opened on {at}. The parties can object until {until}; then it is yours to decide.',
  'mail.case-waits.case': 'See the case. Looking at it is recorded:',
  'mail.written.statement': 'They write: {text}',
  'mail.written.evidence': 'What shows it: {text}',
  'mail.written.objection': 'They write: {text}',
  'mail.written.decisionReason': 'The reason: {text}',
  'mail.administrator-added.subject': 'Your account administers the portal',
  'mail.administrator-added.text':
    'Since {at} your account is a portal administrator. Whoever runs the machine of the portal made it one.',
  'mail.administrator-removed.subject': 'Your account administers the portal no more',
  'mail.administrator-removed.text': 'Since {at} your account is no portal administrator any more.',
  'mail.sessions-ended.subject': 'You were logged off everywhere',
  'mail.sessions-ended.text':
    'A portal administrator ended every log-on to your account on {at}. You can log on again.',
  'mail.seat.integrator': 'integrator',
  'mail.seat.end-user': 'end user',
  'mail.consent.system': 'system information',
  'mail.consent.personal': 'personal information',

  'mail.reason': 'Reason: {reason}.',
  'mail.reason.database-deleted': 'the database was deleted',
  'mail.reason.server-replaced': 'the server was replaced',
  'mail.reason.wrong-registration': 'wrong registration chosen before',
  'mail.reason.other': 'other',
  'mail.unknown': 'unknown',
  'mail.open': 'See the registration:',
  'mail.not-expected': 'Not expected? Log on and look at the history, or answer this mail.',
  'mail.not-expected-alone': 'Not expected? Answer this mail.',
  'mail.several.subject': '{subject}, and {n, plural, one {one more change} other {# more changes}}',
  'mail.site-administrator':
    'You get this because {site} names you as its site administrator. Keep getting these mails, or stop them all:',

  'mail.member-invitation.subject': '{organisation}: invitation',
  'mail.member-invitation.text':
    '{by} invites you to be a member of {organisation} at our portal. You then act for its registrations. You can accept until {until}.',
  'mail.member-invitation.link':
    'Look at the invitation. Log on there with this address, or create an account with it:',
  'mail.member-joined.subject': '{organisation}: {name} is a member now',
  'mail.member-joined.text':
    '{name} accepted the invitation of {organisation} on {at}, and acts for its registrations from now on. Registrations that came along: {count}.',
  'mail.member-gone.subject': '{organisation}: {name} is no member any more',
  'mail.member-gone.text':
    '{name} is no member of {organisation} since {at}. It was {by} who said so. Registrations and history stay with the organisation.',
  'mail.member-removed.subject': 'You are no member of {organisation} any more',
  'mail.member-removed.text':
    '{by} removed you from {organisation} on {at}. You see nothing of its registrations any more. What you have alone stays yours.',
  'mail.member-role.subject': '{organisation}: your role has changed',
  'mail.member-role.text': '{by} changed your role in {organisation} on {at}. You are now: {role}.',
  'mail.role.administrator': 'administrator',
  'mail.role.member': 'member',
  'mail.brought-into-organisation.subject': '{site}: an organisation has a seat',
  'mail.brought-into-organisation.text':
    '{by} brought the seat of the {seat} of {site} into {organisation} on {at}. From now on all members of {organisation} act for it.',
  'mail.brought-into-organisation-several.subject':
    '{organisation}: an organisation has seats of {count} registrations',
  'mail.brought-into-organisation-several.text':
    '{by} brought {count} registrations into {organisation} on {at}, {site} among them. From now on all members of {organisation} act for them.',
  'mail.taken-from-organisation.subject': '{site}: one person has a seat of an organisation',
  'mail.taken-from-organisation.text': '{organisation} ended on {at}. {by} alone is the {seat} of {site} from now on.',
  'mail.taken-from-organisation-several.subject':
    '{organisation} ended: one person has its seats of {count} registrations',
  'mail.taken-from-organisation-several.text':
    '{organisation} ended on {at}. {by} alone has its seats of {count} registrations from now on, {site} among them.',

  'mail.access-token-made.subject': 'An access token was made for your account',
  'mail.access-token-made.text':
    'An access token with the name {name} was made on {at}. A program can act for your account with it until {until}.',
  'mail.access-token-made.revoke': 'Was it not you? Revoke it:',
  'mail.provider-unlinked.subject': '{provider} was unlinked from your account',
  'mail.provider-unlinked.text':
    '{provider} was unlinked from your account on {at}. Nobody logs on to it there any more. Everything else is as it was.',
  'mail.provider-unlinked.ways': 'Was it not you? See the ways to log on, and choose a new password:',
  'mail.passkey-added.subject': 'A passkey was added to your account',
  'mail.passkey-added.text':
    'A passkey with the name {name} was added to your account on {at}. Whoever has it can log on to your account.',
  'mail.passkey-added.ways': 'Was it not you? Remove it, log off everywhere else, and choose a new password:',
  'mail.passkey-removed.subject': 'A passkey was removed from your account',
  'mail.passkey-removed.text':
    'The passkey with the name {name} was removed from your account on {at}. Nobody logs on with it any more. Everything else is as it was.',
  'mail.passkey-removed.ways': 'Was it not you? See the ways to log on, and choose a new password:',
  'mail.passkey-copied.subject': 'A passkey of your account may have been copied',
  'mail.passkey-copied.text':
    'Somebody wanted to log on to your account with the passkey {name} on {at}. It says that it was used less often than we have seen, so there may be two of it. Nobody was logged on.',
  'mail.passkey-copied.ways': 'Remove this passkey, whether it was you or not, and add a new one:',

  'mail.new-address.subject': 'Your new e-mail address',
  'mail.new-address.text':
    'Somebody, probably you, wants to use this address for an account at our portal. It counts once you have opened the link, logged on. The link works for 24 hours.',
  'mail.new-address.link': 'Use this address:',
  'mail.new-address-taken.subject': 'Your address was named for another account',
  'mail.new-address-taken.text':
    'Somebody, perhaps you, wanted to use this address for another account at our portal. It has an account already, so nothing was changed.',
  'mail.address-changes.subject': 'Another e-mail address was asked for',
  'mail.address-changes.text':
    'On {at} somebody who was logged on to your account asked for another e-mail address. It counts once the link that we sent there was opened.',
  'mail.address-changes.ways': 'Was it not you? Log off everywhere else, and choose a new password:',
  'mail.address-changed.subject': 'Your account has another e-mail address',
  'mail.address-changed.text':
    'Since {at} your account at our portal has another e-mail address. This is our last mail about it to this one.',

  'mail.account-erased.subject': 'Your account was erased',
  'mail.account-erased.text':
    'As you asked on {at}, your account at our portal was erased, and with it what says who you are. This is our last mail to you about it.',

  'mail.new-account.subject': 'Finish creating your account',
  'mail.new-account.text':
    'Somebody, probably you, wants to create an account at our portal with this address. It exists once you have opened the link. The link works for 24 hours.',
  'mail.new-account.link': 'Create the account:',
  'mail.address-taken.subject': 'You have an account already',
  'mail.address-taken.text':
    'Somebody, probably you, wants to create an account at our portal with this address. It has one already, so nothing was changed.',
  'mail.address-taken.link': 'Log on, or choose "Forgotten password" there:',
  'mail.new-password.subject': 'Choose a new password',
  'mail.new-password.text':
    'Somebody, probably you, forgot the password of your account at our portal. The link works once, for one hour. The old password works until then.',
  'mail.new-password.link': 'Choose a new password:',
  'mail.no-password.subject': 'Your account has no password',
  'mail.no-password.text':
    'Somebody, probably you, asked for a new password. Your account at our portal has none: you log on with {provider}.',
  'mail.no-password.link': 'Log on:',
  'mail.your-provider': 'your provider',
  'mail.not-asked-for': 'Was it not you? Then do nothing: without you nothing changes.',
} as const;
