// What a script adds to pages that work without it.
import { SystemIdCheck } from './system-id-check.ts';
import { WaitFor } from './wait-for.ts';

customElements.define('system-id-check', SystemIdCheck);
customElements.define('wait-for', WaitFor);
