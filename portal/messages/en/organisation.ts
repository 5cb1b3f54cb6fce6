/** Organisations with members, and accounts that several people use. */
export const organisation = {
  'organisation.h1': 'Your organisation',
  'organisation.what':
    'In an organisation several accounts act for the same registrations. Whoever acts does so in their own name: the history says who it was, and for which organisation.',
  'organisation.none': 'You are a member of no organisation.',
  'organisation.join': 'Does your organisation have a place here already? Ask a colleague to invite you.',
  'organisation.make.h2': 'Make an organisation',
  'organisation.make.text': 'You are its administrator, and can invite colleagues.',
  'organisation.name': 'Name of the organisation',
  'organisation.name.hint': 'The other parties see it, and the sites show it.',
  'organisation.name.missing': 'Enter the name of the organisation.',
  'organisation.name.long': 'The name has at most {max} characters.',
  'organisation.make': 'Make the organisation',
  'organisation.bring': 'Your {count, plural, one {registration} other {# registrations}}',
  'organisation.bring.yes':
    '{count, plural, one {Bring it into the organisation} other {Bring them into the organisation}}',
  'organisation.bring.yes.hint':
    'All members see and change {count, plural, one {it} other {them}}. If you leave, {count, plural, one {it stays} other {they stay}} with the organisation. The parties get a mail.',
  'organisation.bring.no': '{count, plural, one {Keep it for myself} other {Keep them for myself}}',
  'organisation.bring.no.hint':
    'Your colleagues do not see {count, plural, one {it} other {them}}. What you register from now on is the organisation’s all the same.',
  'organisation.bring.choose': 'Choose what becomes of your {count, plural, one {registration} other {registrations}}.',
  'organisation.from-now-on': 'Every seat that you take from now on is the organisation’s.',

  'organisation.role': 'Your role',
  'organisation.role.administrator': 'administrator',
  'organisation.role.member': 'member',
  'organisation.registrations': 'Registrations',
  'organisation.members.h2': 'Members',
  'organisation.members.caption': '{count, plural, one {# member} other {# members}}',
  'organisation.member.name': 'Name',
  'organisation.member.role': 'Role',
  'organisation.member.since': 'Since',
  'organisation.member.act': 'Change it',
  'organisation.member.change': 'Change',
  'organisation.you': '{name} (you)',
  'organisation.invite.h2': 'Invite a colleague',
  'organisation.invite.text':
    'Only an account that has verified this very address can accept, within 30 days. Look at the address twice: its reader can act for all registrations of the organisation.',
  'organisation.invite.email': 'Colleague’s e-mail',
  'organisation.invite.not-an-email': 'Enter an e-mail address like name@example.com.',
  'organisation.invite.member': 'This is the address of a member.',
  'organisation.invite': 'Invite',
  'organisation.open': '{address} is invited since {at}. The invitation can be accepted until {until}.',
  'organisation.withdraw': 'Withdraw',
  'organisation.withdraw-object': 'the invitation of {address}',
  'organisation.only-administrators': 'Only an administrator of the organisation does this.',
  'organisation.leave.h2': 'Leave the organisation',
  'organisation.leave.text':
    'From then on you see nothing of its registrations. They stay with it, with everything that you did. What you have alone stays yours.',
  'organisation.leave.last':
    'You are its only member. If you leave, the organisation ends. {count, plural, =0 {It has no registrations.} one {Its registration is yours alone from then on, and its parties get a mail.} other {Its # registrations are yours alone from then on, and their parties get a mail.}}',
  'organisation.leave': 'Leave',
  'organisation.last-administrator':
    'You are the last administrator, and others are still members. Make one of them an administrator before.',
  'organisation.left': 'You have left the organisation. What you have alone is yours as before.',
  'organisation.back': 'Your organisation',

  'member.role.h2': 'Role',
  'member.role.text':
    'An administrator invites and removes colleagues, and says who is an administrator. All members act for all registrations.',
  'member.role.administrator': 'Make administrator',
  'member.role.member': 'Make member',
  'member.remove.h2': 'Remove from the organisation',
  'member.remove.text':
    'At once, {name} sees nothing of the organisation’s registrations any more, wherever they are logged on. The registrations stay, with everything that {name} did. {name} gets a mail.',
  'member.remove': 'Remove',
  'member.last-administrator': 'This is the last administrator. Make somebody else an administrator before.',

  'colleague.h1': 'You are invited: {organisation}',
  'colleague.who': '{by} invites you to be a member of {organisation}.',
  'colleague.until': 'Can be accepted until',
  'colleague.as': 'You are logged on as {name}, {email}. <b>This account becomes the member.</b>',
  'colleague.then':
    'Then you see and change all registrations of the organisation, and its members see your name and e-mail address.',
  'colleague.accept': 'Accept',
  'colleague.accept-object': 'the invitation of {organisation}',
  'colleague.refuse': 'Refuse',
  'colleague.refuse-object': 'the invitation of {organisation}',
  'colleague.refused': 'You refused the invitation. Nothing else was changed.',

  'shared.h2': 'Who uses this account',
  'shared.text':
    'Better is one account for each person, in one organisation. If several people must use this account, say so: then every log-on is asked for a name, which the history shows to the parties.',
  'shared.is': 'Several people use this account. Every log-on is asked for a name.',
  'shared.now': 'In this log-on you are {person}.',
  'shared.another': 'Give another name',
  'shared.yes': 'Several people use it',
  'shared.no': 'Only one person uses it',
  'who.h1': 'Who is this?',
  'who.text':
    'Several people use this account. Your name stands in the history beside what you do in this log-on; the parties of the registration see it.',
  'who.name': 'Your name',
  'who.missing': 'Enter your name.',
  'who.long': 'The name has at most {max} characters.',
  'who.go': 'Continue',

  'history.act.brought-into-organisation': 'The seat is an organisation’s now: {seat}.',
  'history.act.taken-from-organisation': 'The organisation ended. One person has its seat now: {seat}.',
  'history.by-for': '{name}, for {organisation}.',
  'history.by-member': 'A member of {organisation}.',
  'history.person': 'Used by {person}.',

  'refusal.no-organisation.title': 'You are a member of no organisation',
  'refusal.no-organisation.text':
    'Perhaps you were removed, or have left. You see no registrations of it any more; what you have alone is yours. Nothing was changed.',
  'refusal.already-member.title': 'You are a member of an organisation already',
  'refusal.already-member.text':
    'An account acts for one organisation. Leave yours first, or use another account. Nothing was changed.',
  'refusal.not-organisation-administrator.title': 'This is for an administrator to do',
  'refusal.not-organisation-administrator.text':
    'Administrators of the organisation invite and remove its members. The list of members says who they are. Nothing was changed.',
  'refusal.last-administrator.title': 'An organisation needs an administrator',
  'refusal.last-administrator.text':
    'This is the last one, and others are still members. Make one of them an administrator before. Nothing was changed.',
  'refusal.organisation-has-other-seat.title': 'The organisation has the other seat',
  'refusal.organisation-has-other-seat.text':
    'You and the organisation, or a colleague in it, would have both seats of {site}. Nobody can act for both. Nothing was changed.',
  'refusal.organisation-has-other-seat.text-unknown':
    'You and the organisation would have both seats of one registration. Nobody can act for both. Nothing was changed.',
  'refusal.organisation-has-other-seat.way-out':
    'Keep that registration for yourself if a colleague has its other seat. If the organisation has it, use another account.',
  'refusal.member-invitation-limit.title': 'Too many invitations today',
  'refusal.member-invitation-limit.text':
    'An organisation can invite twenty colleagues in 24 hours. Nothing was changed. Those that are open stay open.',
  'refusal.go.organisation': 'Your organisation',
} as const;
