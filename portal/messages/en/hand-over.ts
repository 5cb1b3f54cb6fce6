/** A seat that changes hands, ends, or is left. */
export const handOver = {
  'seat.heading': 'Your seat',
  'seat.hand-over': 'Hand over your seat',
  'seat.hand-over.text':
    '{seat, select, integrator {Somebody else looks after the system from now on?} other {The building is sold, or somebody else answers for it?}} Hand your seat over.',
  'seat.offered': 'You offered your seat on {at}. The offer can be accepted until {until}. <go>Look at it</go>.',
  'seat.end': 'End the integrator’s seat',
  'seat.resign': 'Leave your seat',
  'seat.leaves-you': 'You leave your seat on {at}. Until then everything is as before.',
  'seat.leaves-integrator': 'The integrator leaves its seat on {at}. Until then everything is as before.',
  'seat.take-back': 'Stay after all',

  'hand-over.h1': 'Hand over your seat: {site}',
  'hand-over.keep': 'Until your offer is accepted you keep everything, and can withdraw it.',
  'hand-over.then': 'When it is accepted:',
  'hand-over.sees':
    'Whoever accepts is the {seat, select, integrator {integrator} other {end user}}, and sees the whole registration as it is then.',
  'hand-over.you': 'You see nothing of it any more, and get no more mails about it.',
  'hand-over.consents':
    'What you confirmed and agreed to share ends. The new end user is asked for both. The integrator, and codes that were printed, stay.',
  'hand-over.end-user-stays': 'What the end user confirmed and shares stays. So do codes that were printed.',
  'hand-over.details':
    'The site administrator stays written on it: {name}, {email}. <go>Change that</go> first, if they should not be shown to somebody else.',
  'hand-over.history':
    'The history shows what was done and when. Your name, and reasons and addresses of before, are not shown to who comes after you.',
  'hand-over.mail': 'Both parties and the site administrator get a mail.',
  'hand-over.end-user': 'New end user',
  'hand-over.end-user.email': 'New end user’s e-mail',
  'hand-over.integrator': 'New integrator',
  'hand-over.integrator.email': 'New integrator’s e-mail',
  'hand-over.open.mail': '{address} can accept your offer until {until}. You made it on {at}.',
  'hand-over.open.printed': 'You printed your offer on {at}. It can be accepted until {until}.',
  'hand-over.withdraw-object': 'your offer',
  'hand-over.anew': 'Another offer ends this one.',
  'hand-over.offer': 'Offer your seat',
  'hand-over.cancel': 'Back',

  'end-seat.h1': 'End the integrator’s seat: {site}?',
  'end-seat.who': 'The integrator is {organisation} ({name}).',
  'end-seat.who-organisation': 'The integrator is {organisation}.',
  'end-seat.at-once': 'They see nothing of the registration any more, at once.',
  'end-seat.stays':
    'What they associated stays. You can undo the latest as long as the System information page says so. A System ID that waits for the system to confirm goes on waiting, and you can withdraw it.',
  'end-seat.codes': 'A registration code that they have already can still be entered at the server.',
  'end-seat.next': 'You can invite another integrator, or none.',
  'end-seat.mail': 'They get a mail with your reason. You and the site administrator get one too.',
  'end-seat.reason': 'Reason',
  'end-seat.reason.hint': 'The integrator reads it, and it stands in the history. At most 500 characters.',
  'end-seat.reason.empty': 'Enter the reason.',
  'end-seat.reason.too-long': 'Enter at most 500 characters.',
  'end-seat.changed-since': 'The integrator has changed since you looked. Nothing was ended.',
  'end-seat.button': 'End the seat',

  'resign.h1': 'Leave your seat: {site}?',
  'resign.until': 'You leave on {at}. Until then everything is as before, and you can take it back.',
  'resign.then': 'Then you see nothing of the registration any more, and get no more mails about it.',
  'resign.stays': 'What you associated stays.',
  'resign.mail': 'The end user and the site administrator get a mail now, and on that day.',
  'resign.mail-alone': 'The site administrator gets a mail now, and on that day.',
  'resign.alone':
    'No end user has accepted yet. If nobody accepts until then, nobody can read the registration any more. Only a case at the portal brings it back.',
  'resign.alone.better': '<hand>Hand your seat over</hand> or <close>close the registration</close> instead.',
  'resign.alone.prepared':
    'Nobody else has a seat, and there is no System ID yet by which somebody could take the registration up.',
  'resign.insist': 'Although nobody may be left',
  'resign.insist.yes': 'Leave it without anybody',
  'resign.insist.needed': 'Nobody would be left. Say that you want that, or hand your seat over.',
  'resign.button': 'Leave on {at}',
} as const;
