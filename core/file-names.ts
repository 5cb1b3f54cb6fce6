import { type SystemId, shortId } from './system-id.ts';

// The longest that every file system takes leaves room for what browsers add.
const LONGEST_NAME = 80;

/**
 * What the file of a document is called: whose it is, which system, and what. `HN-A-ES01-342GS-3J21S-request.datestone`.
 * Every file system takes it, and no header has to escape it.
 */
export function documentFileName(name: string, systemId: SystemId, what: 'request' | 'registration'): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, LONGEST_NAME);
  return [plain, shortId(systemId), `${what}.datestone`].filter((part) => part !== '').join('-');
}
