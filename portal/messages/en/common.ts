export const common = {
  'nav.label': 'Portal',
  'nav.systems': 'Registered systems',
  'nav.register': 'Register',
  'nav.log-off': 'Log off',
  'footer.privacy': 'Privacy Policy',
  'footer.help': 'Help',
  'which.system-id': 'System ID',

  'log-on.h1': 'Log on to {portal}',
  'log-on.carried': 'You came from {server}, System ID <id></id>. We keep it for you until you have logged on.',
  'log-on.email': 'Email Address',
  'log-on.password': 'Password',
  'log-on.submit': 'Log on',
  'log-on.wrong': 'The e-mail address or the password is not correct.',
  'log-on.too-many': 'Too many attempts from here. Wait a minute, then try again.',
} as const;
