import type { ComponentChildren } from 'preact';
import { API_PATH, type OperationId, RESOURCES } from '../../api/contract/index.ts';
import type { Operation } from '../../api/contract/operation.ts';
import { EXAMPLES } from '../../api/examples.ts';
import { type JsonSchema, openApiDocument, type Parameter, problemsOf } from '../../api/openapi.ts';
import { API_PROBLEMS } from '../../api/problems.ts';
import { Links } from '../../ui/components/actions.tsx';
import { Section } from '../../ui/components/blocks.tsx';
import { Facts } from '../../ui/components/lists.tsx';
import { Table } from '../../ui/components/table.tsx';
import type { HelpTopic } from '../../ui/help/topics.ts';
import { helpPath } from '../../ui/help/topics.ts';
import type { Visitor } from '../http/visitor.ts';
import { Frame } from './frame.tsx';

interface ReferenceProps {
  visitor: Visitor;
  portal: { name: string; url: string };
}

/** The reference of the API: every operation, type and problem, without script, from the contract. */
export function ApiReferencePage({ visitor, portal }: ReferenceProps) {
  const { t } = visitor;
  return (
    <Frame visitor={visitor} portalName={portal.name} heading={t('api.h1')} width="wide">
      <p>{t('api.what')}</p>
      <Section heading={t('api.start')}>
        <ul>
          <li>
            {t.rich('api.start.token', {
              a: (words: ComponentChildren) => <a href="/account/access-tokens">{words}</a>,
            })}
          </li>
          <li>{t.rich('api.start.base', { base: <samp>{portal.url + API_PATH}</samp> })}</li>
          <li>{t.rich('api.start.key', {})}</li>
          <li>{t('api.start.ignore')}</li>
        </ul>
        <Links items={[{ href: `${API_PATH}/openapi.json`, text: t('api.start.openapi') }]} />
      </Section>
      <Section heading={t('api.operations')}>
        <ul class="topics">
          {operations().map(([id, { summary }]) => (
            <li>
              <a href={`#${id}`}>{summary}</a>
            </li>
          ))}
        </ul>
      </Section>
      {operations().map(([id, op]) => (
        <OperationSection visitor={visitor} url={portal.url} id={id} op={op} />
      ))}
      <Section heading={t('api.types')}>
        {Object.entries(openApiDocument().components.schemas).map(([name, schema]) => (
          <Type visitor={visitor} name={name} schema={schema} />
        ))}
      </Section>
      <Problems visitor={visitor} />
    </Frame>
  );
}

const operations = (): [OperationId, Operation][] =>
  Object.values(RESOURCES).flatMap((resource) => Object.entries(resource) as [OperationId, Operation][]);

interface OperationProps {
  visitor: Visitor;
  url: string;
  id: OperationId;
  op: Operation;
}

function OperationSection({ visitor: { t }, url, id, op }: OperationProps) {
  const described = openApiDocument().paths[op.path]?.[op.method.toLowerCase()];
  const parameters = described?.parameters ?? [];
  const sends = op.body?.meta()?.id;
  const example = exampleOf(url, id, op);
  return (
    <Section heading={op.summary} id={id}>
      <p>
        <samp>
          {op.method} {API_PATH + op.path}
        </samp>
      </p>
      {op.description && <p>{op.description}</p>}
      <Facts
        facts={[
          { term: t('api.scope'), value: op.scope ? <samp>{op.scope}</samp> : t('api.scope.any') },
          ...(sends ? [{ term: t('api.sends'), value: <TypeLink name={sends} /> }] : []),
          { term: t('api.answers'), value: <Answers op={op} /> },
          { term: t('api.refuses'), value: <Codes op={op} /> },
        ]}
      />
      {parameters.length > 0 && (
        <Table
          caption={t('api.parameters')}
          columns={[t('api.parameter'), t('api.place'), t('api.type'), t('api.meaning')]}
          rows={parameters.map((parameter) => [
            <samp>{parameter.name}</samp>,
            parameter.in,
            typeOf(parameter.schema, t),
            meaning(parameter, parameter.required, t('api.optional')),
          ])}
        />
      )}
      <p>{t('api.example')}</p>
      <pre>
        <code>{example}</code>
      </pre>
    </Section>
  );
}

