// Made from ui/islands/ by `npm run islands`.
var __typeError = (msg) => {
  throw TypeError(msg);
};
var __accessCheck = (obj, member, msg) => member.has(obj) || __typeError("Cannot " + msg);
var __privateGet = (obj, member, getter) => (__accessCheck(obj, member, "read from private field"), getter ? getter.call(obj) : member.get(obj));
var __privateAdd = (obj, member, value) => member.has(obj) ? __typeError("Cannot add the same private member more than once") : member instanceof WeakSet ? member.add(obj) : member.set(obj, value);
var __privateSet = (obj, member, value, setter) => (__accessCheck(obj, member, "write to private field"), setter ? setter.call(obj, value) : member.set(obj, value), value);
var __privateMethod = (obj, member, method) => (__accessCheck(obj, member, "access private method"), method);

// core/crockford.ts
var ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
var SEPARATORS = /[\p{White_Space}\u200B\uFEFF\u002D\u2010-\u2015\u2212]/gu;
var NOT_A_LETTER_OR_DIGIT = /[^A-Za-z0-9]/u;
var READ_AS = { O: "0", I: "1", L: "1", U: "V" };
function readTyped(typed) {
  const kept2 = typed.replace(SEPARATORS, "");
  const foreign = NOT_A_LETTER_OR_DIGIT.exec(kept2);
  if (foreign) return { outcome: "not-understood", character: foreign[0], at: foreign.index };
  return { outcome: "read", text: kept2.toUpperCase().replace(/[OILU]/g, (letter) => READ_AS[letter]) };
}
function symbolsOf(text) {
  return Array.from(text, (letter) => ALPHABET.indexOf(letter));
}
function textOf(symbols) {
  return symbols.map((symbol) => ALPHABET[symbol]).join("");
}

// core/check-symbols.ts
function checksHold(unwritten, symbols) {
  return syndromes(unwritten, symbols).every((value) => value === 0);
}
function explanations(unwritten, symbols) {
  const [first, second] = syndromes(unwritten, symbols);
  if (first === 0 || second === 0) return [];
  return [...oneWrong(unwritten, symbols, first, second), ...oneExchange(symbols, first, second)];
}
function oneWrong(unwritten, symbols, first, second) {
  const power = LOG[over(second, first)];
  const error = over(first, alphaTo(power));
  const at = symbols.length - 1 - power;
  if (at >= 0) return [{ kind: "symbol", at, error }];
  if (at === -1) return [{ kind: "place", place: unwritten ^ error }];
  return [];
}
function oneExchange(symbols, first, second) {
  const power = LOG[over(over(second, first), ALPHA ^ 1)];
  const error = over(first, times(alphaTo(power), ALPHA ^ 1));
  const at = symbols.length - 2 - power;
  const [left, right] = [symbols[at], symbols[at + 1]];
  if (left === void 0 || right === void 0 || (left ^ right) !== error) return [];
  return [{ kind: "exchange", at }];
}
function syndromes(unwritten, symbols) {
  const at = (point) => [unwritten, ...symbols].reduce((value, symbol) => times(value, point) ^ symbol, 0);
  return [at(ALPHA), at(times(ALPHA, ALPHA))];
}
var ALPHA = 2;
var MODULUS = 37;
var POWERS = Array.from({ length: 31 }, () => 1);
var LOG = Array.from({ length: 32 }, () => 0);
for (let power = 0, value = 1; power < 31; power++) {
  POWERS[power] = value;
  LOG[value] = power;
  value <<= 1;
  if (value > 31) value ^= MODULUS;
}
function alphaTo(power) {
  return POWERS[power % 31];
}
function times(a, b) {
  return a === 0 || b === 0 ? 0 : alphaTo(LOG[a] + LOG[b]);
}
function over(a, b) {
  return a === 0 ? 0 : alphaTo(LOG[a] + 31 - LOG[b]);
}

