import { Acts, Danger, Form, LinkButton } from '../../ui/components/actions.tsx';
import { registrationNumber } from '../../ui/text.ts';
import { Frame } from './frame.tsx';
import type { SystemProps } from './system-information.tsx';

/** What closing means, before it is done. */
export function ClosePage({ visitor, portalName, system }: SystemProps & { portalName: string }) {
  const { t } = visitor;
  const { number, site, current } = system;
  return (
    <Frame
      visitor={visitor}
      portalName={portalName}
      heading={t('close.h1', { site })}
      current="/systems"
      {...(current && { system: { systemId: current.systemId, label: site } })}
    >
      <ul>
        <li>{t('close.effect-1', { number: registrationNumber(number) })}</li>
        <li>{t('close.effect-2')}</li>
        <li>{t('close.effect-3')}</li>
        <li>{t('close.effect-waiting')}</li>
        <li>{t('close.effect-4')}</li>
      </ul>
      <Form action={`/systems/${number}/close`}>
        <Acts>
          <Danger>{t('close.button')}</Danger>
          <LinkButton href={`/systems/${number}`}>{t('close.cancel')}</LinkButton>
        </Acts>
      </Form>
    </Frame>
  );
}
