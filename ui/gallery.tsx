import type { VNode } from 'preact';
import { Acts, Button, Danger, Form, Go, GoLink, LinkButton, Links, Select } from './components/actions.tsx';
import {
  Box,
  Inset,
  Plate,
  Section,
  State,
  SystemIdLines,
  UncutPlate,
  WaitFor,
  Warn,
  Which,
} from './components/blocks.tsx';
import { CodeField, CodeGroups, EmptyBoxes } from './components/codes.tsx';
import { ChoiceField, FileField, SelectField, SystemIdField, TextAreaField, TextField } from './components/fields.tsx';
import { Facts, History, Pair, Row, Rows, Step, Steps, Tree } from './components/lists.tsx';
import { Pages, Table } from './components/table.tsx';
import { Ago, RegistrationNumber, Together, When } from './components/when.tsx';
import { Help, HelpIndex, helpTitle } from './help/help.tsx';
import { Page, type PageProps } from './page.tsx';

// Every component on a page like those it was made for; gallery.test.ts looks at them with axe, narrow and wide.

const lines = ['342GS-3J21S-NW79S', 'J9GCD-W0EXX-QKFFS', 'KDM9S-91HFT-YVKZ2', 'D6248-8WE0X-6GT5R'];
const now = new Date('2026-11-24T13:05:00Z');
const since = new Date('2025-03-12T14:31:00Z');
const which = (
  <Which label="System ID" shortId="342GS-3J21S">
    HN-A-ES01
  </Which>
);

const Site = (page: Omit<PageProps, 'reader' | 'product' | 'footer'>) => (
  <Page
    reader={{ locale: 'en', timeZone: 'Europe/Copenhagen', namesZone: false }}
    product={{ kind: 'site', server: 'HN-A-ES01', serverKind: 'Enterprise Server' }}
    footer={[
      { href: '/identifier', text: 'System Identifier' },
      { href: '/privacy', text: 'Privacy Policy' },
      { href: '/help', text: 'Help' },
    ]}
    {...page}
  />
);

const Portal = (page: Omit<PageProps, 'reader' | 'product' | 'footer'>) => (
  <Page
    reader={{ locale: 'en', timeZone: 'Europe/Copenhagen', namesZone: true }}
    product={{ kind: 'portal', name: 'Datestone Registration Portal', carved: 'Datestone' }}
    nav={{
      label: 'Portal',
      items: [
        { href: '/', text: 'Overview' },
        { href: '/systems', text: 'Registered systems' },
        { href: '/register', text: 'Register' },
        { href: '/log-off', text: 'Log off', posts: {} },
      ],
      current: '/register',
    }}
    footer={[
      { href: '/privacy', text: 'Privacy Policy' },
      { href: '/help', text: 'Help' },
    ]}
    {...page}
  />
);

const LogOn = () => (
  <Form action="/log-on">
    <TextField name="user" label="User name" autocomplete="username" literal />
    <TextField name="password" type="password" label="Password" autocomplete="current-password" />
    <TextField name="domain" label="Domain" hint="Empty: this server." literal />
    <Acts>
      <Go>Log on</Go>
    </Acts>
  </Form>
);

const plate = {
  heading: 'This system is registered to',
  site: 'Hospital North, Building A',
  company: 'Northfield Health Trust',
  place: 'Aarhus, Denmark',
  since: [
    <>
      Registration <RegistrationNumber number="48172065" />,
    </>,
    <>
      since <When at={since} as="date" />
    </>,
  ],
};

/** The place where a page waits, in its two states. */
export const waiting = (arrived: boolean) => (
  <Portal heading={arrived ? 'Hospital North, Building A now has the new System ID' : 'One step left'} which={which}>
    {arrived ? (
      <WaitFor id="fetched" state="arrived">
        <Arrived />
      </WaitFor>
    ) : (
      <WaitFor id="fetched" state="waiting" url="/waiting">
        <Box heading={<State kind="wait">Waiting</State>} live>
          <p>Waiting for HN-A-ES01 to fetch it. Usually within 10 seconds.</p>
          <Acts>
            <LinkButton href="/waiting">Check now</LinkButton>
          </Acts>
        </Box>
        <Section heading="Has the server no Internet?">
          <p>Take it there with this browser.</p>
        </Section>
      </WaitFor>
    )}
  </Portal>
);

