import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';
import { close } from '../portal/operations/confirm.ts';
import { sql } from '../portal/store/sql.ts';
import { accessibilityProblems, overflow, phone, startBrowser } from './support/browser.ts';
import { checkIn, PASSWORD, type ServedPortal, servePortal, signedIn } from './support/pages.ts';
import { carried, press, rebuilt, registered, seedRegistrations, testServer, typed } from './support/portal.ts';

let served: ServedPortal;
let browser: Browser;
beforeAll(async () => {
  [served, browser] = await Promise.all([servePortal(), startBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await served.close();
});
test('shots', async () => {
  const { portal, cast } = served;
  const a = testServer();
  const nr = await registered(portal, cast.integrator, a, { endUser: cast.endUser });
  await seedRegistrations(portal, cast, 30);
  portal.pass(24 * 9);
  const b = rebuilt(a);
  const req = await carried(portal, cast.integrator, b);
  console.log(
    await press(portal, {
      account: cast.integrator,
      request: req,
      registration: nr,
      reason: 'database-deleted',
    } as any),
  );
  await checkIn(served, b, nr);
  portal.pass(1);
  // claim
  const c = testServer('HN-A-ES02');
  const r2 = await typed(portal, cast.integrator, c);
  console.log(
    await press(portal, { account: cast.integrator, request: r2, registration: nr, reason: 'server-replaced' } as any),
  );
  // conflict: the retired one speaks
  await checkIn(served, a, nr).catch((e) => console.log(String(e)));
  const closed = await registered(portal, cast.integrator, testServer('CL-1'), { site: 'Closed House' });
  await close(portal, { account: cast.integrator, registration: closed });
  const solo = await registered(portal, cast.integrator, testServer('SOLO'), { site: 'Solo House' });
  const fresh = await carried(portal, cast.integrator, testServer('NEW-ES'));
  const paths: [string, string][] = [
    ['list', '/systems'],
    ['list-none', '/systems?q=zzzz'],
    ['list-conf', '/systems?state=in-conflict'],
    ['system', `/systems/${nr}`],
    ['system-closed', `/systems/${closed}`],
    ['system-solo', `/systems/${solo}`],
    ['close', `/systems/${solo}/close`],
    ['form1', `/requests/${fresh}/form`],
    ['form-err', `/requests/${fresh}/form/installation?unfinished`],
    ['form2', `/requests/${fresh}/form/site-administrator`],
    ['form3', `/requests/${fresh}/form/warranty`],
    ['copy', `/requests/${fresh}/form/copy`],
    ['edit1', `/systems/${nr}/form`],
    ['editcheck', `/systems/${nr}/form/check`],
    ['foreign', '/systems/12345678'],
    ['privacy', '/privacy'],
    ['help', '/help'],
    ['nf', '/zzz'],
  ];
  const pics = process.env.PICS?.split(',');
  for (const [who, acc] of [
    ['i', cast.integrator],
    ['e', cast.endUser],
  ] as const)
    for (const wide of [false, true]) {
      const ctx = wide
        ? await browser.newContext({ viewport: { width: 1000, height: 800 } })
        : await phone(browser, { script: true });
      const page = await ctx.newPage();
      await page.goto(`${served.url}/log-on`);
      await page.fill('[name=email]', acc.email);
      await page.fill('[name=password]', PASSWORD);
      await page.click('button.go');
      await page.waitForLoadState('load');
      for (const [name, path] of paths) {
        if (pics && !pics.includes(`${who}-${name}${wide ? '-w' : ''}`)) continue;
        if (who === 'e' && !['system', 'edit1', 'editcheck'].includes(name)) continue;
        const res = await page.goto(served.url + path);
        const o = await overflow(page);
        const p = await accessibilityProblems(page);
        if (o > 0 || p.length || ![200, 404].includes(res!.status()))
          console.log(who, wide, name, res!.status(), 'overflow', o, p.join('\n'));
        const h = (await page.evaluate('document.documentElement.scrollHeight')) as number;
        for (let i = 0; i * 1500 < h && i < 4; i++)
          await page.screenshot({
            path: `/tmp/shots/${who}-${name}${wide ? '-w' : ''}-${i}.png`,
            fullPage: true,
            clip: { x: 0, y: i * 1500, width: wide ? 1000 : 360, height: Math.min(1500, h - i * 1500) },
          });
      }
      await ctx.close();
    }
}, 400_000);
