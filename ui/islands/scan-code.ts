const PAUSE = 100; // ms between two looks
const REQUEST = /^(https?:\/\/[^#]+\/r#|eyJ)/i;

/** Every text that is to be read in a picture of the camera now. */
type Detect = (video: HTMLVideoElement) => Promise<string[]>;

/**
 * *Scan*: shows the camera in a dialog, looks for a QR code that holds a request, and posts it. Browsers that read codes
 * themselves do so; for the others a decoder is loaded from the portal, once somebody has allowed the camera.
 */
export class ScanCode extends HTMLElement {
  #detect: Promise<Detect> | undefined;
  #stream: MediaStream | undefined;

  connectedCallback() {
    const [open, close] = this.querySelectorAll('button');
    const dialog = this.querySelector('dialog');
    // Browsers give no camera to a page that did not come over https.
    if (!open || !close || !dialog?.showModal || !navigator.mediaDevices?.getUserMedia) return;
    open.addEventListener('click', () => {
      dialog.showModal();
      void this.#scan(dialog);
    });
    close.addEventListener('click', () => dialog.close());
    // Also by Escape.
    dialog.addEventListener('close', () => this.#stop());
    this.hidden = false;
  }

  async #scan(dialog: HTMLDialogElement) {
    const video = this.querySelector('video') as HTMLVideoElement;
    this.#say('starting');
    try {
      const wanted = { facingMode: 'environment', width: { ideal: 1920 }, height: { ideal: 1080 } };
      this.#stream = await navigator.mediaDevices.getUserMedia({ video: wanted });
    } catch (error) {
      return this.#say((error as DOMException).name === 'NotAllowedError' ? 'denied' : 'noCamera');
    }
    if (!dialog.open) return this.#stop();
    video.srcObject = this.#stream;
    await video.play();
    this.#say('looking');
    try {
      this.#detect ??= detector(this.dataset);
      const detect = await this.#detect;
      while (dialog.open) {
        const texts = await detect(video);
        const request = texts.find((text) => REQUEST.test(text));
        if (request && dialog.open) return this.#send(request);
        if (texts.length > 0) this.#say('other');
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
      }
    } catch {
      this.#detect = undefined;
      this.#say('noDecoder');
    }
  }

  #send(request: string) {
    this.#say('found');
    this.#stop();
    const form = this.querySelector('form') as HTMLFormElement;
    (form.querySelector('input') as HTMLInputElement).value = request;
    form.submit();
  }

  #stop() {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = undefined;
  }

  #say(what: string) {
    const status = this.querySelector('[role="status"]') as HTMLElement;
    const sentence = this.dataset[what] ?? '';
    if (status.textContent !== sentence) status.textContent = sentence;
  }
}

/** What some browsers have and TypeScript does not know yet. */
interface BarcodeDetector {
  detect(video: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
declare const BarcodeDetector:
  | { new (options: { formats: string[] }): BarcodeDetector; getSupportedFormats(): Promise<string[]> }
  | undefined;

async function detector(load: DOMStringMap): Promise<Detect> {
  if (typeof BarcodeDetector !== 'undefined' && (await BarcodeDetector.getSupportedFormats()).includes('qr_code')) {
    const own = new BarcodeDetector({ formats: ['qr_code'] });
    return async (video) => (await own.detect(video)).map((code) => code.rawValue);
  }
  const worker = new Worker(load['worker'] ?? '');
  const answer = () =>
    new Promise<string[]>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<string[]>) => resolve(data);
      worker.onerror = reject;
    });
  const isReady = answer();
  worker.postMessage({ decoder: load['decoder'], wasm: load['wasm'] });
  await isReady;
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
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
