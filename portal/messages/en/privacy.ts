/** The privacy page: what this portal keeps, what for, who sees it, and for how long. */
export const privacy = {
  'privacy.h1': 'Privacy Policy',
  'privacy.what': 'What we keep',
  'privacy.what.account':
    'Of your account: name, e-mail address, organisation, and a hash of your password. If you log on with a provider: which one, and its name for you. It learns that you log on here. Of a passkey: its public half, its name, and the day of its last use.',
  'privacy.what.log-on':
    'Of a log-on that is open: the kind of browser and system, how you logged on, since when, and in which hour you used it last. Not your address.',
  'privacy.what.registration':
    'Of a registration: the site, its address, the kind, version and name of its server, the site administrator’s contact data, and the warranty. Also what you filled in and did not submit.',
  'privacy.what.request':
    'What a server sends when you choose Register now, and which page sent it. The server shows it to you before.',
  'privacy.what.check-in':
    'What a server says when it checks in: its System ID, the registration that it shows, its installation key, and when. If the end user agreed to share system information, also the kind, product, version and name of the server and the state of its agent, for as long as that stands. No personal data.',
  'privacy.what.history':
    'Of every change: who made it, when, and why. Names and reasons lie beside the history, so that they can be erased without breaking it.',
  'privacy.what.invitation':
    'Of an organisation: its name, its members, their role, and since when. Of an invitation: the address that it was mailed to, who invited, when, and what became of it. Of what an end user agreed to share: what, when, and to which version of the text.',
  'privacy.what.mail': 'The mails that we sent: to which address, about what, and whether the mail server took them.',
  'privacy.why': 'What for',
  'privacy.why.reach': 'To reach whoever looks after a system when a vulnerability is found in it.',
  'privacy.why.find': 'To find the registration again when the server was rebuilt.',
  'privacy.why.tell': 'To tell both parties and the site administrator of every change.',
  'privacy.who': 'Who sees it',
  'privacy.who.parties':
    'The integrator and the end user of the registration, and all members of an organisation that is one of them: the registration, its history, and each other’s name and organisation. Of an account that several people use, also the name that was given in the log-on.',
  'privacy.who.operator': 'Whoever runs this portal. Passwords cannot be read by anybody.',
  'privacy.who.site':
    'Everybody on the network of the building sees site, company, place, number and date on the logon page. Never an e-mail address, a phone number or a street.',
  'privacy.who.asked': 'If you ask for a seat, its parties get your name, organisation and e-mail address.',
  'privacy.who.nobody':
    'Nobody else. Who types a complete System ID is told that it is registered, not to whom. A registration number tells a stranger nothing.',
  'privacy.long': 'For how long',
  'privacy.long.kept':
    'As long as this portal runs. An account that was not finished is forgotten after 24 hours. A request can be used for 24 hours, and you stay logged on for 12.',
  'privacy.long.ask':
    'On Your account you read and download all that we keep of you, and erase it. What a mail said is deleted {mails, plural, one {# day} other {# days}} after it was sent; contact data, warranty and what people wrote, {closed, plural, one {# day} other {# days}} after a registration was closed.',
  'privacy.cookies': 'Cookies',
  'privacy.cookies.text':
    'One keeps you logged on for 12 hours, one knows your browser for 24 hours, for the request that you brought, on the way to a provider and while a passkey is asked. A QR code that you scan is kept by your own browser for a day. No others, and no script or picture from elsewhere.',
} as const;
