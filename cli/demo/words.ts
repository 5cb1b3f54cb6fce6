import type { Places } from './places.ts';

/** What `datestone demo` says when everything runs. */
export function inWords(places: Places): string {
  return `
Datestone runs. Stop it with Ctrl-C.

  Portal              ${places.portal}
  Mailbox             ${places.mailbox}
  Buildings Exchange  ${places.provider}
  Enterprise Server   ${places.enterpriseServer}
  SmartX server       ${places.smartxServer}

  At the portal       ${places.integrator} (integrator, twenty sites)
                      ${places.endUser} (end user)
  At the servers      ${places.administrator}
  Password of all     ${places.password}

A walk of one minute:

  1  Open ${places.enterpriseServer}. The logon page says to whom the system is registered.
  2  Log on, open Database, Delete database, type HN-A-ES01. The server has a new System Identifier.
  3  Choose "Associate it with the existing registration". At the portal log on as ${places.integrator},
     or with Buildings Exchange as Lena Brandt.
  4  Proceed. Choose "Associate with an existing registration", Continue.
  5  Hospital North, Building A stands on top. Select, then Associate.
  6  Open ${places.enterpriseServer} again: the site is back. The mail about it is at ${places.mailbox}.

All data is in ${places.data}. Delete that folder to start anew.

`;
}