// core/typed-code.ts
var GROUP = 5;
var SYSTEM_ID = 60;
var REGISTRATION_CODE = { name: "registration-code", symbols: 25, unwritten: 8, type: 2 };
var CONFIRMATION_CODE = { name: "confirmation-code", symbols: 10, unwritten: 16, type: 3 };
function readCode(typed, kind) {
  const reading = readTyped(typed);
  if (reading.outcome === "not-understood") {
    return { outcome: "not-understood", character: reading.character, group: groupOf(reading.at) };
  }
  const { text } = reading;
  if (text.length !== kind.symbols) return explainLength(text, kind);
  const symbols = symbolsOf(text);
  if (checksHold(kind.unwritten, symbols)) {
    return typeOf(symbols) === kind.type ? { outcome: "read", code: text } : { outcome: "another-type" };
  }
  const mistakes = explanations(kind.unwritten, symbols).filter((one) => one.kind !== "place");
  return {
    outcome: "mistyped",
    places: mistakes.map((one) => placeOf(one, text)),
    repairs: mistakes.map((one) => repaired(one, symbols)).filter((repair) => typeOf(repair) === kind.type).map((repair) => textOf(repair))
  };
}
function whereToLook([place, other]) {
  if (!place) return { outcome: "several" };
  const { group, text } = place;
  if (other && other.group !== group) {
    return { outcome: "either", group: Math.min(group, other.group), other: Math.max(group, other.group) };
  }
  if (place.kind === "symbol") return { outcome: "symbol", group, text };
  return { outcome: "exchange", group, typed: place.typed, swapped: Array.from(place.typed).reverse().join("") };
}
function explainLength(text, kind) {
  if (text.length === 0) return { outcome: "empty" };
  if (text.length === SYSTEM_ID) return { outcome: "other-text", text: "system-id" };
  const other = otherOf(text.length);
  return other && other !== kind.name ? otherText(text, other) : { outcome: "wrong-length", symbols: text.length };
}
function otherOf(length) {
  if (length === REGISTRATION_CODE.symbols) return "registration-code";
  return length === CONFIRMATION_CODE.symbols ? "confirmation-code" : void 0;
}
function otherText(text, other) {
  const isShortId = other === "confirmation-code" && typeOf(symbolsOf(text)) === 1;
  return { outcome: "other-text", text: isShortId ? "system-id" : other };
}
function placeOf(mistake, text) {
  const { kind, at } = mistake;
  const group = groupOf(at);
  const place = { group, text: text.slice(GROUP * (group - 1), GROUP * group) };
  return kind === "symbol" ? { kind, ...place } : { kind, ...place, typed: text.slice(at, at + 2) };
}
function repaired(mistake, symbols) {
  const repair = [...symbols];
  const { at } = mistake;
  if (mistake.kind === "symbol") repair[at] = (repair[at] ?? 0) ^ mistake.error;
  else [repair[at], repair[at + 1]] = [symbols[at + 1] ?? 0, symbols[at] ?? 0];
  return repair;
}
function groupOf(at) {
  return Math.floor(at / GROUP) + 1;
}
function typeOf(symbols) {
  return (symbols[0] ?? 0) >> 1;
}

// ui/islands/check-code.ts
function checkCode(typed, kind) {
  const code = kind === CONFIRMATION_CODE.name ? CONFIRMATION_CODE : REGISTRATION_CODE;
  const reading = readCode(typed, code);
  if (reading.outcome === "read") return { outcome: "right" };
  if (reading.outcome === "mistyped") return whereToLook(reading.places);
  if (reading.outcome === "not-understood") {
    return { outcome: "character", character: reading.character, group: reading.group };
  }
  const text = readTyped(typed);
  const count = text.outcome === "read" ? text.text.length : 0;
  return count > 0 && count !== code.symbols ? { outcome: "count", count, symbols: code.symbols } : void 0;
}

