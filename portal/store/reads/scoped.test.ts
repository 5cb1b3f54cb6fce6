import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { registered, type TestPortal, testCast, testPortal, testServer } from '../../../test/support/portal.ts';
import { type TestDatabase, testDatabase } from '../../../test/support/postgres.ts';
import type { Account } from '../../portal.ts';
import type { Cast } from '../../seed.ts';
import { discardDraft, draftOf, openDrafts, saveDraft } from '../drafts.ts';
import { historyOf } from './history.ts';
import { registeredSystems } from './registered-systems.ts';
import { systemInformation } from './system-information.ts';

/** Each read asks for the reader's seat in the query itself: no check beside it has to be remembered. */

let database: TestDatabase;
let portal: TestPortal;
let cast: Cast;
let number: string;
beforeAll(async () => {
  database = await testDatabase();
  portal = await testPortal(database.db);
  cast = await testCast(portal);
  number = await registered(portal, cast.integrator, testServer(), { endUser: cast.endUser });
});
afterAll(() => database.drop());

const reads: Record<string, (account: Account) => Promise<unknown>> = {
  'the System information': (account) => systemInformation(portal.db, account.id, number, portal.now()),
  'a page of the history': async (account) => (await historyOf(portal.db, account.id, number, 1))[0],
  'the whole history': async (account) => (await historyOf(portal.db, account.id, number, undefined))[0],
  'the list of systems': async (account) => {
    const wanted = { search: number, state: undefined, page: 1 };
    return (await registeredSystems(portal.db, account.id, wanted)).rows[0];
  },
};

describe.each(Object.entries(reads))('%s', (_, read) => {
  test('is there for both parties and for nobody else', async () => {
    expect(await read(cast.integrator)).toBeDefined();
    expect(await read(cast.endUser)).toBeDefined();
    expect(await read(cast.stranger)).toBeUndefined();
  });
});

describe('a draft', () => {
  const answers = { installation: { site_name: 'Half a House' } };

  test('is its owner’s alone: another account has its own of the same registration, and cannot discard this one', async () => {
    const { integrator, endUser } = cast;
    const subject = { registration: number };
    await saveDraft(portal.db, integrator.id, subject, { answers, revision: 2, at: portal.now() });
    const draft = await draftOf(portal.db, integrator.id, subject);
    expect(draft?.answers).toEqual(answers);
    expect(await draftOf(portal.db, endUser.id, subject)).toBeUndefined();
    await discardDraft(portal.db, endUser.id, draft?.id ?? '');
    expect(await openDrafts(portal.db, endUser.id, portal.now())).toEqual([]);
    expect(await openDrafts(portal.db, integrator.id, portal.now())).toMatchObject([{ site: 'Half a House' }]);
  });

  test('is one for each thing: a step that is saved again replaces itself and leaves the others, and the first revision', async () => {
    const subject = { registration: number };
    const at = portal.now();
    await saveDraft(portal.db, cast.endUser.id, subject, { answers, revision: 2, at });
    const more = { 'site-administrator': { name: 'Jonas Berg' } };
    await saveDraft(portal.db, cast.endUser.id, subject, { answers: more, revision: 7, at });
    const again = { installation: { site_name: 'A whole House' } };
    await saveDraft(portal.db, cast.endUser.id, subject, { answers: again, revision: 9, at });
    expect(await draftOf(portal.db, cast.endUser.id, subject)).toMatchObject({
      answers: { ...again, ...more },
      revision: 2,
    });
  });

  test('is not offered any more once its System ID has a registration, or its registration another party', async () => {
    const server = testServer();
    await registered(portal, cast.stranger, server);
    const systemId = server.keys.systemId;
    await saveDraft(portal.db, cast.stranger.id, { systemId }, { answers, at: portal.now() });
    await saveDraft(portal.db, cast.stranger.id, { registration: number }, { answers, revision: 1, at: portal.now() });
    expect(await openDrafts(portal.db, cast.stranger.id, portal.now())).toEqual([]);
  });
});
