import { assetUrl } from '../../ui/assets.ts';

/** A page of what only the demonstration has: it speaks English, so there is no catalogue. */
export function DemoPage(props: {
  heading: string;
  /** Whose page it is. */
  of: string;
  /** Where a click on that leads. */
  home?: string;
  class?: string;
  children: preact.ComponentChildren;
}) {
  const { heading, of, home, children } = props;
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>{`${heading} – ${of}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href={assetUrl('icon.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={assetUrl('style.css')} />
      </head>
      <body class={props.class}>
        <header>
          <p>
            {home ? (
              <a class="name" href={home}>
                {of}
              </a>
            ) : (
              <b>{of}</b>
            )}
          </p>
        </header>
        <main id="main">
          <h1>{heading}</h1>
          {children}
        </main>
      </body>
    </html>
  );
}