// ui/islands/code-check.ts
var PAUSE = 1e3;
var _shown, _heard, _pause, _CodeCheckElement_instances, check_fn;
var CodeCheckElement = class extends HTMLElement {
  constructor() {
    super(...arguments);
    __privateAdd(this, _CodeCheckElement_instances);
    __privateAdd(this, _shown, document.createElement("p"));
    __privateAdd(this, _heard, document.createElement("p"));
    __privateAdd(this, _pause, 0);
  }
  connectedCallback() {
    const typed = this.querySelector("input, textarea");
    if (!typed) return;
    __privateGet(this, _shown).className = "checked";
    __privateGet(this, _shown).setAttribute("aria-hidden", "true");
    __privateGet(this, _heard).className = "said";
    __privateGet(this, _heard).setAttribute("role", "status");
    this.append(__privateGet(this, _shown), __privateGet(this, _heard));
    typed.addEventListener("input", () => __privateMethod(this, _CodeCheckElement_instances, check_fn).call(this, typed.value));
    typed.addEventListener("keydown", (event) => sendOnEnter(event, typed));
  }
};
_shown = new WeakMap();
_heard = new WeakMap();
_pause = new WeakMap();
_CodeCheckElement_instances = new WeakSet();
check_fn = function(typed) {
  const check = checkCode(typed, this.dataset["kind"]);
  const values = { ...check };
  const sentence = check ? this.dataset[check.outcome] ?? "" : "";
  __privateGet(this, _shown).dataset["outcome"] = check?.outcome ?? "";
  __privateGet(this, _shown).textContent = sentence.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
  clearTimeout(__privateGet(this, _pause));
  __privateSet(this, _pause, setTimeout(() => {
    __privateGet(this, _heard).textContent = __privateGet(this, _shown).textContent;
  }, PAUSE));
};
function sendOnEnter(event, typed) {
  if (event.key !== "Enter" || event.isComposing || typed.tagName !== "TEXTAREA") return;
  event.preventDefault();
  typed.form?.querySelector("button")?.click();
}

// ui/islands/passkey-form.ts
var QUESTION = { create: "parseCreationOptionsFromJSON", get: "parseRequestOptionsFromJSON" };
var _asking, _PasskeyForm_instances, send_fn, answer_fn, say_fn;
var PasskeyForm = class extends HTMLElement {
  constructor() {
    super(...arguments);
    __privateAdd(this, _PasskeyForm_instances);
    __privateAdd(this, _asking, false);
  }
  connectedCallback() {
    const [without, within] = [this.querySelector("p"), this.querySelector("div")];
    const form = this.querySelector("form");
    if (!without || !within || !form || !knowsPasskeys()) return;
    without.hidden = true;
    within.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void __privateMethod(this, _PasskeyForm_instances, send_fn).call(this, form);
    });
  }
};
_asking = new WeakMap();
_PasskeyForm_instances = new WeakSet();
send_fn = async function(form) {
  if (__privateGet(this, _asking)) return;
  __privateSet(this, _asking, true);
  __privateMethod(this, _PasskeyForm_instances, say_fn).call(this, "asking");
  try {
    const answer = await __privateMethod(this, _PasskeyForm_instances, answer_fn).call(this);
    if (answer === void 0) return;
    form.querySelector('input[name="answer"]').value = answer;
    form.submit();
  } catch (error) {
    __privateMethod(this, _PasskeyForm_instances, say_fn).call(this, sayingOf(error));
  } finally {
    __privateSet(this, _asking, false);
  }
};
answer_fn = async function() {
  const response = await fetch(this.dataset["ask"] ?? "", { method: "POST" });
  if (response.redirected) {
    location.assign(response.url);
    return void 0;
  }
  if (!response.ok) throw new Error(`The question was answered ${response.status}.`);
  const question = await response.json();
  const act = this.dataset["do"] === "create" ? "create" : "get";
  const publicKey = PublicKeyCredential[QUESTION[act]](question);
  const credential = await navigator.credentials[act]({ publicKey });
  return JSON.stringify(credential.toJSON());
};
say_fn = function(what) {
  this.querySelector('[role="status"]').textContent = this.dataset[what] ?? "";
};
function knowsPasskeys() {
  if (typeof PublicKeyCredential === "undefined") return false;
  return QUESTION.create in PublicKeyCredential && "toJSON" in PublicKeyCredential.prototype;
}
function sayingOf(error) {
  const { name } = error;
  if (name === "NotAllowedError" || name === "AbortError") return "stopped";
  return name === "InvalidStateError" ? "known" : "failed";
}

// ui/islands/print-button.ts
var PrintButton = class extends HTMLElement {
  connectedCallback() {
    this.querySelector("button")?.addEventListener("click", () => print());
  }
};

