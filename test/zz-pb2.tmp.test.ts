import { afterAll, beforeAll, expect, test } from 'vitest';
import { headingOf, textOf, formsOf } from './support/http.ts';
import { type ServedPortal, servePortal, signedIn } from './support/pages.ts';
import { carried, registered, testServer, currentAssociation } from './support/portal.ts';
let served: ServedPortal;
beforeAll(async () => { served = await servePortal(); });
afterAll(() => served.close());
test('odd', async () => {
  const { cast, portal } = served;
  const p = await signedIn(served, cast.integrator);
  const n = await registered(portal, cast.integrator, testServer(), { endUser: cast.endUser });
  const req = await carried(portal, cast.integrator, testServer());
  const odd = ['%00', 'a%00b', '%ED%A0%80', '%', '%F0%9F%98%80', 'a'.repeat(5000), '%5C', '%27', '..%2f', '%0a'];
  const bad: string[] = [];
  for (const o of odd) for (const path of [`/systems?q=${o}`, `/systems?page=${o}`, `/systems?state=${o}`, `/systems?q=a&q=${o}`, `/systems/${o}`, `/systems/${n}?history=${o}`, `/systems/${n}/form/${o}`, `/requests/${req}/form/${o}`, `/requests/${req}/form/copy?q=${o}`, `/requests/${o}/form/check`, `/help/${o}`, `/requests/${req}/registrations?q=${o}`, `/log-on?next=${o}`]) {
    const r = await p.get(path);
    if (r.status >= 500) bad.push(`${r.status} ${path.slice(0, 80)}`);
  }
  const page = await p.get('/systems');
  const posts = [`/systems/${n}/confirm`, `/systems/${n}/close`, `/systems/${n}/form/installation`, `/systems/${n}/form/installation?revision=%00`, `/systems/${n}/form/installation/draft?revision=99999999999999`, `/requests/${req}/form/installation`, `/requests/${req}/form/installation/draft`, `/requests/${req}/form/warranty`, `/requests/${req}/form/copy/%00`, `/requests/${req}/form/check`, `/drafts/%00/discard`, `/log-on`, '/register'];
  for (const o of ['\0', 'a\0b', '\ud800', '😀'.repeat(300), 'x'.repeat(100000)]) for (const action of posts) {
    const body = new URLSearchParams();
    for (const k of ['revision','site_name','company','address','city','country','segments','segments','start','end','email','password','registration','next','id','new-id']) body.append(k, o);
    const r = await p.browser.submit(page, { action, method: 'post' }, body);
    if (r.status >= 500) bad.push(`POST ${r.status} ${action} ${JSON.stringify(o.slice(0, 5))}`);
  }
  console.log(bad.join('\n') || 'none bad');
  // without body, or json body
  for (const action of posts) {
    const r = await fetch(served.url + action, { method: 'POST', redirect: 'manual' });
    if (r.status >= 500) console.log('nobody', r.status, action);
    const j = await fetch(served.url + action, { method: 'POST', redirect: 'manual', body: '{"a":1}', headers: { 'content-type': 'application/json' } });
    if (j.status >= 400) console.log('json', j.status, action);
  }
}, 300000);