const Answers = ({ op }: { op: Operation }) => (
  <>
    {Object.entries(op.answers).map(([status, { description, body }]) => {
      const name = body?.meta()?.id;
      return (
        <p>
          {status} {name && <TypeLink name={name} />} {description}
        </p>
      );
    })}
  </>
);

const Codes = ({ op }: { op: Operation }) => (
  <Links items={[...new Set(problemsOf(op))].map((code) => ({ href: `#problem-${code}`, text: code }))} />
);

const TypeLink = ({ name }: { name: string }) => <a href={`#type-${name}`}>{name}</a>;

/** As it is typed at a terminal; what is the reader's own stands in capitals. */
function exampleOf(url: string, id: OperationId, op: Operation): string {
  const body = EXAMPLES[id as keyof typeof EXAMPLES];
  const address = url + API_PATH + op.path.replace(/\{(\w+)\}/g, (_, name: string) => name.toUpperCase());
  return [
    `curl ${op.method === 'GET' ? '' : `-X ${op.method} `}${address}`,
    "-H 'Authorization: Bearer TOKEN'",
    ...(op.ifMatch ? ["-H 'If-Match: ETAG'"] : []),
    ...(op.method === 'POST' ? ["-H 'Idempotency-Key: KEY'"] : []),
    ...(body ? ["-H 'Content-Type: application/json'", `-d '${JSON.stringify(body)}'`] : []),
  ].join(' \\\n  ');
}

function Type({ visitor: { t }, name, schema }: { visitor: Visitor; name: string; schema: JsonSchema }) {
  const { properties = {}, required = [] } = schema as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return (
    <div id={`type-${name}`}>
      {typeof schema['description'] === 'string' && <p>{schema['description']}</p>}
      <Table
        caption={t('api.members', { type: name })}
        columns={[t('api.member'), t('api.type'), t('api.meaning')]}
        rows={Object.entries(properties).map(([member, described]) => [
          <samp>{member}</samp>,
          typeOf(described, t),
          meaning(described, required.includes(member), t('api.optional')),
        ])}
      />
    </div>
  );
}

const meaning = ({ description }: JsonSchema | Parameter, required: boolean, optional: string): string =>
  [typeof description === 'string' ? description : '', required ? '' : `(${optional})`].filter(Boolean).join(' ');

/** A schema in a few words. */
function typeOf(schema: JsonSchema, t: Visitor['t']): ComponentChildren {
  const {
    $ref,
    anyOf,
    const: literal,
    items,
    type,
    format,
    properties,
  } = schema as {
    $ref?: string;
    anyOf?: JsonSchema[];
    enum?: unknown[];
    const?: unknown;
    items?: JsonSchema;
    type?: string;
    format?: string;
    properties?: Record<string, JsonSchema>;
  };
  if ($ref) return <TypeLink name={$ref.split('/').at(-1) ?? ''} />;
  if (anyOf) return anyOf.map((one, n) => [n > 0 && t('api.or'), typeOf(one, t)]);
  if (literal !== undefined) return JSON.stringify(literal);
  const choices = schema['enum'] as unknown[] | undefined;
  if (choices) return choices.join(' · ');
  if (items) return [t('api.list-of'), typeOf(items, t)];
  if (properties) return t('api.object', { members: Object.keys(properties).join(', ') });
  return format ?? type ?? t('api.anything');
}

const Problems = ({ visitor: { t } }: { visitor: Visitor }) => (
  <Section heading={t('api.problems')}>
    <p>{t('api.problems.what')}</p>
    <Table
      caption={t('api.problems.caption')}
      columns={[t('api.code'), t('api.status'), t('api.problem')]}
      rows={Object.entries(API_PROBLEMS).map(([code, { status, title, detail, help }]) => [
        <samp id={`problem-${code}`}>{code}</samp>,
        status,
        <>
          <a href={helpPath(help satisfies HelpTopic)}>{title}</a>. {detail}
        </>,
      ])}
    />
  </Section>
);
