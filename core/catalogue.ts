/**
 * What kinds of server there are and what a registration can say about its site. Another vendor names its own here: the
 * rules use nothing but the codes.
 */
export interface Catalogue {
  /** From the top of a tree downwards; the texts are names of products and stay as they are in every language. */
  kinds: Record<string, { name: string; tier: number }>;
  transitions: readonly string[];
  applications: readonly string[];
  segments: readonly string[];
}

export const CATALOGUE: Catalogue = {
  kinds: {
    'enterprise-central': { name: 'Enterprise Central', tier: 1 },
    'enterprise-server': { name: 'Enterprise Server', tier: 2 },
    'smartx-server': { name: 'SmartX server', tier: 3 },
  },
  transitions: [
    'andover-continuum',
    'i-net',
    'tac-vista',
    'satchwell-sigma',
    'satchwell-micronet',
    'network-8000',
    'other-vendor',
  ],
  applications: ['hvac', 'lighting', 'access', 'fire', 'power', 'room-control', 'other'],
  segments: [
    'office',
    'healthcare',
    'education',
    'hotel',
    'retail',
    'industry',
    'data-centre',
    'public',
    'residential',
    'transport',
    'other',
  ],
};

export function kindName(kind: string): string {
  return CATALOGUE.kinds[kind]?.name ?? kind;
}
