import type { ComponentChildren } from 'preact';
import { Links } from '../../../ui/components/actions.tsx';
import type { Problem } from '../../../ui/reader.ts';
import type { SignedIn } from '../../http/visitor.ts';
import { Frame } from '../frame.tsx';

export interface AdministrationProps {
  visitor: SignedIn;
  portalName: string;
}

/** What every page of the administration has around it: the way back to its overview. */
export const AdministrationFrame = ({
  visitor,
  portalName,
  heading,
  problems = [],
  children,
}: AdministrationProps & { heading: string; problems?: Problem[]; children: ComponentChildren }) => (
  <Frame
    visitor={visitor}
    portalName={portalName}
    heading={heading}
    current="/administration"
    width="wide"
    problems={problems}
  >
    {children}
    <Links items={[{ href: '/administration', text: visitor.t('administration.h1') }]} />
  </Frame>
);