// ui/islands/scan-code.ts
var PAUSE2 = 100;
var REQUEST = /^(https?:\/\/[^#]+\/r#|eyJ)/i;
var _detect, _stream, _ScanCode_instances, scan_fn, send_fn2, stop_fn, say_fn2;
var ScanCode = class extends HTMLElement {
  constructor() {
    super(...arguments);
    __privateAdd(this, _ScanCode_instances);
    __privateAdd(this, _detect);
    __privateAdd(this, _stream);
  }
  connectedCallback() {
    const [open, close] = this.querySelectorAll("button");
    const dialog = this.querySelector("dialog");
    if (!open || !close || !dialog?.showModal || !navigator.mediaDevices?.getUserMedia) return;
    open.addEventListener("click", () => {
      dialog.showModal();
      void __privateMethod(this, _ScanCode_instances, scan_fn).call(this, dialog);
    });
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => __privateMethod(this, _ScanCode_instances, stop_fn).call(this));
    this.hidden = false;
  }
};
_detect = new WeakMap();
_stream = new WeakMap();
_ScanCode_instances = new WeakSet();
scan_fn = async function(dialog) {
  const video = this.querySelector("video");
  __privateMethod(this, _ScanCode_instances, say_fn2).call(this, "starting");
  try {
    const wanted = { facingMode: "environment", width: { ideal: 1920 }, height: { ideal: 1080 } };
    __privateSet(this, _stream, await navigator.mediaDevices.getUserMedia({ video: wanted }));
  } catch (error) {
    return __privateMethod(this, _ScanCode_instances, say_fn2).call(this, error.name === "NotAllowedError" ? "denied" : "noCamera");
  }
  if (!dialog.open) return __privateMethod(this, _ScanCode_instances, stop_fn).call(this);
  video.srcObject = __privateGet(this, _stream);
  await video.play();
  __privateMethod(this, _ScanCode_instances, say_fn2).call(this, "looking");
  try {
    __privateGet(this, _detect) ?? __privateSet(this, _detect, detector(this.dataset));
    const detect = await __privateGet(this, _detect);
    while (dialog.open) {
      const texts = await detect(video);
      const request = texts.find((text) => REQUEST.test(text));
      if (request && dialog.open) return __privateMethod(this, _ScanCode_instances, send_fn2).call(this, request);
      if (texts.length > 0) __privateMethod(this, _ScanCode_instances, say_fn2).call(this, "other");
      await new Promise((resolve) => setTimeout(resolve, PAUSE2));
    }
  } catch {
    __privateSet(this, _detect, void 0);
    __privateMethod(this, _ScanCode_instances, say_fn2).call(this, "noDecoder");
  }
};
send_fn2 = function(request) {
  __privateMethod(this, _ScanCode_instances, say_fn2).call(this, "found");
  __privateMethod(this, _ScanCode_instances, stop_fn).call(this);
  const form = this.querySelector("form");
  form.querySelector("input").value = request;
  form.submit();
};
stop_fn = function() {
  for (const track of __privateGet(this, _stream)?.getTracks() ?? []) track.stop();
  __privateSet(this, _stream, void 0);
};
say_fn2 = function(what) {
  const status = this.querySelector('[role="status"]');
  const sentence = this.dataset[what] ?? "";
  if (status.textContent !== sentence) status.textContent = sentence;
};
async function detector(load) {
  if (typeof BarcodeDetector !== "undefined" && (await BarcodeDetector.getSupportedFormats()).includes("qr_code")) {
    const own = new BarcodeDetector({ formats: ["qr_code"] });
    return async (video) => (await own.detect(video)).map((code) => code.rawValue);
  }
  const worker = new Worker(load["worker"] ?? "");
  const answer = () => new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = reject;
  });
  const isReady = answer();
  worker.postMessage({ decoder: load["decoder"], wasm: load["wasm"] });
  await isReady;
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  return (video) => {
    const { videoWidth: width, videoHeight: height } = video;
    if (width === 0) return Promise.resolve([]);
    Object.assign(canvas, { width, height });
    context.drawImage(video, 0, 0);
    const texts = answer();
    worker.postMessage(context.getImageData(0, 0, width, height));
    return texts;
  };
}

