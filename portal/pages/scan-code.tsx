import { h } from 'preact';
import { Acts } from '../../ui/components/actions.tsx';
import type { Visitor } from '../http/visitor.ts';
import { DECODER } from '../scan/decoder.ts';

/**
 * *Scan*: the camera in the page. Without script, or where no camera can be used, there is nothing of it; the script
 * (ui/islands/scan-code.ts) brings it out and posts the code that it finds.
 */
export const ScanCode = ({ t }: { t: Visitor['t'] }) =>
  h(
    'scan-code',
    {
      hidden: true,
      'data-worker': DECODER.worker.url,
      'data-decoder': DECODER.decoder.url,
      'data-wasm': DECODER.wasm.url,
      'data-starting': t('scan.starting'),
      'data-looking': t('scan.looking'),
      'data-found': t('scan.found'),
      'data-other': t('scan.other'),
      'data-denied': t('scan.denied'),
      'data-no-camera': t('scan.no-camera'),
      'data-no-decoder': t('scan.no-decoder'),
    },
    <>
      <Acts>
        <button type="button">{t('scan.button')}</button>
      </Acts>
      <dialog aria-labelledby="scan-heading">
        <h2 id="scan-heading">{t('scan.h2')}</h2>
        <p>{t.rich('scan.text')}</p>
        {/* What a camera shows has no words. */}
        {/* oxlint-disable-next-line jsx-a11y/media-has-caption */}
        <video muted playsinline aria-hidden="true" />
        <p role="status" />
        <form method="post" action="/requests/brought">
          <input type="hidden" name="request" />
        </form>
        <Acts>
          <button type="button">{t('scan.close')}</button>
        </Acts>
      </dialog>
    </>,
  );
