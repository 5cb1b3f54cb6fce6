import { randomBytes } from 'node:crypto';
import { makeRequest } from '../core/documents/request.ts';
import { newInstanceKey } from '../core/instance-key.ts';
import type { Answers } from '../core/registration-form.ts';
import { newSeed, systemKeysFrom } from '../core/system-keys.ts';
import { createAccount, type NewAccount } from './operations/accounts.ts';
import { proceed } from './operations/bring.ts';
import { confirm } from './operations/confirm.ts';
import { insertIdentity } from './operations/identities.ts';
import { register } from './operations/register.ts';
import { takeRequest } from './operations/take-request.ts';
import { takeSeat } from './operations/take-seat.ts';
import type { Account, Portal } from './portal.ts';
import { sql } from './store/sql.ts';

/**
 * A cast for the demonstration and for tests: an integrator with many sites and an end user, made by the same operations
 * as everybody's, at times that lie in the past.
 */
export const CAST = {
  integrator: {
    email: 'lena@brandt-controls.example',
    name: 'Lena Brandt',
    organisation: 'Brandt Building Controls',
    kind: 'partner',
  },
  endUser: {
    email: 'anna@northfield.example',
    name: 'Anna Holm',
    organisation: 'Northfield Health Trust',
    kind: 'end-user',
  },
  stranger: {
    email: 'marek@quay-automation.example',
    name: 'Marek Novak',
    organisation: 'Quay Automation',
    kind: 'partner',
  },
} as const satisfies Record<string, Omit<NewAccount, 'password'>>;

export type Cast = Record<keyof typeof CAST, Account>;

/** Makes the accounts; an empty answer if they are there already. */
export async function seedAccounts(portal: Portal, password: string): Promise<Cast | undefined> {
  const made: Partial<Cast> = {};
  for (const [role, person] of Object.entries(CAST)) {
    const created = await createAccount(portal, { ...person, password });
    if (created.outcome === 'address-taken') return undefined;
    made[role as keyof Cast] = created.account;
  }
  return made as Cast;
}

/** Some of the cast can log on through this provider too. */
export async function seedIdentities(
  portal: Portal,
  cast: Cast,
  iss: string,
  subjects: Partial<Record<keyof Cast, string>>,
): Promise<void> {
  for (const [role, sub] of Object.entries(subjects)) {
    await insertIdentity(portal.db, portal, cast[role as keyof Cast].id, { iss, sub });
  }
}

interface Site {
  name: string;
  company: string;
  address: string;
  city: string;
  country: string;
  segment: string;
  server: string;
  kind: 'enterprise-central' | 'enterprise-server' | 'smartx-server';
  version: string;
  /** How many days ago it was registered, and last heard from. */
  registered: number;
  heard: number;
  confirmed?: true;
}

/** Registers the sites as the integrator did it at the time, and lets the end user confirm some of them. */
export async function seedSites(portal: Portal, cast: Cast, sites: readonly Site[] = SITES): Promise<void> {
  for (const site of sites) {
    const number = await seedSite(portal, cast, site);
    await takeSeat(daysAgo(portal, site.registered - 1), cast.endUser, number);
    if (site.confirmed) {
      await confirm(daysAgo(portal, site.registered - 2), { account: cast.endUser, registration: number });
    }
  }
  await forgetMails(portal);
}

/** The end user takes its seat and confirms. */
export async function seedEndUser(portal: Portal, cast: Cast, registration: string): Promise<void> {
  await takeSeat(portal, cast.endUser, registration);
  await confirm(portal, { account: cast.endUser, registration });
}

/** Everybody has read the mails of the past. */
export async function forgetMails(portal: Portal): Promise<void> {
  await portal.db.rows(sql`delete from outbox`);
}

async function seedSite(portal: Portal, cast: Cast, site: Site): Promise<string> {
  const then = daysAgo(portal, site.registered);
  const keys = systemKeysFrom(newSeed());
  const document = await makeRequest({
    keys,
    bundle: portal.keys.bundle,
    n: 1,
    now: then.now(),
    via: 'browser',
    server: { kind: site.kind, product: PRODUCTS[site.kind], version: site.version, name: site.server },
    sequence: 0,
    instance: newInstanceKey(),
    shadows: 0,
  });
  const taken = await takeRequest(then, {
    document,
    cookieHash: randomBytes(32),
    account: cast.integrator.id,
    origin: undefined,
  });
  if (taken.outcome === 'refused') throw new Error(`The demonstration's own request was refused: ${taken.code}.`);
  await proceed(then, cast.integrator.id, taken.request);
  const registered = await register(then, {
    account: cast.integrator,
    request: taken.request,
    answers: answersOf(site),
  });
  if (registered.outcome === 'refused') throw new Error(`${site.name} could not be registered: ${registered.code}.`);
  await portal.db.rows(sql`
    update system set last_heard_at = ${daysAgo(portal, site.heard).now()}, shows = ${registered.registration},
      shows_since = ${then.now()}
    where system_id = ${keys.systemId}`);
  return registered.registration;
}

/** What the forms of the demonstration's sites say. */
export function answersOf(
  site: Pick<Site, 'name' | 'company' | 'address' | 'city' | 'country' | 'segment'>,
): Required<Pick<Answers, 'installation' | 'site-administrator'>> {
  return {
    installation: {
      site_type: 'single',
      site_name: site.name,
      company: site.company,
      address: site.address,
      city: site.city,
      country: site.country,
      segments: [site.segment],
      applications: ['hvac'],
    },
    'site-administrator': { name: 'Jonas Berg', company: site.company, email: 'jonas@northfield.example' },
  };
}

