import type { tasks } from '../../help/topics.ts';
import type { HelpPage } from './index.ts';

export const enTasks: Record<(typeof tasks)[number], HelpPage> = {
  'system-registration-overview': {
    title: 'System Registration Overview',
    text: `
Registering tells the portal where a system is, and who looks after it. It takes about three minutes. You can use the system without registering.

## What you get

- The logon page of the server shows the site, the company, the city and the registration number.
- When the database is deleted or the server is replaced, you keep the registration.
- Both the integrator and the end user get a mail about every change.

## The words

- **System ID**: the name of one server database, four lines of 15 characters. The server calls it System Identifier. Its first ten characters are the short ID.
- **Registration**: what the portal keeps. It has a number for life, and one current System ID at a time.
- **Integrator** and **end user**: the two seats of a registration. Nobody else can see or change it.

## What to do

1. New system: see <online-registration>Online Registration</online-registration>.
2. No Internet at the server: see <registering-an-offline-system>Registering an Offline System</registering-an-offline-system>.
3. Registered before, and now new: see <associate-a-new-system-id>Associate a New System ID to an Already Registered System</associate-a-new-system-id>.
`,
  },
  'log-on-to-registration-portal': {
    title: 'Log on to Registration Portal',
    text: `
1. Open {portal} in a browser.
2. Choose **Log on with** your provider, if the page offers it. Or enter your e-mail address and password.
3. Choose **Log on**.

If you came from a server, the portal keeps its request while you log on. It goes on where you were.

## You have no account yet

1. Choose **Create account**, and say who you are.
2. Open the link in the mail. It works for 24 hours, in any browser.
3. Choose a password.

Through a provider you need no password here. The portal asks for your company the first time.

Under **Your account** you link another provider, or unlink one. The only way to log on cannot be unlinked.

## Passkeys

A passkey is a key in your telephone, your computer or a security key. You type nothing, and no other page can ask for it.

1. Open **Your account**, and choose **Add a passkey**.
2. Give it a name, and choose **Create the passkey**. Your browser asks where to keep it.
3. The next time, choose **Use a passkey** on the page to log on.

Passkeys need script. Without it the other ways are there as always.

## Where you are logged on

**Your account** lists every log-on that is open. **Log off** ends one at once, **Log off everywhere else** all but this one.

Some things change who can use your account. For these the portal asks once more who you are, after 15 minutes. A provider then has to ask you too, even if it knows you in this browser.

## It does not work

- **The e-mail address or the password is not correct.** Check both. The portal does not say which one is wrong, so that nobody can try addresses out.
- **Forgotten password.** Choose it on the page. A link to a new one comes by mail.
- **Too many tries.** Wait as long as the page says, then try again. Wrong passwords make everybody wait who tries that address, at most a minute. A link from **Forgotten password** and a provider work at once.
- **The provider.** See <log-on-does-not-work>Logging on with a provider does not work</log-on-does-not-work>.
- **A passkey.** See <passkey-is-not-accepted>A passkey is not accepted</passkey-is-not-accepted>.
- **No mail came.** See <account-or-password>Creating an account, or a forgotten password</account-or-password>.

## A program asks

You typed **datestone login** on a computer, and the portal asks whether to allow it.

1. Compare the code on the page with the one that the program shows.
2. Read what the program may do, and until when.
3. Choose **Allow**. Did you not start it a moment ago? Choose **Do not allow**.

The program gets its access once, within a minute. After that, type **datestone login** again.
`,
  },
  'online-registration': {
    title: 'Online Registration',
    text: `
Use this when the browser that shows the server also reaches the portal. The server itself needs no Internet for it.

1. Log on at the server as an administrator.
2. Choose **Register now**. The browser carries a signed request to the portal: you type nothing.
3. Log on at the portal.
4. Compare the short ID with the screen of the server.
5. Choose **Proceed** if you are authorised for this system.
6. Choose **Register this system as new**.
7. Fill in the form, and check your answers.
8. Choose **Submit**. The portal shows the registration number.

The server fetches the registration by itself, usually within ten seconds. Its logon page then shows the site.

## The server has not fetched it

Nothing is lost. Choose **Take it to the server** on the last page. Or see <server-does-not-reach-the-portal>The server does not reach the portal</server-does-not-reach-the-portal>.

## The system was registered before

Do not register it as new. See <associate-a-new-system-id>Associate a New System ID to an Already Registered System</associate-a-new-system-id>.
`,
  },
  'registering-an-offline-system': {
    title: 'Registering an Offline System',
    text: `
Use this when no browser at the server reaches the portal.

![Carried by hand: the System ID to the portal, the Registration code back, the confirmation code to the portal.](offline-way)

## At the server

1. Log on, and open **Registration information**.
2. Choose **Registering your system offline**.
3. Take one of three things along. Scan the QR code with a phone, choose **Save request** for a USB stick, or print the page.

## On a device with Internet

1. Open what you scanned. Or log on to {portal}, and open **Register**.
2. Upload the saved request or a picture of the QR code, several at once if you have them. Or choose **Scan**, or type the System ID: four lines of 15 characters.
3. Go on as the portal tells you: register it as new, or associate it.
4. You get a **Registration code** of 25 characters, and a file.
5. Write the code down, print it, or have it sent to you. The page stays readable without a connection.

## Back at the server

1. Open **Registering your system offline** again.
2. Type the code, and choose **Enter code**. Or choose **Load file**: then the logon page shows the site at once.
3. After a code alone, type site, company and city, if you want them on the logon page.

## One more step, if you can

The server shows a **confirmation code** of 10 characters. Type it at the portal. Until then the portal shows the registration as *not yet confirmed by the system*. Skipping it limits nothing.

## An edit

An edit at the portal never needs a visit. The server shows the older text until somebody brings the newest code or file.

## If something is not taken

- <code-is-mistyped>The Registration code is mistyped</code-is-mistyped>
- <code-is-for-another-system>The code is for another system</code-is-for-another-system>
- <code-is-older>The code is older than the one in use</code-is-older>
- <file-is-not-taken-in>The file is not taken in</file-is-not-taken-in>
- <confirmation-code-is-not-accepted>The confirmation code is not accepted</confirmation-code-is-not-accepted>
- <no-registration-code>There is no new Registration code</no-registration-code>
- <not-yet-confirmed-by-the-system>Not yet confirmed by the system</not-yet-confirmed-by-the-system>
`,
  },
  'associate-a-new-system-id': {
    title: 'Associate a New System ID to an Already Registered System',
    text: `
The database of a server was deleted, or the server was rebuilt or replaced. It now has a new System ID, and looks unregistered. The registration still exists: give it the new System ID.

1. Log on at the server, and choose **Register now**.
2. Log on at the portal, compare the short ID, and choose **Proceed**.
3. Choose **Associate with an existing registration**.
4. Find the registration, and choose **Select**. See <system-association-page>System Association Page</system-association-page>.
5. Compare **Now** and **After**.
6. Choose **Associate**.

No browser at the server reaches the portal? Type the new System ID on the <register-page>Register Page</register-page>.

## What happens

- The old System ID is retired. Nobody else can use it.
- Number, site, contacts, warranty and history stay as they are.
- Integrator, end user and site administrator get a mail.
- The server shows the site again within seconds.

If you typed the System ID, one step is left at the server. The old System ID stays current until then.

## The old system is still alive

The portal warns when the old System ID was heard from within the last 72 hours. Two systems that both run are two registrations: register the new one as new. If it really is the same system, say why.

You can take it back: see <undo-or-move-an-association>Undo or Move an Association</undo-or-move-an-association>.
`,
  },
  'register-page': {
    title: 'Register Page',
    text: `
The page has two boxes.

- **Register or modify a system**: for a new system, or to change what is registered.
- **Associate a new System ID with an existing registration**: for a system that was registered before.

## Type the System ID

1. At the server, open **Registration information**.
2. Type its four lines into the box. Or paste all of it at once.
3. Choose **Continue**.

Small letters are fine. Spaces and hyphens do not matter. O is read as 0, I and L as 1, U as V.

A System ID that you type makes a claim only. It counts fully when the system itself has spoken. With **Register now** at the server, that happens at once.

Something is wrong with a line? See <system-id-is-mistyped>The System ID is mistyped</system-id-is-mistyped>.
`,
  },
  'system-association-page': {
    title: 'System Association Page',
    text: `
Choose the registration that gets the new System ID. The page shows your own registrations only.

## Find the right one

1. Look under **Probably this one**. Each row there says why it stands there.
2. Otherwise search for the site, the city, the server's name, the old System ID or the registration number.
3. Or filter for systems that were not heard from for a while.
4. Choose **Select** in the row.

*Same installation as before (proved by the server)* is the strongest reason. The server still holds a key that it had before its database was deleted. A server's name alone proves nothing: compare site and old System ID.

## Why a row cannot be selected

The reason stands under the button, for example that the registration is closed.

## It is not in the list

See <not-among-your-systems>Not among your systems</not-among-your-systems>.
`,
  },
  'system-information-page': {
    title: 'System Information Page',
    text: `
The page shows all about one registration: its state, its current and former System IDs, its servers and its history.

## States

- **Prepared**: filled in, but no System ID yet.
- **Awaiting the end user**: registered; the end user has not confirmed it.
- **Confirmed**: the end user said that the details are correct.
- **Not yet confirmed by the system**: the System ID was typed, or came in a file. See <not-yet-confirmed-by-the-system>Not yet confirmed by the system</not-yet-confirmed-by-the-system>.
- **In conflict**: two systems use one System ID. See <two-copies-of-a-system>Two copies of a system</two-copies-of-a-system>.
- **Merged**: another registration goes on in its place.
- **Closed**: see <registration-is-closed>The registration is closed</registration-is-closed>.

## What you can do

- **Edit registration**: the integrator until the end user has confirmed, and the end user always.
- **Associate a new System ID**: integrator and end user.
- **These details are correct**: the end user.
- **Save file**, **Print**, **Send it to me**: the Registration code and the file for a server without Internet.
- **Make a new Registration code**: when the old one is lost. It makes the confirmation code of the old one worthless.
- **Confirmation code**: type what the server showed, once it has taken the Registration code.
- **Undo**: see <undo-or-move-an-association>Undo or Move an Association</undo-or-move-an-association>.

A button that you cannot use now stays, with the reason under it.
`,
  },
  'undo-or-move-an-association': {
    title: 'Undo or Move an Association',
    text: `
## Undo

For 72 hours, whoever made an association can undo it. The end user can too: 72 hours from the mail that told them.

1. Open the System Information Page of the registration.
2. Choose **Undo**.

The former System ID is current again. The other one is free, as it was before.

Only the latest association can be undone. After the 72 hours, associate the right System ID instead.

## The wrong site was chosen

1. Open the System Information Page of the wrong site, less than 72 hours after the association.
2. Choose **Move it**, and select the right registration.
3. Compare **Now** and **After**, and choose **Move it**.

The portal undoes the one and makes the other in one step.

## A claim

A claim that no system has confirmed yet can be withdrawn at any time: choose **Withdraw**. Nothing else had changed by it.
`,
  },
  'invite-the-other-party': {
    title: 'Invite the Other Party',
    text: `
A registration has two seats. Whoever registers a system has one of them, and invites the other party to take the other.

- **Invite by e-mail**: the mail has a link. Only an account that has verified that very address can accept. Look at the address twice: its reader gets the seat.
- **Print an invitation**: the sheet has a code and a QR code. Whoever has the sheet can accept once, so give it to the right person.
- **Not known yet**: leave it, and invite later on the System Information Page.

Until the end user has accepted, the registration counts as *not reachable*: notices go to the integrator and to the site administrator only.

An invitation works for 30 days. You can withdraw it, and another one ends it. Before it is accepted, its reader sees the site and who invites, and nothing else.

Whoever accepts as end user looks at the details, corrects them, and says *These details are correct*. On the same page they agree to share system information and personal information, or decline. Each can be withdrawn at any time on the System Information Page.
`,
  },
  'hand-over-or-leave-a-seat': {
    title: 'Hand Over or Leave a Seat',
    text: `
All of this begins on the System Information Page, under **Your seat**. You are asked once more who you are.

## Hand over your seat

1. Choose **Hand over your seat**, and read what will happen.
2. Invite somebody by e-mail, or print the offer.
3. Until it is accepted you keep everything, and can withdraw it. It works for 30 days.

Once it is accepted you see nothing of the registration any more. If you were the end user, what you confirmed and agreed to share ends too: whoever bought the building is asked for both.

## End the integrator's seat

The end user can do that at any time, with a reason that the integrator reads. What was associated stays. A System ID that still waits for the system to confirm can be withdrawn on the System Information Page.

## Leave the integrator's seat

You leave after the notice that the page names. Until then everything is as before, and **Stay after all** takes it back. If there is no end user, nobody could read the registration any more: hand your seat over or close the registration instead.
`,
  },
  'your-organisation': {
    title: 'Your Organisation',
    text: `
In an organisation several accounts act for the same registrations. Each keeps its own name and password, and the history says who it was.

1. Open **Your account**, and choose **Your organisation**.
2. Enter its name, and choose **Make the organisation**. You are its administrator.
3. Invite a colleague by e-mail. Only an account that has verified that very address can accept.

Do you have registrations already? Then you are asked whether to bring them. What you bring, all members see and change, and it stays with the organisation. What you keep, your colleagues do not see. Every seat that you take later is the organisation's.

## Who may do what

- **All members** act for all registrations of the organisation, and get the mails about them.
- **Administrators** also invite and remove members, and say who is an administrator.

## Somebody goes

An administrator removes a member, or a member leaves. From that moment they see nothing of the organisation's registrations. The registrations stay.

- **The last administrator** cannot go while others are members. Make one of them an administrator before.
- **The last member** ends the organisation by leaving, and keeps its registrations alone.

## It is refused

- **You are a member of an organisation already**: an account acts for one. Leave it first, or use another account.
- **The organisation has the other seat**: nobody can act for both seats of a registration. If a colleague has the other seat alone, keep your registration for yourself.
- **You are a member of no organisation**: you were removed, or have left.
- **Too many invitations today**: at most twenty in 24 hours.

## One account for several people

Better is an account for each. If several people must use one, say so on **Your account**. Then each log-on is asked for a name, which the history shows to the parties.
`,
  },

  'open-a-case': {
    title: 'Open a Case',
    text: `
A case is for a party that is gone, or for a system that the wrong people registered. A portal administrator decides it.

## With a seat on the registration

1. Open the System Information Page, and choose **Open a case**.
2. Say what happened, and what shows it.

## Without a seat, with the system in your hands

1. Log on to the server, and choose **Register now** there. The portal says that the system is registered to another account.
2. Choose **Open a case**, and say which seat you ask for and why.

A typed System ID, a file or a QR code can be copied. So only the server itself can open the way to a case.

## What happens then

The parties get a mail with your name, your address and what you wrote. They have 14 days to object. A party that does not agree opens the case, and chooses **Object**.

Then a portal administrator reads both sides and decides. The seat is given to you, a party is removed, nobody keeps a seat, or the case is refused. Everybody is told, with the reason.

Before the decision you see nothing of a registration that you have no seat on. You can withdraw a case under **Cases that you opened** on your account.
`,
  },

  'prepare-registrations': {
    title: 'Prepare Registrations before the Visit',
    text: `
A registration can be filled in before there is a System ID. On site it is then associated in a minute.

1. Open **Register**, and choose **Prepare a registration without a System ID**.
2. Fill in the form, or copy another registration, or upload a file.
3. Print the label, and take it to the site.

Do you know the name that the server will have? Write it into **Planned server name**. For that server, the registration then stands on top of the list.

## On site

1. Choose **Register now** at the server, and then **Proceed**.
2. Choose **Associate with an existing registration**.
3. The prepared ones stand before your other systems. Choose **Select**, and then **Associate**.

Do not choose *Register this system as new*. If it happened, see <registered-as-new>The system was registered as new</registered-as-new>.

## Several from a file

Download the template, fill in one row for each registration, and save it as CSV UTF-8. The first row names the columns.

1. Upload the file. Every row is checked, and nothing is made yet.
2. Read what is wrong, by line and column. Correct it in the file, and upload it again.
3. Choose **All rows, or none**, or **Only the right rows**.

- Columns may stand in any order. Commas, semicolons and tabs between them are understood.
- A file that is not UTF-8 is read as Windows-1252. Look at letters like é and ø before you go on.
- A column that is no field of the form is left out, and named.
- One file takes up to 5,000 rows, and is kept for 24 hours.
- A workbook (.xlsx) is not a CSV file. Use **Save as** in the spreadsheet.

## A file of your registrations

**Registered systems** offers an export of what the list shows, as CSV and as JSON. A cell that a spreadsheet could take for a formula begins with an apostrophe. Uploading the file again takes it away.

## It was prepared by mistake

Open it, and choose **Close the registration**. Its number is not used again.
`,
  },
  'access-tokens': {
    title: 'Access Tokens',
    text: `
A program acts for you with an access token instead of your password.

1. Open {portal}/account/access-tokens.
2. Say what the token is for, what it may do, and how long.
3. Choose **Make token**.
4. Copy the token into the program. It is shown once; we keep only its fingerprint.

The program sends it with each call, as *Authorization: Bearer* and the token.

## What it may do

- **systems:read**: look at your systems, as you can.
- **systems:write**: register, associate, change and close, as you can.
- **account**: make and revoke access tokens.

A program can do with it only what you can do yourself.

## It is not accepted

- **An access token is needed**: none was sent, or it has ended, was revoked or is mistyped. We do not say which.
- **This token may not do this**: it lacks what the answer names. Make another.
- **Too many access tokens**: at most 50 work at once. Revoke one that you do not need.

Did somebody else see it? Revoke it on the same page. It opens nothing from that moment.
`,
  },
};
