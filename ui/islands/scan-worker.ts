// Reads the codes in pictures of a camera, for browsers that cannot by themselves. It runs beside the page and has rules of
// its own: only here may WebAssembly be compiled (portal/scan/decoder.ts).

/** What zxing-wasm gives where it is loaded as a script. */
declare const ZXingWASM: {
  prepareZXingModule(options: { overrides: { locateFile(): string }; fireImmediately: true }): Promise<unknown>;
  readBarcodes(picture: ImageData, options: object): Promise<{ text: string }[]>;
};
declare function importScripts(url: string): void;

onmessage = async ({ data }: MessageEvent<{ decoder: string; wasm: string } | ImageData>) => {
  try {
    if ('decoder' in data) {
      importScripts(data.decoder);
      await ZXingWASM.prepareZXingModule({ overrides: { locateFile: () => data.wasm }, fireImmediately: true });
      postMessage([]);
    } else {
      const codes = await ZXingWASM.readBarcodes(data, { formats: ['QRCode'], maxNumberOfSymbols: 5 });
      postMessage(codes.map((code) => code.text));
    }
  } catch (error) {
    // Thrown where the page hears of it.
    setTimeout(() => {
      throw error;
    });
  }
};
