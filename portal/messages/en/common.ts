export const common = {
  'nav.label': 'Portal',
  'nav.systems': 'Registered systems',
  'nav.register': 'Register',
  'nav.account': 'Account',
  'nav.log-off': 'Log off',
  'footer.privacy': 'Privacy Policy',
  'footer.help': 'Help',
  'which.system-id': 'System ID',
  'which.new-system-id': 'New System ID',
  'which.typed': 'typed by you',
  'people.site-administrator': 'the site administrator',
} as const;
