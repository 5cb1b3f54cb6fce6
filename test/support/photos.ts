import type { Browser } from 'playwright-core';
import { squaresOf } from './pictures.ts';

interface Photo {
  /** Of the code, in pixels. */
  size?: number;
  /** In degrees. */
  turned?: number;
  slanted?: number;
  /** In pixels. */
  blurred?: number;
  /** 1 is as bright as the screen. */
  darkened?: number;
}

/** A QR code on a screen, as somebody takes a picture of it: a JPEG, not straight and not sharp. */
export async function photograph(browser: Browser, text: string, photo: Photo = {}): Promise<Buffer> {
  const { size = 640, turned = 0, slanted = 0, blurred = 0, darkened = 0.9 } = photo;
  const squares = squaresOf(text);
  const dark = squares.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  const page = await browser.newPage({ viewport: { width: 1280, height: 960 } });
  await page.setContent(`
    <body style="margin: 0; background: #5b6068; display: grid; place-items: center; height: 100vh; perspective: 1500px">
      <svg width="${size}" viewBox="0 0 ${squares.length} ${squares.length}" style="
        filter: blur(${blurred}px) brightness(${darkened}); transform: rotate(${turned}deg) rotateY(${slanted}deg)">
        <path d="M0 0H${squares.length}V${squares.length}H0" fill="#fff" /><path d="${dark.join('')}" />
      </svg>`);
  const picture = await page.screenshot({ type: 'jpeg', quality: 75 });
  await page.close();
  return picture;
}
