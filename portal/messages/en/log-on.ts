/** Logging on and off, accounts and passwords. */
export const logOn = {
  'log-on.h1': 'Log on to {portal}',
  'log-on.carried': 'You came from {server}, System ID {id}. We keep it for you until you have logged on.',
  'log-on.with': 'Log on with {provider}',
  'log-on.or': 'or with e-mail and password',
  'log-on.email': 'Email Address',
  'log-on.password': 'Password',
  'log-on.submit': 'Log on',
  'log-on.create': 'Create account',
  'log-on.forgotten': 'Forgotten password',
  'log-on.wrong': 'The e-mail address or the password is not correct.',
  'log-on.too-many': 'Too many attempts from here. Wait a minute, then try again.',

  'logged-off.h1': 'You are logged off',
  'logged-off.text': 'You are logged off here. {provider} may still know you in this browser.',
  'logged-off.there': 'Log off at {provider} too',
  'logged-off.again': 'Log on again',

  'details.name': 'Your name',
  'details.name.missing': 'Enter your name.',
  'details.name.long': 'Your name is longer than 200 characters.',
  'details.email.hint': 'We send a link to it, to see that it is yours.',
  'details.email.wrong': 'Enter an e-mail address, like name@company.com.',
  'details.organisation': 'Company',
  'details.organisation.missing': 'Enter your company.',
  'details.organisation.long': 'The name of the company is longer than 200 characters.',
  'details.kind': 'I am',
  'details.kind.integrator': 'a system integrator',
  'details.kind.integrator.hint': 'A branch or partner: you install or service systems.',
  'details.kind.end-user': 'an end user',
  'details.kind.end-user.hint': 'You own or use the building.',
  'details.kind.missing': 'Choose what you are.',

  'newcomer.h1': 'One more step',
  'newcomer.text':
    'You came from {provider} as {who}, for the first time. We need a little more for your account here.',
  'newcomer.submit': 'Continue',
  'newcomer.have-one': 'I have an account here already',

  'prove.h1': 'Link your account',
  'prove.text': 'You came from {provider} as {who}. Log on to your account here once, and both are linked.',
  'prove.known':
    'You came from {provider} as {who}. The address {email} has an account here. Enter its password once, and both are linked.',
  'prove.submit': 'Link and continue',

  'link.h1': 'Link {provider} with your account?',
  'link.text':
    '{who} at {provider} will open the account of {name}, {email}. Link it only if that is you. You can go on using your password.',
  'link.submit': 'Link them',
  'link.cancel': 'Do not link',

  'account.h1': 'Your account',
  'account.kind': 'Kind of account',
  'account.kind.branch': 'System integrator (branch)',
  'account.kind.partner': 'System integrator (partner)',
  'account.kind.end-user': 'End user',
  'account.ways': 'Ways to log on',
  'account.password': 'E-mail address and password',
  'account.linked': '{provider}: linked',
  'account.link': 'Log on with {provider} and link it',
} as const;
