import type { RegistrationCode } from '../../core/registration-code.ts';
import { shortId } from '../../core/system-id.ts';
import { groupsOf } from '../../core/typed-code.ts';
import { Links } from '../../ui/components/actions.tsx';
import { CodeGroups, EmptyBoxes } from '../../ui/components/codes.tsx';
import { Together, When } from '../../ui/components/when.tsx';
import type { SignedIn } from '../http/visitor.ts';
import { Frame } from './frame.tsx';

export interface ListedCode {
  site: string;
  server: string;
  systemId: string;
  /** None: none could be made. */
  code: RegistrationCode | undefined;
  issuedAt: Date | undefined;
}

interface CodesPageProps {
  visitor: SignedIn;
  portal: { name: string };
  upload: string;
  codes: readonly ListedCode[];
}

/** The codes of several systems, to print and take along. */
export function CodesPage({ visitor, portal, upload, codes }: CodesPageProps) {
  const { t } = visitor;
  return (
    <Frame
      visitor={visitor}
      portalName={portal.name}
      heading={t('codes.h1', { count: codes.length })}
      current="/register"
    >
      <p>{t('codes.text')}</p>
      <ul class="codes">
        {codes.map(({ site, server, systemId, code, issuedAt }) => (
          <li>
            <p>
              <b>{site}</b>
            </p>
            <p>
              {t.rich('codes.server', { server: <Together>{server}</Together>, id: <code>{shortId(systemId)}</code> })}
            </p>
            {code ? <CodeGroups groups={groupsOf(code)} /> : <p>{t('codes.none')}</p>}
            {code && (
              <div class="paper">
                <p>{t('codes.confirmation')}</p>
                <EmptyBoxes groups={2} />
              </div>
            )}
            {issuedAt && <p class="note">{t.rich('codes.issued', { at: <When at={issuedAt} as="date" /> })}</p>}
          </li>
        ))}
      </ul>
      <Links items={[{ href: `/uploads/${upload}`, text: t('together.back') }]} />
    </Frame>
  );
}
