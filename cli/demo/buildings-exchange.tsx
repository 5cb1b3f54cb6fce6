import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import Provider, { type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import { renderToString } from 'preact-render-to-string';
import { assets } from '../../ui/assets.ts';
import { Memory } from './memory.ts';
import { DemoPage } from './page.tsx';

/**
 * Stands in for *Buildings Exchange* in the demonstration and in tests: a real OpenID Connect provider on this machine,
 * where one chooses who one is. Its keys are new at each start.
 */
export interface BuildingsExchange {
  issuer: string;
  stop(): Promise<void>;
}

export interface Somebody {
  sub: string;
  name: string;
  email: string;
  /** Whether the provider knows that the address is theirs. */
  verified: boolean;
  /** The claim that tells the portal what kind of account it is. */
  role: string | undefined;
}

interface Settings {
  port: number;
  client: { id: string; secret: string; portal: string; providerId: string };
  people: readonly Somebody[];
}

const HOUR = 3600;

export async function startBuildingsExchange({ port, client, people }: Settings): Promise<BuildingsExchange> {
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, await configuration());
  const answer = provider.callback();

  return {
    issuer,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((stopped) => server.close(stopped));
    },
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    const asset = assets.find(({ url }) => url === path);
    if (asset) {
      response.setHeader('content-type', asset.contentType).end(asset.body);
    } else if (!path.startsWith('/choose/')) {
      await answer(request, response);
    } else if (request.method === 'POST') {
      await choose(request, response);
    } else {
      await provider.interactionDetails(request, response);
      page(response, <ChoosePage action={path} people={people} />);
    }
  }

  /** Somebody said who they are, or went back. */
  async function choose(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const accountId = new URLSearchParams(await textOf(request)).get('sub');
    const known = people.some(({ sub }) => sub === accountId);
    const result = known && accountId ? { login: { accountId } } : { error: 'access_denied' };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }

  async function configuration(): Promise<Configuration> {
    return {
      adapter: Memory,
      clients: [
        {
          client_id: client.id,
          client_secret: client.secret,
          redirect_uris: [`${client.portal}/log-on/with/${client.providerId}/back`],
          post_logout_redirect_uris: [`${client.portal}/log-on`],
        },
      ],
      jwks: { keys: [await newKey()] },
      ttl: { Interaction: HOUR, Session: HOUR, Grant: HOUR, AccessToken: HOUR, IdToken: HOUR },
      cookies: { keys: [randomBytes(16).toString('hex')] },
      claims: { openid: ['sub'], profile: ['name', 'role'], email: ['email', 'email_verified'] },
      findAccount: (_, accountId) => {
        const person = people.find(({ sub }) => sub === accountId);
        if (!person) return undefined;
        const { sub, name, email, verified, role } = person;
        return { accountId, claims: () => ({ sub, name, email, email_verified: verified, ...(role && { role }) }) };
      },
      features: {
        devInteractions: { enabled: false },
        rpInitiatedLogout: {
          logoutSource: (ctx, form) => {
            ctx.body = html(<LogOffPage form={form} />);
          },
        },
      },
      interactions: { url: (_, { uid }) => `/choose/${uid}` },
      // Nobody is asked whether the portal may know who they are: that is why they came.
      loadExistingGrant,
      renderError: (ctx, out) => {
        ctx.type = 'html';
        ctx.body = html(<ErrorPage text={`${out.error}: ${out.error_description ?? ''}`} />);
      },
    };
  }
}

async function loadExistingGrant({ oidc }: KoaContextWithOIDC) {
  const { client, session, provider } = oidc;
  if (!client || !session?.accountId) return undefined;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope('openid profile email');
  await grant.save();
  return grant;
}

async function newKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { ...(await exportJWK(privateKey)), kid: randomBytes(8).toString('hex'), alg: 'RS256', use: 'sig' };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += part;
  return text;
}

const html = (content: preact.VNode) => `<!doctype html>${renderToString(content)}`;

function page(response: ServerResponse, content: preact.VNode): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
  response.end(html(content));
}

const Frame = (props: { heading: string; children: preact.ComponentChildren }) => (
  <DemoPage of="Buildings Exchange" class="logon" {...props} />
);

function ChoosePage({ action, people }: { action: string; people: readonly Somebody[] }) {
  return (
    <Frame heading="Who are you?">
      <p>This stands in for a provider with real accounts. Choose one; there are no passwords here.</p>
      <form method="post" action={action}>
        <ul class="rows">
          {people.map(({ sub, name, email, role }) => (
            <li>
              <div>
                <h2>{name}</h2>
                <p class="note">
                  {email}, {role ?? 'no role'}
                </p>
              </div>
              <button class="select" name="sub" value={sub}>
                <span>
                  Select <span class="said">{name}</span>
                </span>
              </button>
            </li>
          ))}
        </ul>
        <div class="acts">
          <button>Do not log on</button>
        </div>
      </form>
    </Frame>
  );
}

/** The form is the provider's own; here it gets buttons. */
function LogOffPage({ form }: { form: string }) {
  const buttons = renderToString(
    <div class="acts">
      <button class="go" name="logout" value="yes">
        <span>Log off</span>
      </button>
      <button>Stay logged on</button>
    </div>,
  );
  return (
    <Frame heading="Log off at Buildings Exchange?">
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: oidc-provider made it, and nothing of it was typed */}
      <div dangerouslySetInnerHTML={{ __html: form.replace('</form>', `${buttons}</form>`) }} />
    </Frame>
  );
}

function ErrorPage({ text }: { text: string }) {
  return (
    <Frame heading="This did not work">
      <p>{text}</p>
    </Frame>
  );
}
