/** A program that runs on somebody's computer asks, in the browser, to act for the account. */
export const programs = {
  'program.h1': 'Allow {name} to use your account?',
  'program.code': 'Code',
  'program.compare': 'The program shows the same code. If it shows another one, or none, do not allow it.',
  'program.account': 'Account',
  'program.may': 'What it may do',
  'program.may.systems:read': 'See your registered systems, their details and their history.',
  'program.may.systems:write': 'Register, associate, change and undo, in your name.',
  'program.may.account': 'See your name and your e-mail address, and end access that you gave to programs.',
  'program.until': 'Until',
  'program.end-before': 'You can end it at any time under <a>Access tokens</a>.',
  'program.not-you':
    'The program runs on this computer. If you did not start it a moment ago, choose <b>Do not allow</b>.',
  'program.allow': 'Allow',
  'program.refuse': 'Do not allow',
  'program.another-account': 'Use another account',

  'program.allowed.h1': 'The program is logged on',
  'program.allowed.text': 'Go on in the window of the program. You can close this page.',
  'program.refused.h1': 'The program was not allowed',
  'program.refused.text': 'It cannot use your account. Nothing was changed. You can close this page.',
} as const;
