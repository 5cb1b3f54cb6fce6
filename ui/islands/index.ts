// What a script adds to pages that work without it.
import { CodeCheckElement } from './code-check.ts';
import { PasskeyForm } from './passkey-form.ts';
import { PrintButton } from './print-button.ts';
import { ScanCode } from './scan-code.ts';
import { ScannedRequest } from './scanned-request.ts';
import { SystemIdCheck } from './system-id-check.ts';
import { WaitFor } from './wait-for.ts';

customElements.define('code-check', CodeCheckElement);
customElements.define('passkey-form', PasskeyForm);
customElements.define('print-button', PrintButton);
customElements.define('scan-code', ScanCode);
customElements.define('scanned-request', ScannedRequest);
customElements.define('system-id-check', SystemIdCheck);
customElements.define('wait-for', WaitFor);
