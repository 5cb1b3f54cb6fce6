// What a script adds to pages that work without it.
import { CodeCheckElement } from './code-check.ts';
import { SystemIdCheck } from './system-id-check.ts';
import { WaitFor } from './wait-for.ts';

customElements.define('code-check', CodeCheckElement);
customElements.define('system-id-check', SystemIdCheck);
customElements.define('wait-for', WaitFor);
