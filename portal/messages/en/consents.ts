/**
 * What the end user is asked to agree to, in full. Who changes one of these texts gives them another version in
 * core/consents.ts: consents.test.ts says so when it was forgotten. A consent is to the version that was shown.
 */
export const consents = {
  'consent.system': 'System information',
  'consent.system.what':
    'The servers of this registration tell this portal their kind, product, version and name, when they were last heard from, and whether they work as they should.',
  'consent.system.investigation': 'to find out which systems a fault or a vulnerability concerns, and to look into it.',
  'consent.system.services': 'to see which services would suit this system.',
  'consent.system.updates': 'to see which updates there are for exactly these versions.',
  'consent.personal': 'Personal information',
  'consent.personal.what':
    'Your name, organisation and e-mail address, and the contact data of the site administrator, are used by whoever runs this portal beyond the mails about this registration.',
  'consent.personal.investigation':
    'to call or write to you while a fault or a vulnerability of this system is looked into.',
  'consent.personal.services': 'to offer you services for this system.',
  'consent.personal.updates': 'to tell you of updates for this system.',
  'consent.uses': 'It is used for three things:',
  'consent.use.investigation': 'Investigation',
  'consent.use.services': 'Additional services',
  'consent.use.updates': 'Updates',
  'consent.free':
    'You may decline: the registration is worth the same. You can withdraw it at any time on the System information page. Then it ends with the next call of the server.',
} as const;
