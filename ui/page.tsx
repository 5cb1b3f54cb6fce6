import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { assetUrl } from './assets.ts';
import { Hidden, Said } from './components/actions.tsx';
import { PageContext, type Problem, useUiText } from './reader.ts';
import type { Reader } from './text.ts';

/** The portal carries its carved name, a site the name of its server on a stone band. */
type Product =
  | { kind: 'portal' /** "Datestone Registration Portal" */; name: string /** "Datestone" */; carved: string }
  | { kind: 'site'; server: string; serverKind: string };

interface NavItem {
  href: string;
  text: string;
  /** It changes something (Log off), so it is a button that posts; with these hidden fields. */
  posts?: Record<string, string>;
}

export interface PageProps {
  reader: Reader;
  product: Product;
  /** The page's one H1, and its title. */
  heading: string;
  nav?: { label: string; items: readonly NavItem[]; current?: string };
  footer: readonly { href: string; text: string }[];
  /** `sheet`: labels to print. */
  width?: 'logon' | 'wide' | 'sheet';
  /** Which system: stands right under the heading. */
  which?: ComponentChildren;
  problems?: Problem[];
  children: ComponentChildren;
}

export const Page = ({ reader, problems = [], ...page }: PageProps) => (
  <PageContext.Provider value={{ reader, problems }}>
    <Html {...page} reader={reader} problems={problems} />
  </PageContext.Provider>
);

function Html({
  reader,
  product,
  heading,
  nav,
  footer,
  width,
  which,
  problems,
  children,
}: PageProps & { problems: Problem[] }) {
  const t = useUiText();
  const of = product.kind === 'portal' ? product.name : product.server;
  const classes = [product.kind === 'site' && 'site', width].filter(Boolean).join(' ');
  return (
    <html lang={reader.locale}>
      <head>
        <meta charset="utf-8" />
        <title>{`${problems.length > 0 ? t('page.error') : ''}${heading} – ${of}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href={assetUrl('icon.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={assetUrl('style.css')} />
        <script type="module" src={assetUrl('islands.js')} />
      </head>
      <body class={classes || undefined}>
        <a class="skip" href="#main">
          {t('page.skip')}
        </a>
        <header>
          <ProductName product={product} />
          {nav && <Nav {...nav} />}
        </header>
        <main id="main">
          <ProblemSummary problems={problems} />
          <h1>{heading}</h1>
          {which}
          {children}
        </main>
        <footer>
          <ul>
            {footer.map(({ href, text }) => (
              <li>
                <a href={href}>{text}</a>
              </li>
            ))}
          </ul>
        </footer>
      </body>
    </html>
  );
}

const ProductName = ({ product }: { product: Product }) =>
  product.kind === 'portal' ? (
    <p>
      <a class="name" href="/">
        {product.carved} <Said>{product.name.replace(product.carved, '').trim()}</Said>
      </a>
    </p>
  ) : (
    <p>
      <b>{product.server}</b> {product.serverKind}
    </p>
  );

const Nav = ({ label, items, current }: { label: string; items: readonly NavItem[]; current?: string }) => (
  <nav aria-label={label}>
    <ul>
      {items.map(({ href, text, posts }) => (
        <li>
          {posts ? (
            <form method="post" action={href}>
              <Hidden values={posts} />
              <button class="plain">{text}</button>
            </form>
          ) : (
            <a href={href} aria-current={href === current ? 'page' : undefined}>
              {text}
            </a>
          )}
        </li>
      ))}
    </ul>
  </nav>
);

/** Has the focus when the page opens, without script: browsers honour `autofocus` on anything that can be focused. */
function ProblemSummary({ problems }: { problems: Problem[] }) {
  const t = useUiText();
  if (problems.length === 0) return null;
  return (
    <div class="problem" role="alert" tabindex={-1} autofocus>
      <h2>{t('problem.heading')}</h2>
      <ul>
        {problems.map(({ field, text }) => (
          <li>{field ? <a href={`#${field}`}>{text}</a> : text}</li>
        ))}
      </ul>
    </div>
  );
}

/** The page as the browser gets it. */
export const render = (page: VNode): string => `<!doctype html>\n${renderToString(page)}`;
