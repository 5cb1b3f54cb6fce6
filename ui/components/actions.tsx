import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Icon } from './icon.tsx';

type Children = { children: ComponentChildren };

/** Read aloud, not drawn. */
export const Said = ({ children }: Children) => <span class="said">{children}</span>;

interface ButtonProps extends Children {
  /** What it acts on, for those who hear the button without seeing what stands beside it: "Hospital North". */
  object?: string;
  name?: string;
  value?: string;
  /** Why it cannot be used now. The button stays, disabled, with this under it. */
  refused?: ComponentChildren;
  formaction?: string;
}

/** The next step: filled, green, with an arrow. One a page (on the Register page: one a box). */
export const Go = (props: ButtonProps) => <AnyButton {...props} look="go" />;

/** The same weight for a row that is not the probable one: a green outline. */
export const Select = (props: ButtonProps) => <AnyButton {...props} look="select" />;

export const Button = (props: ButtonProps) => <AnyButton {...props} />;

/** What cannot be taken back. */
export const Danger = (props: ButtonProps) => <AnyButton {...props} look="danger" />;

function AnyButton({ children, object, refused, look, ...rest }: ButtonProps & { look?: 'go' | 'select' | 'danger' }) {
  const reason = useId();
  const isRefused = refused !== undefined;
  const button = (
    <button class={look} {...rest} disabled={isRefused} aria-describedby={isRefused ? reason : undefined}>
      <span>
        {children}
        {object && <Said> {object}</Said>}
      </span>
      {(look === 'go' || look === 'select') && <Icon name="arrow" />}
    </button>
  );
  if (!isRefused) return button;
  return (
    <div class="refused">
      {button}
      <p class="note" id={reason}>
        {refused}
      </p>
    </div>
  );
}

interface LinkProps extends Children {
  href: string;
  object?: string;
}

/** A link that weighs as much as a button: it leads somewhere and changes nothing. */
export const LinkButton = (props: LinkProps) => <AnyLink {...props} look="button" />;

/** The next step, where it is a link. */
export const GoLink = (props: LinkProps) => <AnyLink {...props} look="button go" />;

const AnyLink = ({ children, href, object, look }: LinkProps & { look: string }) => (
  <a class={look} href={href}>
    <span>
      {children}
      {object && <Said> {object}</Said>}
    </span>
    {look.endsWith('go') && <Icon name="arrow" />}
  </a>
);

/** Buttons and links in one row; under each other on a phone. */
export const Acts = ({ children }: Children) => <div class="acts">{children}</div>;

interface FormProps extends Children {
  action: string;
  method?: 'get' | 'post';
  hidden?: Record<string, string | undefined>;
  /** Sends files. */
  files?: boolean;
  search?: boolean;
  look?: 'box' | 'filter';
}

/** A form that the server checks: the browser's own bubbles are off, because the summary on top says it for everyone. */
export const Form = ({ action, method = 'post', hidden = {}, files, search, look, children }: FormProps) => (
  <form
    action={action}
    method={method}
    class={look}
    role={search ? 'search' : undefined}
    enctype={files ? 'multipart/form-data' : undefined}
    novalidate
  >
    <Hidden values={hidden} />
    {children}
  </form>
);

export const Hidden = ({ values }: { values: Record<string, string | undefined> }) => (
  <>
    {Object.entries(values).map(
      ([name, value]) => value !== undefined && <input type="hidden" name={name} value={value} />,
    )}
  </>
);

/** Links in a row. */
export const Links = ({ items }: { items: { href: string; text: ComponentChildren }[] }) => (
  <ul class="links">
    {items.map(({ href, text }) => (
      <li>
        <a href={href}>{text}</a>
      </li>
    ))}
  </ul>
);
