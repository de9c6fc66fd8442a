import { type Sender, senders } from '../../../lib/webhooks/catalogue.ts';
import type { Webhook } from '../../../lib/webhooks/webhook.ts';
import packageJson from '../../../package.json' with { type: 'json' };
import { answerSchemas, answers } from './answers.ts';
import { bodySchema } from './body-schema.ts';

/** `stock-hub/v1/rma` of Winkelstraat: `winkelstraat-stock-hub-v1-rma`. */
const nameOf = (sender: Sender, name: string): string => `${sender.name}-${name.replaceAll('/', '-')}`;

const answersOf = (...statuses: (keyof typeof answers)[]) =>
  Object.fromEntries(statuses.map((status) => [status, { $ref: `#/components/responses/${status}` }]));

const header = (name: string, description: string, schema: object, required = false) => ({
  name,
  in: 'header',
  required,
  description,
  schema: { type: 'string', ...schema },
});
const correlationId = header('x-correlation-id', 'Ties the answer, the message and the log lines together.', {
  pattern: '^[!-~]{1,128}$',
});

const pathParameter = (name: string, description: string) => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: { type: 'string', minLength: 1 },
});

function webhookOperation(sender: Sender, { name, authentication: { versionHeader }, path }: Webhook) {
  const version =
    versionHeader && header(versionHeader, 'The version of the webhook.', { pattern: '\\S' }, true);
  const hasToken = path.includes('{token}');
  return {
    operationId: nameOf(sender, name),
    summary: `Receives ${name}`,
    tags: [sender.name],
    // The key is a header, or the token in the path.
    security: hasToken ? [] : [{ key: [] }],
    parameters: [
      ...(hasToken ? [pathParameter('token', 'The secret that it was subscribed with.')] : []),
      ...(version ? [version] : []),
      correlationId,
    ],
    requestBody: {
      required: true,
      content: {
        'application/json': { schema: { $ref: `#/components/schemas/${nameOf(sender, name)}` } },
      },
    },
    responses: answersOf(202, 401, 406, 413, 429, 500, 503),
  };
}

const unknownOperation = (sender: Sender) => ({
  operationId: `${sender.name}-unknown-route`,
  summary: 'Every other path',
  description: 'A path of several segments too. That of a webhook with a slash at its end is the webhook.',
  tags: [sender.name],
  security: [],
  parameters: [pathParameter('path', 'The rest of the path.'), correlationId],
  responses: answersOf(202, 401, 404, 406, 413, 429, 500, 503),
});

/** The description of the bridge's own API, as OpenAPI 3.1: what the senders post, and the answers. */
export function openApiDocument() {
  const paths = senders.flatMap((sender) => [
    ...sender.webhooks.map((webhook) => [webhook.path, { post: webhookOperation(sender, webhook) }]),
    ...(sender.hasUnknownRoute ? [[`/${sender.name}/{path}`, { post: unknownOperation(sender) }]] : []),
  ]);
  const bodies = senders.flatMap((sender) =>
    sender.webhooks.map(({ name, schema }) => [nameOf(sender, name), bodySchema(schema)]),
  );
  return {
    openapi: '3.1.0',
    info: {
      title: 'Winkelstraat to ItGoesForward bridge',
      version: packageJson.version,
      description:
        "The webhooks that the bridge receives, with the fields that it reads. The types are those of the senders' " +
        'documents; the bridge takes more, such as a number as text, and other fields are kept.',
    },
    servers: [{ url: 'http://127.0.0.1:3000', description: 'npm start' }],
    tags: senders.map(({ name }) => ({ name, description: `What ${name} posts` })),
    paths: Object.fromEntries(paths),
    components: {
      schemas: { ...Object.fromEntries(bodies), ...answerSchemas },
      responses: answers,
      securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'x-api-key' } },
    },
  };
}
