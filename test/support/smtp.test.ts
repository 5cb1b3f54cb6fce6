import { once } from 'node:events';
import { connect } from 'node:net';
import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Mailbox } from './smtp.ts';

let mailbox: Mailbox;
beforeEach(async () => {
  mailbox = await new Mailbox().start();
});
afterEach(() => mailbox.stop());

const mail = (subject: string) => ({
  from: 'portal@datestone.example',
  to: 'anna@northfield.example',
  subject,
  text: 'Hospital North is associated. Grüße',
  html: '<p>Hospital North is associated.</p>',
});
const send = (subject: string) => createTransport(mailbox.url).sendMail(mail(subject));

test('a mail is kept with its addresses, its subject, its text and its HTML', async () => {
  await send('Associated');
  const { receivedAt, ...kept } = await mailbox.waitFor('anna@northfield.example', 'Associated');
  expect(receivedAt).toBeInstanceOf(Date);
  expect(kept).toEqual({
    messageId: expect.stringMatching(/^<.+@.+>$/),
    from: 'portal@datestone.example',
    to: ['anna@northfield.example'],
    subject: 'Associated',
    text: expect.stringContaining('Grüße'),
    html: expect.stringContaining('<p>Hospital North is associated.</p>'),
    headers: expect.arrayContaining(['from', 'to', 'subject', 'message-id', 'date', 'content-type']),
  });
});

test('a stopped mailbox takes nothing, and has its mails and its port when it starts again', async () => {
  await send('before');
  const { url } = mailbox;
  await mailbox.stop();
  await expect(send('meanwhile')).rejects.toThrow('ECONNREFUSED');
  await mailbox.start();
  await send('after');
  expect(mailbox.url).toBe(url);
  expect(mailbox.mails.map(({ subject }) => subject)).toEqual(['before', 'after']);
});

test('a sender that is killed in the middle of a mail does not end it', async () => {
  const socket = connect(Number(new URL(mailbox.url).port), '127.0.0.1');
  await once(socket, 'data');
  for (const line of ['EHLO killed', 'MAIL FROM:<portal@datestone.example>']) {
    socket.write(`${line}\r\n`);
    await once(socket, 'data');
  }
  socket.resetAndDestroy();
  await send('after it');
  expect(mailbox.mails.map(({ subject }) => subject)).toEqual(['after it']);
});

test('a refusing mailbox keeps nothing and says why', async () => {
  mailbox.refusing = 'The mailbox is full';
  await expect(send('refused')).rejects.toThrow('451 The mailbox is full');
  expect(mailbox.mails).toEqual([]);
});