// ui/islands/scanned-request.ts
var KEPT = "datestone-scanned";
var KEPT_HOURS = 24;
var _ScannedRequest_instances, read_fn, show_fn, send_fn3;
var ScannedRequest = class extends HTMLElement {
  constructor() {
    super(...arguments);
    __privateAdd(this, _ScannedRequest_instances);
  }
  connectedCallback() {
    __privateMethod(this, _ScannedRequest_instances, read_fn).call(this);
    addEventListener("hashchange", () => __privateMethod(this, _ScannedRequest_instances, read_fn).call(this));
    this.querySelector("form")?.addEventListener("submit", (event) => {
      event.preventDefault();
      void __privateMethod(this, _ScannedRequest_instances, send_fn3).call(this, event.target);
    });
  }
};
_ScannedRequest_instances = new WeakSet();
read_fn = function() {
  const scanned = location.hash.slice(1);
  if (scanned && keep(scanned)) history.replaceState(null, "", location.pathname);
  const request = scanned || kept();
  const said = request && read(request);
  if (said) {
    for (const [name, value] of Object.entries(said)) {
      for (const place of this.querySelectorAll(`[data-value="${name}"]`)) place.textContent = value;
    }
    const field = this.querySelector('input[name="request"]');
    if (field) field.value = request;
  }
  __privateMethod(this, _ScannedRequest_instances, show_fn).call(this, said ? "read" : request ? "damaged" : "nothing");
  const form = this.querySelector("form");
  if (scanned && said && form) void __privateMethod(this, _ScannedRequest_instances, send_fn3).call(this, form);
};
show_fn = function(shown) {
  for (const part of this.querySelectorAll("[data-part]")) part.hidden = part.dataset["part"] !== shown;
};
send_fn3 = async function(form) {
  const status = form.querySelector('[role="status"]');
  if (status) status.textContent = "";
  if (await hasSignal()) form.submit();
  else if (status) status.textContent = status.dataset["noSignal"] ?? "";
};
function read(document2) {
  try {
    const [header, payload] = document2.split(".").map(decoded);
    const shortId = /^([0-9A-Z]{5})([0-9A-Z]{5})[0-9A-Z]{50}$/.exec(header.kid);
    return shortId ? { name: String(payload.server.name), "short-id": `${shortId[1]}-${shortId[2]}` } : void 0;
  } catch {
    return void 0;
  }
}
function decoded(part, index) {
  if (index > 1) return void 0;
  const bytes = Uint8Array.from(atob(part.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}
function keep(request) {
  try {
    localStorage.setItem(KEPT, JSON.stringify({ request, at: Date.now() }));
    return true;
  } catch {
    return false;
  }
}
function kept() {
  try {
    const { request, at } = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
    if (request && at && Date.now() - at < KEPT_HOURS * 36e5) return request;
    localStorage.removeItem(KEPT);
  } catch {
  }
  return "";
}
async function hasSignal() {
  try {
    await fetch(location.pathname, { method: "HEAD", cache: "no-store" });
    return true;
  } catch {
    return false;
  }
}

// ui/islands/check-lines.ts
var LINE = 15;
function checkLines(typed) {
  const lines = typed.split("\n").filter((line) => line.trim() !== "");
  return (lines.length === 1 ? cut(lines[0]) : lines).map((line, index) => checkLine(line, index + 1));
}
function cut(line) {
  const reading = readTyped(line);
  return reading.outcome === "read" ? reading.text.match(/.{1,15}/g) ?? [] : [line];
}
function checkLine(line, number) {
  const reading = readTyped(line);
  if (reading.outcome === "not-understood") return { outcome: "character", character: reading.character };
  if (reading.text.length !== LINE) return { outcome: "count", count: reading.text.length };
  const symbols = symbolsOf(reading.text);
  if (checksHold(number, symbols)) return { outcome: "right" };
  const [place] = explanations(number, symbols).filter((explanation) => explanation.kind === "place");
  return place && place.place >= 1 && place.place <= 4 ? { outcome: "place", place: place.place } : { outcome: "wrong" };
}

// ui/islands/system-id-check.ts
var PAUSE3 = 1e3;
var _shown2, _heard2, _pause2, _SystemIdCheck_instances, check_fn2, sentence_fn;
var SystemIdCheck = class extends HTMLElement {
  constructor() {
    super(...arguments);
    __privateAdd(this, _SystemIdCheck_instances);
    __privateAdd(this, _shown2, document.createElement("ul"));
    __privateAdd(this, _heard2, document.createElement("p"));
    __privateAdd(this, _pause2, 0);
  }
  connectedCallback() {
    const typed = this.querySelector("textarea");
    if (!typed) return;
    __privateGet(this, _shown2).className = "lines";
    __privateGet(this, _shown2).setAttribute("aria-hidden", "true");
    __privateGet(this, _heard2).className = "said";
    __privateGet(this, _heard2).setAttribute("role", "status");
    this.append(__privateGet(this, _shown2), __privateGet(this, _heard2));
    typed.addEventListener("input", () => __privateMethod(this, _SystemIdCheck_instances, check_fn2).call(this, typed.value));
    if (typed.value) __privateMethod(this, _SystemIdCheck_instances, check_fn2).call(this, typed.value);
  }
};
_shown2 = new WeakMap();
_heard2 = new WeakMap();
_pause2 = new WeakMap();
_SystemIdCheck_instances = new WeakSet();
check_fn2 = function(typed) {
  const lines = checkLines(typed);
  __privateGet(this, _shown2).replaceChildren(
    ...lines.map((line, index) => {
      const item = document.createElement("li");
      item.className = line.outcome === "right" ? "right" : line.outcome === "count" ? "open" : "doubtful";
      item.textContent = __privateMethod(this, _SystemIdCheck_instances, sentence_fn).call(this, line, index + 1);
      return item;
    })
  );
  clearTimeout(__privateGet(this, _pause2));
  __privateSet(this, _pause2, setTimeout(() => {
    __privateGet(this, _heard2).textContent = lines.map((line, index) => __privateMethod(this, _SystemIdCheck_instances, sentence_fn).call(this, line, index + 1)).join(". ");
  }, PAUSE3));
};
sentence_fn = function(check, line) {
  const values = { line, ...check };
  return (this.dataset[check.outcome] ?? "").replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
};

// ui/islands/wait-for.ts
var FIRST = 2e3;
var LONGEST = 15e3;
var _timer, _WaitFor_instances, lookIn_fn, look_fn, become_fn;
var WaitFor = class extends HTMLElement {
  constructor() {
    super(...arguments);
    __privateAdd(this, _WaitFor_instances);
    __privateAdd(this, _timer, 0);
  }
  connectedCallback() {
    if (this.getAttribute("url")) __privateMethod(this, _WaitFor_instances, lookIn_fn).call(this, FIRST);
  }
  disconnectedCallback() {
    clearTimeout(__privateGet(this, _timer));
  }
};
_timer = new WeakMap();
_WaitFor_instances = new WeakSet();
lookIn_fn = function(wait) {
  __privateSet(this, _timer, setTimeout(() => void __privateMethod(this, _WaitFor_instances, look_fn).call(this, wait), wait));
};
look_fn = async function(wait) {
  const next = Math.min(wait * 1.5, LONGEST);
  if (document.hidden) return __privateMethod(this, _WaitFor_instances, lookIn_fn).call(this, next);
  const page = await fetched(this.getAttribute("url"));
  if (page === void 0) return __privateMethod(this, _WaitFor_instances, lookIn_fn).call(this, next);
  const there = page.getElementById(this.id);
  if (!there) return;
  if (there.getAttribute("state") !== this.getAttribute("state")) {
    __privateMethod(this, _WaitFor_instances, become_fn).call(this, there);
    callItself(page);
  }
  if (this.getAttribute("url")) __privateMethod(this, _WaitFor_instances, lookIn_fn).call(this, next);
};
become_fn = function(there) {
  const hadFocus = this.contains(document.activeElement);
  for (const name of ["state", "url"]) {
    const value = there.getAttribute(name);
    if (value === null) this.removeAttribute(name);
    else this.setAttribute(name, value);
  }
  const [live, ...others] = this.children;
  const [liveThere, ...othersThere] = there.children;
  if (live && liveThere) live.replaceChildren(...liveThere.childNodes);
  for (const other of others) other.remove();
  this.append(...othersThere);
  if (hadFocus) this.focus();
};
function callItself(page) {
  document.title = page.title;
  const [here, there] = [document.querySelector("h1"), page.querySelector("h1")];
  if (here && there) here.textContent = there.textContent;
}
async function fetched(url) {
  try {
    const response = await fetch(url, { headers: { accept: "text/html" } });
    if (!response.ok) return void 0;
    return new DOMParser().parseFromString(await response.text(), "text/html");
  } catch {
    return void 0;
  }
}

// ui/islands/index.ts
customElements.define("code-check", CodeCheckElement);
customElements.define("passkey-form", PasskeyForm);
customElements.define("print-button", PrintButton);
customElements.define("scan-code", ScanCode);
customElements.define("scanned-request", ScannedRequest);
customElements.define("system-id-check", SystemIdCheck);
customElements.define("wait-for", WaitFor);
