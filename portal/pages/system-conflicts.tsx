import { shortId } from '../../core/system-id.ts';
import { Acts, Button, Form } from '../../ui/components/actions.tsx';
import { Warn } from '../../ui/components/blocks.tsx';
import { When } from '../../ui/components/when.tsx';
import type { SystemInformation } from '../store/reads/system-information.ts';
import type { SystemProps } from './system-information.tsx';

/** Two systems say that they are one: how it was found out, what to do at the servers, and then who is right. */
export const ConflictsOf = ({ visitor, system }: SystemProps) => (
  <>
    {system.conflicts.map((conflict) => (
      <Conflict visitor={visitor} system={system} conflict={conflict} />
    ))}
  </>
);

function Conflict({
  visitor: { t },
  system,
  conflict,
}: SystemProps & { conflict: SystemInformation['conflicts'][number] }) {
  const { kind } = conflict;
  const { number, current } = system;
  const id = <code>{shortId(conflict.systemId)}</code>;
  const [right, other] = [current?.systemId ?? conflict.systemId, current?.systemId !== conflict.systemId];
  return (
    <Warn heading={t('conflict.heading')}>
      <p>{t.rich(`conflict.${kind}`, { id, at: <When at={conflict.openedAt} /> })}</p>
      <p>{t.rich(`conflict.${kind}.right`, { id, current: <code>{shortId(right)}</code> })}</p>
      {kind === 'retired-speaks' && <p>{t.rich('conflict.retired-speaks.wrong', { id })}</p>}
      <Form action={`/systems/${number}/conflicts/${conflict.id}/settle`}>
        <Acts>
          <Button>{other ? t('conflict.settle-current', { id: shortId(right) }) : t('conflict.settle')}</Button>
        </Acts>
      </Form>
    </Warn>
  );
}
