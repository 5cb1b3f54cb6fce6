// What a script adds to pages that work without it.
import { CodeCheckElement } from './code-check.ts';
import { PrintButton } from './print-button.ts';
import { SystemIdCheck } from './system-id-check.ts';
import { WaitFor } from './wait-for.ts';

customElements.define('code-check', CodeCheckElement);
customElements.define('print-button', PrintButton);
customElements.define('system-id-check', SystemIdCheck);
customElements.define('wait-for', WaitFor);
