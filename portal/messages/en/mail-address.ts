/** What the reader of a site administrator's address says about mails. */
export const mailAddress = {
  'mail-address.h1': 'Mails to {address}',
  'mail-address.text':
    'A registration names this address as its site administrator. Until you say that it is yours, you get one mail for each registration.',
  'mail-address.keep': 'It is mine: keep me informed',
  'mail-address.stop': 'Not me: stop all mails',
  'mail-address.keep.done': 'Thank you. We tell {address} of every change of its registrations.',
  'mail-address.stop.done': 'We write to {address} no more. You can change your mind here.',
} as const;