function daysAgo(portal: Portal, days: number): Portal {
  const at = new Date(portal.now().getTime() - days * 24 * 60 * 60 * 1000);
  return { ...portal, now: () => at };
}

const PRODUCTS = {
  'enterprise-central': 'Enterprise Central',
  'enterprise-server': 'Enterprise Server',
  'smartx-server': 'SmartX server AS-P',
} as const;

const northfield = {
  company: 'Northfield Health Trust',
  country: 'DK',
  segment: 'healthcare',
  confirmed: true,
} as const;
const aarhus = { company: 'City of Aarhus', city: 'Aarhus', country: 'DK' } as const;
const es = { kind: 'enterprise-server', version: '3.2.4.1180' } as const;
const smartx = { kind: 'smartx-server', version: '3.2.4.1180' } as const;

const SITES: readonly Site[] = [
  {
    ...northfield,
    ...es,
    name: 'Hospital North, Building B',
    address: 'Palle Allé 14',
    city: 'Aarhus',
    server: 'HN-B-ES01',
    registered: 611,
    heard: 0.01,
  },
  {
    ...northfield,
    ...smartx,
    name: 'Hospital North, Energy Centre',
    address: 'Palle Allé 20',
    city: 'Aarhus',
    server: 'HN-E-AS01',
    registered: 600,
    heard: 12,
  },
  {
    ...northfield,
    ...es,
    name: 'Hospital South',
    address: 'Søndervej 3',
    city: 'Horsens',
    server: 'HS-ES01',
    registered: 540,
    heard: 0.2,
  },
  {
    ...northfield,
    ...smartx,
    name: 'Northfield Laundry',
    address: 'Industrivej 8',
    city: 'Horsens',
    server: 'NL-AS01',
    registered: 410,
    heard: 3,
  },
  {
    ...northfield,
    ...es,
    name: 'Rehabilitation Centre Lake',
    address: 'Søvej 41',
    city: 'Silkeborg',
    server: 'RC-ES01',
    registered: 380,
    heard: 0.1,
  },
  {
    ...aarhus,
    ...smartx,
    name: 'Central Library',
    address: 'Mølleparken 1',
    segment: 'public',
    server: 'CL-AS01',
    registered: 720,
    heard: 40,
  },
  {
    ...aarhus,
    ...es,
    name: 'Town Hall',
    address: 'Rådhuspladsen 2',
    segment: 'public',
    server: 'TH-ES01',
    registered: 700,
    heard: 0.5,
  },
  {
    ...aarhus,
    ...smartx,
    name: 'Swimming Baths East',
    address: 'Østervej 12',
    segment: 'public',
    server: 'SB-AS01',
    registered: 655,
    heard: 1,
  },
  {
    ...aarhus,
    ...smartx,
    name: 'Linden School',
    address: 'Lindevej 5',
    segment: 'education',
    server: 'LS-AS01',
    registered: 330,
    heard: 90,
  },
  {
    ...aarhus,
    ...smartx,
    name: 'Beech School',
    address: 'Bøgevej 9',
    segment: 'education',
    server: 'BS-AS01',
    registered: 328,
    heard: 0.3,
  },
  {
    ...es,
    name: 'Quayside Tower',
    company: 'Quayside Estates',
    address: 'Havnegade 70',
    city: 'Aarhus',
    country: 'DK',
    segment: 'office',
    kind: 'enterprise-central',
    version: '7.0.2.348',
    server: 'QT-EC01',
    registered: 505,
    heard: 0.04,
  },
  {
    ...es,
    name: 'Quayside Hotel',
    company: 'Quayside Estates',
    address: 'Havnegade 72',
    city: 'Aarhus',
    country: 'DK',
    segment: 'hotel',
    server: 'QH-ES01',
    registered: 503,
    heard: 0.04,
  },
  {
    ...es,
    name: 'Old Mill Offices',
    company: 'Mill Property',
    address: 'Møllevej 1',
    city: 'Horsens',
    country: 'DK',
    segment: 'office',
    version: '3.1.2.29',
    server: 'OM-ES01',
    registered: 820,
    heard: 208,
  },
  {
    ...smartx,
    name: 'Mill Shopping Arcade',
    company: 'Mill Property',
    address: 'Møllevej 3',
    city: 'Horsens',
    country: 'DK',
    segment: 'retail',
    version: '3.1.2.29',
    server: 'MS-AS01',
    registered: 815,
    heard: 6,
  },
  {
    ...es,
    name: 'Fjord Data Centre',
    company: 'Fjord Hosting',
    address: 'Fjordvej 100',
    city: 'Kolding',
    country: 'DK',
    segment: 'data-centre',
    server: 'FD-ES01',
    registered: 260,
    heard: 0.02,
  },
  {
    ...smartx,
    name: 'Kolding Dairy',
    company: 'Little Belt Dairies',
    address: 'Mejerivej 2',
    city: 'Kolding',
    country: 'DK',
    segment: 'industry',
    server: 'KD-AS01',
    registered: 220,
    heard: 15,
  },
  {
    ...smartx,
    name: 'Ferry Terminal',
    company: 'Port of Flensburg',
    address: 'Harniskai 4',
    city: 'Flensburg',
    country: 'DE',
    segment: 'transport',
    server: 'FT-AS01',
    registered: 145,
    heard: 0.6,
  },
  {
    ...es,
    name: 'Residence Birch Park',
    company: 'Birch Homes',
    address: 'Birkevej 30',
    city: 'Vejle',
    country: 'DK',
    segment: 'residential',
    server: 'BP-ES01',
    registered: 75,
    heard: 0.4,
  },
];