const Arrived = () => (
  <Box heading={<State kind="ok">Arrived</State>} live>
    <p>HN-A-ES01 shows Hospital North, Building A.</p>
    <Plate {...plate} level="h3" notes={['Last received from HN-EC01 on 20 November 2026, 16:41.']} />
  </Box>
);

export const gallery: Record<string, VNode> = {
  'site-logon': (
    <Site heading="Log on" width="logon">
      <LogOn />
      <Plate {...plate} />
      <Links items={[{ href: '/edit', text: 'Edit registration' }]} />
    </Site>
  ),

  'site-logon-new': (
    <Site heading="Log on" width="logon" problems={[{ text: 'The user name, password or domain is not correct.' }]}>
      <LogOn />
      <UncutPlate
        label="Registration"
        lines={[
          'This system has a new System Identifier.',
          'It may already have a registration.',
          <a href="/register">Register now</a>,
        ]}
      />
    </Site>
  ),

  'site-register': (
    <Site heading="Register this system" which={which}>
      <p>Registering tells us where this system is. It takes about 3 minutes.</p>
      <Inset>
        <p>
          The database of this server was new on 24 November 2026. If the system was registered before, choose{' '}
          <b>Register now</b>.
        </p>
      </Inset>
      <Acts>
        <GoLink href="/register/now">Register now</GoLink>
        <LinkButton href="/later">Register later</LinkButton>
      </Acts>
      <Steps>
        <Step heading="Take this to a device with Internet">
          <p>
            File <samp>HN-A-ES01-342GS-3J21S-request.datestone</samp>
          </p>
          <SystemIdLines lines={lines} />
        </Step>
        <Step heading="Register it at portal.datestone.example">
          <p>You get an answer.</p>
        </Step>
      </Steps>
      <Section heading="Database">
        <Form action="/delete">
          <TextField name="server" label="Type the server’s name to delete" literal />
          <Acts>
            <Danger>Delete database</Danger>
            <Button name="cancel">Cancel</Button>
          </Acts>
        </Form>
      </Section>
    </Site>
  ),

  'portal-register': (
    <Portal
      heading="Register a system"
      problems={[
        {
          field: 'new-id',
          text: (
            <>
              Line 2, group 3 (<code>QKFF5</code>): one character is probably wrong.
            </>
          ),
        },
      ]}
    >
      <Form action="/register" look="box">
        <h2>Register or modify a system</h2>
        <p>For a new system, or to change what is registered.</p>
        <SystemIdField name="id" label="System ID" hint="Four lines of 15 characters." />
        <Acts>
          <Go object="to register or modify a system">Continue</Go>
        </Acts>
      </Form>
      <Form action="/associate" look="box">
        <h2>Associate a new System ID with an existing registration</h2>
        <p>The database was deleted, the server was rebuilt or replaced, and the system was registered before.</p>
        <SystemIdField
          name="id"
          id="new-id"
          label="New System ID"
          hint="Four lines of 15 characters."
          value={lines.join('\n').replace('QKFFS', 'QKFF5')}
        />
        <Acts>
          <Go object="to associate a new System ID">Continue</Go>
        </Acts>
      </Form>
      <Section heading="Have a file?">
        <Form action="/upload" files>
          <FileField name="files" label="Upload request" hint="Names end in .datestone." accept=".datestone" multiple />
          <Acts>
            <Button>Upload request</Button>
            <a href="/prepare">Prepare a registration without a System ID</a>
          </Acts>
        </Form>
      </Section>
    </Portal>
  ),

  'portal-form': (
    <Portal
      heading="Installation and system information"
      which={which}
      problems={[
        { field: 'site', text: 'Enter the site or building name.' },
        { field: 'country', text: 'Choose a country.' },
        { field: 'segment', text: 'Choose at least one segment.' },
      ]}
    >
      <Form action="/form" hidden={{ token: 'x' }}>
        <ChoiceField
          type="radio"
          name="type"
          label="Site type"
          chosen="single"
          options={[
            { value: 'single', text: 'Single site' },
            { value: 'several', text: 'Several sites', hint: 'Buildings at different addresses on one server.' },
          ]}
        />
        <TextField name="site" label="Site/building name" required />
        <TextField name="company" label="Site company name" value="Northfield Health Trust" required />
        <SelectField
          name="country"
          label="Country"
          none="Choose a country"
          options={[{ value: 'DK', text: 'Denmark' }]}
          required
        />
        <TextField name="state" label="State/province" suggestions={['Midtjylland', 'Nordjylland']} />
        <ChoiceField
          type="checkbox"
          name="segment"
          label="Segment/application"
          hint="Choose all that fit."
          options={[
            { value: 'health', text: 'Healthcare' },
            { value: 'office', text: 'Offices' },
            { value: 'edu', text: 'Education' },
          ]}
          required
        />
        <Acts>
          <Go>Continue</Go>
          <Button name="draft">Save as draft</Button>
        </Acts>
      </Form>
    </Portal>
  ),

  'portal-proceed': (
    <Portal heading="Are you authorised for this system?" which={which}>
      <p>
        You are logged on as Lena Brandt, lena@brandt-controls.example. <a href="/other">Use another account</a>
      </p>
      <Facts
        facts={[
          {
            term: 'System',
            value: (
              <>
                Enterprise Server 3.2.4.1180, <Together>HN-A-ES01</Together>
              </>
            ),
          },
          { term: 'System ID', value: <SystemIdLines lines={lines} /> },
          { term: 'Asked', value: 'from hn-a-es01.northfield.example, today 14:05 CET' },
        ]}
      />
      <Inset>
        <p>
          Compare <code>342GS-3J21S</code> with the screen of the server. If you did not start this at a server a moment
          ago, cancel.
        </p>
      </Inset>
      <Form action="/proceed">
        <Acts>
          <Go>Proceed</Go>
          <Button name="cancel">Cancel</Button>
        </Acts>
      </Form>
    </Portal>
  ),

  'portal-choose': (
    <Portal heading="Choose the registration" which={which}>
      <Form action="/choose" method="get" search>
        <div class="filter">
          <TextField name="q" type="search" label="Search" hint="Site, city, server name, System ID or number" />
          <Button>Search</Button>
        </div>
        <details>
          <summary>Filter</summary>
          <ChoiceField
            type="radio"
            name="show"
            label="Show"
            chosen="all"
            options={[
              { value: 'all', text: 'all' },
              { value: 'silent', text: 'not heard from for 7 days' },
            ]}
          />
        </details>
      </Form>
      <h2>Probably this one</h2>
      <Rows first>
        <Row
          heading="Hospital North, Building A"
          act={
            <Form action="/select">
              <Go object="Hospital North, Building A">Select</Go>
            </Form>
          }
        >
          <p>Northfield Health Trust, Aarhus</p>
          <p class="note">
            Enterprise Server, HN-A-ES01 · old System ID <code>2DG5S-B75TG</code>
          </p>
          <p class="note">
            last seen <Ago at={new Date('2026-11-24T10:02:00Z')} now={now} />
          </p>
          <p>
            <State kind="ok">Same installation as before (proved by the server)</State>
          </p>
          <p>
            <State kind="late">Heard from 3 hours ago under its present System ID</State>
          </p>
        </Row>
      </Rows>
      <h2>Your other systems</h2>
      <Rows>
        <Row
          heading="Harbour Library"
          act={
            <Form action="/select">
              <Select object="Harbour Library">Select</Select>
            </Form>
          }
        >
          <p>City of Aarhus, Aarhus</p>
          <p class="note">
            Enterprise Server, HL-ES01 · old System ID <code>26G4V-Z1MV8</code>
          </p>
          <p class="note">last seen never: offline</p>
        </Row>
        <Row
          heading="Old Mill Offices"
          act={
            <Form action="/select">
              <Select object="Old Mill Offices" refused="Closed on 3 May 2026">
                Select
              </Select>
            </Form>
          }
        >
          <p>Mill Property, Horsens</p>
          <p class="note">
            Enterprise Server, OM-ES01 · old System ID <code>3B91C-K0RWE</code>
          </p>
        </Row>
      </Rows>
      <Links
        items={[
          { href: '/new', text: 'Register as new' },
          { href: '/other', text: 'Use another account' },
        ]}
      />
    </Portal>
  ),

  'portal-review': (
    <Portal heading="Associate the new System ID with Hospital North, Building A?" which={which}>
      <Pair
        now={{
          heading: 'Now',
          facts: [
            { term: 'System ID', value: <code>2DG5S-B75TG</code> },
            { term: 'Server', value: 'HN-A-ES01, Enterprise Server 3.2.4.1180' },
            { term: 'Last heard', value: <When at={now} /> },
          ],
        }}
        after={{
          heading: 'After',
          facts: [
            {
              term: 'System ID',
              value: (
                <strong>
                  <code>342GS-3J21S</code>
                </strong>
              ),
            },
            { term: 'Server', value: 'HN-A-ES01, Enterprise Server 3.2.4.1180' },
            { term: 'Last heard', value: 'a moment ago' },
          ],
        }}
        both={[{ term: 'Registration number, site, contacts, warranty, consents, history', value: 'stay as they are' }]}
      />
      <Section heading="What happens">
        <ol>
          <li>The old System ID is retired. Nobody else can use it.</li>
          <li>Lena Brandt, Anna Holm and the site administrator get a mail.</li>
          <li>The server shows the site within seconds.</li>
        </ol>
        <p>You can undo this until 27 November 2026, 14:05 CET.</p>
      </Section>
      <Form action="/associate">
        <Warn heading="The old system is still alive">
          <p>
            <code>2DG5S-B75TG</code> was heard from on <When at={now} />. If both run, they are two systems:{' '}
            <a href="/new">register the new one as new</a>.
          </p>
          <ChoiceField
            type="radio"
            name="reason"
            label="Why is it the same system?"
            options={[
              { value: 'deleted', text: 'The database was deleted' },
              { value: 'replaced', text: 'The server was replaced' },
              { value: 'other', text: 'Other' },
            ]}
            required
          >
            <TextAreaField name="other" label="Other: say what happened" rows={2} />
          </ChoiceField>
        </Warn>
        <Acts>
          <Go object="the new System ID with Hospital North, Building A">Associate</Go>
          <Button name="cancel">Cancel</Button>
          <a href="/choose">Choose another registration</a>
        </Acts>
      </Form>
    </Portal>
  ),

  'portal-done': (
    <Portal heading="Hospital North, Building A now has the new System ID" which={which}>
      <Arrived />
      <Section heading="Then">
        <p>Mail sent to Lena Brandt, Anna Holm and the site administrator.</p>
        <Form action="/undo">
          <Acts>
            <Button>Undo</Button>
            <span>Undo until 27 November 2026, 14:05 CET</span>
          </Acts>
        </Form>
        <Links
          items={[
            { href: '/system', text: 'System information page' },
            { href: '/register', text: 'Next system' },
          ]}
        />
      </Section>
    </Portal>
  ),

  'portal-waiting': waiting(false),

  'portal-done-offline': (
    <Portal
      heading="One step left: enter the code at the server"
      which={which}
      problems={[{ field: 'confirmation', text: 'Check group 2.' }]}
    >
      <Section heading="Registration code">
        <CodeGroups groups={['5FY1Z', '20CXC', 'ZTV30', 'ENH3S', 'VX79M']} />
        <p>
          Short ID on the server must be{' '}
          <code>
            <b>342GS-3J21S</b>
          </code>
          .
        </p>
        <Acts>
          <LinkButton href="/record">Save file</LinkButton>
          <LinkButton href="/paper">Print</LinkButton>
          <Button>Send it to me</Button>
        </Acts>
      </Section>
      <Section heading="When you come back">
        <Form action="/confirm">
          <CodeField
            kind="confirmation-code"
            name="confirmation"
            label="Confirmation code"
            hint="2 groups of 5."
            value="789Y3-E5PGG"
          />
          <Acts>
            <Go object="that the code arrived">Confirm</Go>
          </Acts>
        </Form>
        <EmptyBoxes groups={2} />
      </Section>
    </Portal>
  ),

  'portal-system': (
    <Portal heading="Hospital North, Building A" which={which} width="wide">
      <Facts
        facts={[
          { term: 'State', value: <State kind="ok">Confirmed by the end user</State> },
          {
            term: 'Registration',
            value: (
              <>
                <RegistrationNumber number="48172065" />, since <When at={since} as="date" />
              </>
            ),
          },
          { term: 'Site company name', value: 'Northfield Health Trust, Aarhus, Denmark' },
          { term: 'System ID', value: <SystemIdLines lines={lines} /> },
          {
            term: 'Former System IDs',
            value: (
              <>
                <code>2DG5S-B75TG</code> retired on 24 November 2026
              </>
            ),
          },
        ]}
      />
      <Acts>
        <LinkButton href="/edit">Edit registration</LinkButton>
        <LinkButton href="/associate">Associate a new System ID</LinkButton>
        <Button refused="The 72 hours ended on 27 November 2026, 14:05 CET.">Undo</Button>
      </Acts>
      <Section heading="Servers">
        <Tree
          servers={[
            {
              facts: [
                {
                  term: 'Enterprise Server',
                  value: (
                    <>
                      <strong>HN-A-ES01</strong> <code>342GS-3J21S</code>
                    </>
                  ),
                },
                { term: 'State', value: <State kind="ok">Registered</State> },
                { term: 'Version', value: <Together>3.2.4.1180</Together> },
                { term: 'Last heard', value: '4 minutes ago' },
              ],
              below: [
                {
                  facts: [
                    {
                      term: 'SmartX server',
                      value: (
                        <>
                          <strong>HN-A-AS01</strong> <code>2HT0K-61QPX</code>
                        </>
                      ),
                    },
                    { term: 'State', value: <State kind="late">Not heard from</State> },
                    { term: 'Version', value: <Together>3.1.2.29</Together> },
                    { term: 'Last heard', value: '20 November 2026, 16:41 CET' },
                  ],
                },
                {
                  facts: [
                    {
                      term: 'SmartX server',
                      value: (
                        <>
                          <strong>HN-A-AS02</strong> <code>39XRD-MW52C</code>
                        </>
                      ),
                    },
                    { term: 'State', value: <State kind="ok">Shows this registration</State> },
                    { term: 'Version', value: <Together>3.2.4.1180</Together> },
                    { term: 'Last heard', value: '4 minutes ago' },
                  ],
                },
              ],
            },
          ]}
        />
      </Section>
      <Section heading="History">
        <History
          entries={[
            { at: now, what: 'New System ID associated.', more: 'Lena Brandt. Reason: the database was deleted.' },
            { at: since, what: 'Registered.', more: 'Lena Brandt. Number 4817 2065.' },
          ]}
        />
      </Section>
    </Portal>
  ),

  'portal-systems': (
    <Portal heading="Registered systems" width="wide">
      <Form action="/systems" method="get" look="filter" search>
        <TextField name="q" type="search" label="Search" hint="Site, city, server name, System ID or number" />
        <SelectField name="state" label="State" none="all" options={[{ value: 'confirmed', text: 'Confirmed' }]} />
        <Button>Filter</Button>
      </Form>
      <Table
        caption="Systems 1 to 5 of 61, by name"
        columns={['Site/building name', 'Registration', 'Server', 'System ID', 'State', 'Last heard']}
        rows={[
          ['Harbour Library', 'City of Aarhus, Aarhus', '39201174', '26G4V-Z1MV8', 'late', 'Not heard from'] as const,
          [
            'Hospital North, Building A',
            'Northfield Health Trust',
            '48172065',
            '342GS-3J21S',
            'ok',
            'Confirmed',
          ] as const,
          ['Linden School', 'Municipality of Odder', '27504413', '2Q7HM-4TXN1', 'wait', 'Not yet confirmed'] as const,
          ['Old Mill Offices', 'Mill Property, Horsens', '11880932', '3B91C-K0RWE', 'off', 'Closed'] as const,
          ['Quayside Tower', 'Quayside Estates', '44026650', '3KX2J-RT94B', 'stop', 'In conflict'] as const,
          ['Hospital North, Building C', 'Northfield Health', '50637728', 'none yet', 'prepared', 'Prepared'] as const,
        ].map(([site, company, number, id, kind, state]) => [
          <>
            <a href="/system">{site}</a> <small>{company}</small>
          </>,
          <RegistrationNumber number={number} />,
          <>
            Enterprise Server <Together>HL-ES01</Together>
          </>,
          <code>{id}</code>,
          <State kind={kind}>{state}</State>,
          '4 minutes ago',
        ])}
      />
      <Pages page={2} last={8} href={(page) => `/systems?page=${page}`} />
    </Portal>
  ),

  'help-index': (
    <Portal heading="Help">
      <HelpIndex />
    </Portal>
  ),

  'help-topic': (
    <Portal heading={helpTitle('associate-a-new-system-id', 'en')}>
      <Help topic="associate-a-new-system-id" portal="https://portal.datestone.example" />
    </Portal>
  ),
};
