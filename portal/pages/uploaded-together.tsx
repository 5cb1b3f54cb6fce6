import { Links } from '../../ui/components/actions.tsx';
import { When } from '../../ui/components/when.tsx';
import type { Visitor } from '../http/visitor.ts';
import type { UploadNote } from '../store/uploads.ts';

/** Back to the requests among which this system came, with their codes and records. */
export function UploadedTogether({ visitor: { t }, uploads }: { visitor: Visitor; uploads: readonly UploadNote[] }) {
  if (uploads.length === 0) return null;
  return (
    <Links
      items={uploads.map(({ id, uploadedAt, count }) => ({
        href: `/uploads/${id}`,
        text: t.rich('together.of', { at: <When at={uploadedAt} as="date" />, count }),
      }))}
    />
  );
}
