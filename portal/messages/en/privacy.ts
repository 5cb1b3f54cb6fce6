/** The privacy page: what this portal keeps, what for, and who sees it. */
export const privacy = {
  'privacy.h1': 'Privacy Policy',
  'privacy.what': 'What we keep',
  'privacy.what.account': 'Of your account: name, e-mail address, organisation, and a hash of your password.',
  'privacy.what.registration':
    'Of a registration: the site, its address, the kind and version of its server, the site administrator’s contact data, and the warranty.',
  'privacy.what.history':
    'Of every change: who made it, when, and why. Names and reasons lie beside the history and can be erased.',
  'privacy.what.request': 'What a server sends when you choose Register now. The server shows it to you before.',
  'privacy.why': 'What for',
  'privacy.why.1': 'To reach whoever looks after a system when a vulnerability is found in it.',
  'privacy.why.2': 'To find the registration again when the server was rebuilt.',
  'privacy.who': 'Who sees it',
  'privacy.who.parties': 'The integrator and the end user of the registration, and whoever runs this portal.',
  'privacy.who.site':
    'Everybody on the network of the building sees site, company, place, number and date on the logon page. Never an e-mail address, a phone number or a street.',
  'privacy.who.nobody': 'Nobody else. Another account is not even told whether a registration exists.',
  'privacy.cookies': 'Cookies',
  'privacy.cookies.text':
    'One keeps you logged on for 12 hours, one holds the request that you brought for 24 hours. No others.',
} as const;
