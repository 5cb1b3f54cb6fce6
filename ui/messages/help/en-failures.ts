import type { failures } from '../../help/topics.ts';
import type { HelpPage } from './index.ts';

export const enFailures: Record<(typeof failures)[number], HelpPage> = {
  'registration-page-is-not-displayed': {
    title: 'Registration Page is not Displayed',
    text: `
You chose **Register now**, and the portal did not open in this browser. You can go on using the system.

Check these, in this order:

1. **Address.** Open {portal} in a new tab. If it opens, go back and choose **Register now** again.
2. **Name.** "Server not found" means that this computer cannot look up {host}. Ask for it in the DNS of the network.
3. **Firewall or proxy.** This computer needs to reach {host} on port {port}. See <configuring-the-firewall>Configuring the Firewall for the Enterprise Server</configuring-the-firewall>.
4. **Clock.** A certificate warning often means that this computer's date is wrong. Set the clock.
5. **Certificate.** If the clock is right, ask who runs the portal. Do not go on past a warning.
6. **Trusted sites.** Some browsers block pages that are not on a list. Add {host} to the list.

Scripts are not needed. Every page works with scripts switched off.

Nothing helps? See <registering-an-offline-system>Registering an Offline System</registering-an-offline-system>.
`,
  },
  'configuring-the-firewall': {
    title: 'Configuring the Firewall for the Enterprise Server',
    text: `
Registering needs one way out, and none in.

- **The person's computer** to {host}, port {port}: the pages of the portal.
- **The server** to {host}, port {port}: check-ins, by which the registration arrives by itself.

1. Let both reach {host} on TCP port {port}.
2. At the server, open **Registration information**, and choose **Check now**.

The server calls the portal; the portal never calls the server. So no port needs to be opened towards the building.

The server calls directly. This version does not use a proxy for it.

If only the person's computer has a way out, registering still works. The browser takes the registration to the server.
`,
  },
  'server-does-not-reach-the-portal': {
    title: 'The server does not reach the portal',
    text: `
The portal opens in your browser, but the server does not get its registration. The computer has a way out, and the server has none.

## Now

1. In the same browser, open the page of the portal that waits for the server.
2. Choose **Take it to the server**.
3. Log on at the server, if it asks.

Your browser must reach the server for this. If it does not, change to the building's network and choose it again.

## For good

1. Let the server reach {host} on port {port}. See <configuring-the-firewall>Configuring the Firewall for the Enterprise Server</configuring-the-firewall>.
2. At the server, open **Registration information**, and choose **Check now**. It says what went wrong.

Without this the server keeps what it has. It shows later changes only when a browser brings them.
`,
  },
  'system-id-is-mistyped': {
    title: 'The System ID is mistyped',
    text: `
Each of the four lines carries two characters that check it. So the portal can say where to look.

- **One character is probably wrong**: compare the group that is named with the screen of the server.
- **Two characters are probably swapped**: exchange them, then compare.
- **A line stands where another belongs**: put the lines in the order of the server's page.
- **A line is missing**: type it in its place.
- **A character is not used in a System ID**: System IDs have letters and digits only.
- **60 characters**: count the groups. A System ID has four lines of three groups of five.

The portal never corrects a System ID by itself: a wrong guess would be another system.

To avoid typing, choose **Register now** at the server.
`,
  },
  'registered-to-another-account': {
    title: 'This system is registered to another account',
    text: `
Somebody else holds this registration. You cannot see, change or associate it, and nothing was changed.

1. Compare the System ID with the screen of the server. It may be another system of yours.
2. Are you logged on with the right account? Choose **Use another account**.
3. Do you look after this system now? Choose **Ask to take a seat**. The portal passes it on with your name and address.
4. Is its party gone? Whoever has the system in their hands can <open-a-case>open a case</open-a-case>.

The portal does not say who holds it, where it is, or since when. That protects your own systems in the same way.
`,
  },
  'not-among-your-systems': {
    title: 'Not among your systems',
    text: `
The registration may not exist, or it may belong to others. The portal does not say which.

1. Check the number or the name that you looked for.
2. Check that you are logged on with the right account.
3. Is it registered by somebody else in your company, or by your customer? Only the accounts on the registration can see it. Ask them to log on and do it.
4. Was it never registered? See <online-registration>Online Registration</online-registration>.
`,
  },
  'registered-as-new': {
    title: 'The system was registered as new',
    text: `
A system that had a registration was registered again, as a new one. Now there are two registrations for one site.

## You registered it as new yourself

1. Open the System Information Page of the new registration.
2. Choose the older registration to merge it into.
3. Compare what stays and what closes, and choose **Merge**. It cannot be taken back.

The older registration keeps its number, its data and its history. The new one closes, and its number leads to the older one.

## The other party registered it as new

Choose **Ask them to merge**: they get a mail with your name and address. Do you have a seat on both registrations, and nobody else ever had one on the new one? Then merge them yourself.
`,
  },
  'not-for-your-seat': {
    title: 'Only the other party can do this',
    text: `
A registration has two seats, the integrator and the end user. Some acts belong to one of them.

- **Site, system and site administrator**: both may change them, until the end user has confirmed. Then the end user only.
- **Warranty**: the integrator only.
- **These details are correct**: the end user only.
- **Associate a new System ID**: both, always.
- **Undo**: whoever made the association, and the end user.

Ask the other party. Their name stands on the System Information Page. Nothing was changed by your try.
`,
  },
  'invitation-is-not-accepted': {
    title: 'An invitation is not accepted',
    text: `
An invitation works once, for 30 days, and only for whom it was meant. Whatever is wrong with it, the portal gives one answer, so that nobody learns anything from it.

- **It was mailed**: log on with the account of that very address. If you have none, create an account with that address.
- **It is on paper**: type the 20 characters of its code. A mistyped code costs nothing. After twenty unknown codes in a day an account waits until the next day.
- **It is older than 30 days**, was taken back, or there is a newer one: use the newest one.
- **Somebody accepted it already**: one of your colleagues may have the seat.

Otherwise ask who invited you. They can invite you again on the System Information Page, which ends the invitation before it. A registration can send ten invitations a day.
`,
  },

  'seat-is-taken': {
    title: 'A seat is taken',
    text: `
A registration has two seats, the integrator and the end user. Each is held by one account or one organisation, and nobody acts for both.

- **Somebody has the seat already**: the System Information Page names both parties. Nobody else can be invited to a seat that is taken.
- **You have the other seat**, or a colleague in your organisation has it: the invitation is for somebody else. Pass it on, or invite the right address on the System Information Page.

Nothing was changed by your try.
`,
  },

  'registered-system-looks-unregistered': {
    title: 'A registered system looks unregistered',
    text: `
The logon page says that the system is not registered, or that it has a new System Identifier. But it was registered.

Its database is new: it was deleted, the server was rebuilt, or it was replaced. The System ID lives in the database, so it is new too. The registration at the portal is still there.

1. Log on at the server, and choose **Register now**.
2. At the portal, choose **Associate with an existing registration**.
3. Choose the site. See <associate-a-new-system-id>Associate a New System ID to an Already Registered System</associate-a-new-system-id>.

Do not register it as new. If that happened already, see <registered-as-new>The system was registered as new</registered-as-new>.
`,
  },
  'system-id-was-replaced': {
    title: 'The System ID was replaced',
    text: `
The logon page says that the registration moved to another System Identifier. Somebody associated another System ID with it.

- **You replaced this server, and it should be off.** Switch it off. All is well.
- **This is still the right server.** Somebody chose the wrong registration. Whoever did it can undo it for 72 hours. See <undo-or-move-an-association>Undo or Move an Association</undo-or-move-an-association>.
- **Both servers run, at two sites.** Register this one as new: at the server, choose **Register now**.

The mail about the association names who did it, and when.
`,
  },
  'two-copies-of-a-system': {
    title: 'Two copies of a system',
    text: `
Two servers say that they are the same system. An old backup was restored, or a disk or a virtual machine was copied.

1. Find out which server stands at the site. Compare name, place and short ID.
2. On the other one, open **Database** and choose **Delete database**. It gets a System Identifier of its own.
3. Register that one as new, or switch it off.
4. At the portal, open the System Information Page, and say which one is the right system.

## The server asks which system it is

Its database came from another machine. Until an administrator answers, it sends nothing.

- **This machine replaces the one that the database came from**: it keeps the System Identifier. Switch the other off.
- **This is another system**: it gets a System Identifier of its own.

## An old backup was restored on the right server

It has its former System ID again, which the portal has retired. Choose **Register now**, and associate it with the same site again. Or delete its database, and associate the new System ID.

## "Two systems say they are" this short ID

The portal knows the signature of a system, and this one signed differently. Nothing was changed. Both parties see the conflict on the System Information Page.

The portal picks no winner by itself. It cannot see which server stands in the building. A party says it.
`,
  },
  'request-is-not-accepted': {
    title: 'The request is not accepted',
    text: `
- **We no longer hold your request.** The portal keeps a request for 24 hours. After that, start again.
- **This request was used.** Each request works once. What it did stays done.
- **We cannot read what the server sent.** The request is damaged, or it was cut on its way.

In all three cases:

1. Go back to the server.
2. Choose **Register now** again. It makes a new request.

Nothing was changed by the try.
`,
  },
  'another-portal': {
    title: 'Another portal',
    text: `
A server trusts exactly one portal. You are at {host}.

- **A request for another portal** came here. Open the portal that the page names. Or have the server set up for this one.
- **A registration from another portal** came to the server. It was not taken, and nothing was changed.

The portal's key is part of this trust. If the portal was set up anew, it is another portal to the server, even under the same address.

Ask who runs the portal for its current bundle file, and have it installed at the server. Do so only if you know why it changed. Changing it from the server's pages comes in a later version.
`,
  },
  'code-is-mistyped': {
    title: 'The Registration code is mistyped',
    text: `
Two characters of the code check the others. So the server can say where to look.

- **One character is probably wrong**: compare the group that is named with the page of the portal.
- **Two characters are probably swapped**: exchange them, then compare.
- **Several characters are wrong**: compare every group.
- **A character is not used**: codes have letters and digits only.
- **Another length**: the Registration code has five groups of five.
- **A System Identifier or a confirmation code**: both go the other way, from the server to the portal.
- **A newer version of the portal**: load the file, or update the server.

Small letters, spaces and hyphens do not matter. O is read as 0, I and L as 1, U as V.

To avoid typing, load the file. See <registering-an-offline-system>Registering an Offline System</registering-an-offline-system>.
`,
  },
  'code-is-for-another-system': {
    title: 'The code is for another system',
    text: `
Every character is right, but the code was not made for this system. Or it is not from the portal that this server trusts.

1. Compare the short ID at the server with the short ID on the page where you got the code.
2. Do they differ? Get the code of this system.
3. Was the database of this server new since? Then it has a new System ID. See <associate-a-new-system-id>Associate a New System ID to an Already Registered System</associate-a-new-system-id>.
4. Are they the same? Open **Registration information**, then **Portal**. Compare the address with the portal that gave you the code.

A code works for one System ID only, and never for the one that comes after it.
`,
  },
  'code-is-older': {
    title: 'The code is older than the one in use',
    text: `
The portal has issued a newer code for this system, or a newer file. Older ones no longer count.

1. Log on to {portal}, and open the System Information Page of the registration.
2. Get the newest code there, or save the file.
3. Enter or load it at the server.

**The portal shows this very code**: its number was overtaken, by the code of another claim on this System ID. Choose **Make a new Registration code**, and enter that one.

**The key is no longer used**: the portal has retired the key under which the code was made. A new code helps here, too.

**A backup was restored at the server**: it may hold an older code. It then accepts older codes again, until you enter the newest.
`,
  },
  'code-is-already-entered': {
    title: 'The code was already entered',
    text: `
Nothing is wrong. The server took this code before, and it is registered.

- **The logon page shows no site**: load the file, or type the text. Open **Registering your system offline** at the server.
- **The portal says not yet confirmed**: type the confirmation code there. You find it under **Registration information**.
- **You edited the registration**: get the newest code or file at {portal}. Until then the server shows the older text.
`,
  },
  'too-many-wrong-codes': {
    title: 'Too many wrong codes',
    text: `
After ten codes that are not for this system, the server waits before it looks at the next. The wait grows to one minute.

- **Load the file.** Files never wait, and neither do check-ins.
- **Or wait** as long as the page says, and compare the short ID meanwhile.

A mistyped character does not count, where the server can say which one it is. Restarting the server begins the wait again. A code that is taken ends it.
`,
  },
  'file-is-not-taken-in': {
    title: 'The file is not taken in',
    text: `
Nothing was changed at the server.

- **For another system**: the file names a System ID, and it is not this one. Get the file of this system.
- **From another portal**: this server trusts one portal. See <portal-of-a-server-has-changed>The portal of a server has changed</portal-of-a-server-has-changed>.
- **Damaged**: save it again at the portal.
- **A key that this server does not know**: the portal has changed its keys. Save the file again there. If that does not help, load its newest bundle, from {portal}/bundle, and then the file.
- **Not a registration file**: look for a name that ends in **.datestone**. A request goes from the server to the portal, not back.
- **Too large**: it is another file. A registration has a few thousand characters.
- **Older**: the server knows something newer already. Get the newest file.
- **Ended**: the registration was closed, or moved to another System ID. Look at {portal}.
`,
  },
  'portal-of-a-server-has-changed': {
    title: 'The portal of a server has changed',
    text: `
A server trusts exactly one portal. It knows it by its bundle, a small file with address and keys.

## The same portal has new keys

1. Get its newest bundle from whoever runs it, or from {portal}/bundle.
2. At the server, open **Registration information**, then **Portal**.
3. Choose the file, and choose **Load bundle**.

A server with a connection gets it by itself.

## Another portal

1. Load its bundle in the same way.
2. The page shows the fingerprints of both portals. Ask whoever runs the new one to read out theirs: **datestone keys show** prints it, and the portal shows it under **About this portal**.
3. Compare every group, say that you did, and choose **Trust this portal**.

The server then looks unregistered, until the new portal says otherwise. Codes and files of the former portal no longer count.
`,
  },
  'confirmation-code-is-not-accepted': {
    title: 'The confirmation code is not accepted',
    text: `
The server shows the confirmation code once it has taken the Registration code. It has two groups of five characters.

- **Check a group**: compare it with the screen of the server. A mistyped character costs no try.
- **Another length, or another code**: a System ID has 60 characters, a Registration code 25. Neither belongs here.
- **The code for another system or an older Registration code**: compare the short ID. Then enter the newest code at the server.
- **No tries left**: a Registration code allows five. Choose **Make a new Registration code**, and enter it at the server.
- **Too many wrong codes today**: an account and a claim have twenty tries a day. The page says when the next is possible.

At the server, open **Registration information** to see the confirmation code again.

Nothing ends if you stop here. See <not-yet-confirmed-by-the-system>Not yet confirmed by the system</not-yet-confirmed-by-the-system>.
`,
  },
  'no-registration-code': {
    title: 'There is no new Registration code',
    text: `
Each Registration code of a System ID has a number, and the numbers have to last for ever.

- **Too many today**: an account gets five new codes a day for a System ID. Ten are made in all; then an account gets two at most. Use the newest one. The page says when the next can be made.
- **No more at all**: a System ID has 4,095 codes. From 3,900 on, the portal warns.

## The other ways go on

1. Choose **Save file**, and load the file at the server. Files never run out.
2. Or let the server reach {host}. See <online-registration>Online Registration</online-registration>.

The same code as before can be shown, printed and sent at any time. It needs no new number.
`,
  },
  'not-yet-confirmed-by-the-system': {
    title: 'Not yet confirmed by the system',
    text: `
Somebody typed this System ID at the portal, or brought it in a file or QR code. All three can be copied. So it is a claim, until the system itself has spoken.

- A claim does not end by itself. A site without Internet may never speak.
- Several claims may wait for one System ID. None blocks another.
- The first one that the system confirms wins. The others end, and their parties get a mail.
- Until then, the old System ID of the registration stays current.
- The parties get a reminder after 7 and after 30 days.

## Confirm it without Internet

1. Take the Registration code, or the file, to the server with this short ID.
2. Open **Registering your system offline** there, and enter or load it.
3. Write down the confirmation code that the server shows.
4. Type it at the portal, on the System Information Page, under **Confirmation code**.

Is it not accepted? See <confirmation-code-is-not-accepted>The confirmation code is not accepted</confirmation-code-is-not-accepted>.

## Confirm it online

1. Log on at the server with this short ID, and open **Registration information**.
2. Choose **Check now**. The server asks the portal.
3. Read which site it names, and choose **Show it on this server**.

Or choose **Register now** at the server, and associate it with the same registration: then nothing is typed.

## Another registration was confirmed first

The system confirmed the claim of somebody else. Nothing else of yours was changed. Compare the System ID: it may be another system.

## Too many unconfirmed systems

An account may hold only so many claims. Confirm some as above. Or choose **Withdraw** for those that you do not need.
`,
  },
  'somebody-else-was-first': {
    title: 'Somebody else was first',
    text: `
While you were looking at the page, you in another window, or the other party, associated a System ID. Nothing of yours was changed.

1. Open the System Information Page, and read the newest entry of the history.
2. Is it right? There is nothing left to do.
3. Is it wrong? See <undo-or-move-an-association>Undo or Move an Association</undo-or-move-an-association>.
`,
  },
  'registration-is-closed': {
    title: 'The registration is closed',
    text: `
A closed registration keeps its history, but it takes no new System ID and no changes. Its page says since when.

- **It was merged**: its number leads to the registration that goes on. Use that one.
- **The system runs again**: register it as new. See <online-registration>Online Registration</online-registration>.
`,
  },
  'details-cannot-be-shown': {
    title: 'Registration details cannot be shown',
    text: `
The server shows a registration only if the portal's signature on it is right. This one is not, so it shows none. The registration at the portal is still there.

- **Damaged**: the stored registration was changed. A single changed character is enough.
- **For another system**: it belongs to another System Identifier.
- **Not a registration, or too large**: what came to the server was something else.

1. At the server, log on and open **Registration information**.
2. Choose **Check now**. The server fetches the registration again.
3. Does it say that it did not reach the portal? See <server-does-not-reach-the-portal>The server does not reach the portal</server-does-not-reach-the-portal>.
`,
  },
  'mail-does-not-arrive': {
    title: 'Mail does not arrive',
    text: `
The portal sends a mail about every change to the integrator, the end user and the site administrator.

1. Look into the folder for unwanted mail.
2. Check the addresses on the System Information Page.
3. Wait: while the mail server is down, the portal keeps the mail and tries again.
4. Several changes within 15 minutes come as one mail.

The change itself never waits for a mail. The history shows it at once.
`,
  },
  'log-on-does-not-work': {
    title: 'Logging on with a provider does not work',
    text: `
You chose to log on with a provider, and came back without being logged on. Nothing was changed, and a request that your server sent is kept.

- **The provider did not answer.** Try again in a minute. If you have a password here, log on with it.
- **You stopped the log on.** Choose the provider again, and go on there.
- **The provider refused.** It does not let you use this portal. Ask the people who look after your account there.
- **Start the log on again.** A log on works once, for an hour, in the browser in which it began. Cookies must be allowed.
- **This belongs to another account.** Log off here, then log on with the provider. It opens the account that it is linked with.

## You have two accounts

The portal never links accounts by their e-mail address: an address can change hands.

1. Log on with the provider.
2. Choose **I have an account here already**, and enter its password.

From then on both open the same account.
`,
  },
  'answer-is-not-trusted': {
    title: 'The answer of the provider is not trusted',
    text: `
The portal believes a provider only if its answer is signed by it, made for this portal, and fresh. This one was not.

1. Choose the provider again, from the page of the portal. Do not use an old tab or a bookmark.
2. Does it go on? Tell the people who run the portal the reason that the page names.

## For the people who run the portal

- **answer-from-another-issuer**: the issuer in the file of providers differs from what the provider calls itself.
- **answer-for-another-portal**: the client of another application answered. Compare the client at the provider.
- **answer-to-another-log-on**: an old answer was sent again.
- **answer-expired**: the clocks of portal and provider differ by more than half a minute.
- **answer-not-signed**: the signature is missing, or its key is not among those that the provider publishes.
- **answer-damaged**: the log of the portal says more.

Until it is solved, people log on with e-mail and password.
`,
  },
  'passkey-is-not-accepted': {
    title: 'A passkey is not accepted',
    text: `
You wanted to log on with a passkey, or to add one, and it did not work. Nothing was changed. Your other ways to log on work as they did.

- **There is no button for it.** The browser does not know passkeys, or script is switched off. Use another way, or a newer browser.
- **Start again with the passkey.** The portal asks anew each time, and waits 5 minutes for the answer of the browser that it asked. Cookies must be allowed.
- **This passkey was not accepted.** It may have been removed under **Your account**. Then delete it in your device as well, and add a new one.
- **It has to know that it is you.** The portal takes only passkeys that ask for a PIN, a finger or a face. A security key needs a PIN first.
- **Too many passkeys.** Remove one that you do not use any more.

## It may have been copied

Some security keys count how often they were used. Yours says a lower number than the portal has seen, so there may be two of it.

1. Log on another way.
2. Under **Your account**, remove the passkey.
3. Look at **Where you are logged on**, and log off what is not yours.
4. Add a new passkey.

## The device is lost

Log on another way and remove its passkey under **Your account**. Whoever had logged on with it is logged off at once. With no other way left, choose **Forgotten password** if your account has a password, or ask whoever runs the portal.
`,
  },
  'account-or-password': {
    title: 'Creating an account, or a forgotten password',
    text: `
The portal sends a link to your e-mail address. Who opens it shows that the address is theirs.

- **No mail came.** Look into the folder for unwanted mail. Check the address, and choose **Send it again**.
- **The address has an account already.** The mail says so. The page does not, so that nobody can try addresses out.
- **The link no longer works.** It works once: for 24 hours for a new account, for one hour for a password.
- **Open the link in the other browser.** You came from a provider that did not verify your address. Only the browser in which you began knows both.
- **The account has no password.** You log on with a provider. The mail says with which one.

## The password

It has at least 15 characters, because nothing else protects the account. Four words that do not belong together are easy to remember. Passwords that many people use are refused.

A new password ends every other log on to the account.
`,
  },
  'portal-cannot-do-this-now': {
    title: 'The portal cannot do this now',
    text: `
Something at the portal failed. Nothing was changed: the portal does a thing wholly, or not at all.

1. Try again in a few minutes.
2. Does it go on? Give the reference of the page to the people who run the portal.

The server goes on showing the registration that it has. It does not need the portal for that.
`,
  },
  'what-a-program-sends': {
    title: 'What a program sends is not accepted',
    text: `
This is for people who write programs. What the portal takes is described at {portal}/api.

- **There is nothing at this address**: compare the address with the description.
- **This address does not take this method**: the header *Allow* of the answer names those that it takes.
- **We cannot read what you sent**: the body must be JSON in UTF-8.
- **What you sent is not as described**: the list *errors* says where and what. Members that are not described are refused.
- **We do not take this format**: send the header *Content-Type: application/json*.
- **We cannot answer in this format**: leave the header *Accept* out.
- **This is larger than a call can be**: nothing that is described needs so much.

Nothing was changed. Send it again once it is right.
`,
  },
  'changed-since-you-looked': {
    title: 'It was changed since you looked',
    text: `
This is for people who write programs. A change names the state that it was made for. So nobody overwrites what they have not seen.

1. Get the registration, and keep the header *ETag* of the answer.
2. Send it back as *If-Match* with the change.
3. Is the answer 412? Somebody changed the registration meanwhile. Get it again, and decide again.

Nothing of yours was changed.
`,
  },
  'idempotency-keys': {
    title: 'Idempotency keys',
    text: `
This is for people who write programs. When no answer arrives, a program cannot know whether the portal did what it asked.

1. Choose a new random key for each call, and send it as *Idempotency-Key*.
2. No answer? Send the same again, with the same key.

The portal does it once, and gives the same answer again. It remembers a key for 24 hours.

- **This key was used for something else**: take a new one for each new call.
- **The first call with this key still runs**: wait a second, then send the same again.
- **This was done, and its answer is not kept**: it held a secret, which is shown once. Revoke it and make another.
`,
  },
  'too-many-calls': {
    title: 'Too many calls',
    text: `
This is for people who write programs. An account may make only so many calls a minute. Nothing was changed.

1. Wait as many seconds as the header *Retry-After* says.
2. Send the same again.

The headers *RateLimit-Limit*, *RateLimit-Remaining* and *RateLimit-Reset* of each answer say how much is left.
`,
  },
};
