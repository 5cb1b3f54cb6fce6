/** The two servers of the demonstration, and the sites that they stand in. */
export interface DemoServer {
  name: string;
  kind: string;
  product: string;
  version: string;
  site: { name: string; company: string; address: string; city: string; country: string; segment: string };
}

export const SERVERS: readonly DemoServer[] = [
  {
    name: 'HN-A-ES01',
    kind: 'enterprise-server',
    product: 'Enterprise Server',
    version: '3.2.4.1180',
    site: {
      name: 'Hospital North, Building A',
      company: 'Northfield Health Trust',
      address: 'Palle Allé 10',
      city: 'Aarhus',
      country: 'DK',
      segment: 'healthcare',
    },
  },
  {
    name: 'HL-AS01',
    kind: 'smartx-server',
    product: 'SmartX server AS-P',
    version: '3.2.4.1180',
    site: {
      name: 'Harbour Library',
      company: 'City of Aarhus',
      address: 'Dokk 1',
      city: 'Aarhus',
      country: 'DK',
      segment: 'public',
    },
  },
];
