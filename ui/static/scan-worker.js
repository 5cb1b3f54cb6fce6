// Made from ui/islands/ by `npm run islands`.
"use strict";
(() => {
  // ui/islands/scan-worker.ts
  onmessage = async ({ data }) => {
    try {
      if ("decoder" in data) {
        importScripts(data.decoder);
        await ZXingWASM.prepareZXingModule({ overrides: { locateFile: () => data.wasm }, fireImmediately: true });
        postMessage([]);
      } else {
        const codes = await ZXingWASM.readBarcodes(data, { formats: ["QRCode"], maxNumberOfSymbols: 5 });
        postMessage(codes.map((code) => code.text));
      }
    } catch (error) {
      setTimeout(() => {
        throw error;
      });
    }
  };
})();
