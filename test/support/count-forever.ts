// Takes numbers from the counter of the database in a folder, and says each one as soon as it may be used. Killed by its test.

import { writeSync } from 'node:fs';
import { nextCounter } from '../../agent/store/identity.ts';
import { serverStore } from '../../agent/store/server.ts';

const [folder = ''] = process.argv.slice(2);
const store = serverStore({ folder, machine: [] }, 'correct horse', () => new Date());
for (;;) {
  const n = await store.use(({ db }) => nextCounter(db));
  writeSync(1, `${n}\n`);
}
