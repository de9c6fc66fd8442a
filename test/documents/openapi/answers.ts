import { largestBodyBytes } from '../../../lib/config/limits.ts';

const json = (schema: object) => ({ 'application/json': { schema } });
const problem = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
/** API Gateway's own answer, which no function gives. */
const fromGateway = json({ $ref: '#/components/schemas/GatewayMessage' });

const text = { type: 'string' };
const correlationId = {
  'x-correlation-id': { description: "The request's own, or a new one.", schema: text },
};

/** The bodies of the answers. Problems are those of RFC 9457. */
export const answerSchemas = {
  Accepted: {
    type: 'object',
    properties: { id: { type: 'string', description: 'The event id. The same body has the same id.' } },
    required: ['id'],
    additionalProperties: false,
  },
  Problem: {
    type: 'object',
    description: 'RFC 9457. It repeats no value of the request.',
    properties: {
      type: { const: 'about:blank' },
      title: text,
      status: { type: 'integer' },
      detail: { type: 'string', description: 'What the sender can do.' },
      errors: {
        type: 'array',
        items: {
          type: 'object',
          properties: { path: text, message: text },
          required: ['path', 'message'],
          additionalProperties: false,
        },
      },
    },
    required: ['type', 'title', 'status', 'detail'],
    additionalProperties: false,
  },
  GatewayMessage: { type: 'object', properties: { message: text }, required: ['message'] },
};

const refused = (description: string, content: object = problem) => ({
  description,
  headers: correlationId,
  content,
});

/** Every answer by its status. */
export const answers = {
  202: {
    description: 'Accepted, and safely in the queue.',
    headers: correlationId,
    content: json({ $ref: '#/components/schemas/Accepted' }),
  },
  401: refused('No key, or a wrong one.'),
  404: refused('No webhook has this path.'),
  406: refused(
    'The body can not be read, or something is missing that is needed. The bridge keeps the body.',
  ),
  413: refused(`A body of more than ${largestBodyBytes} bytes.`, { ...problem, ...fromGateway }),
  429: { description: 'More requests than the setting `throttling` allows.', content: fromGateway },
  500: refused('An error of the bridge. Deliver it again.', { ...problem, ...fromGateway }),
  503: {
    ...refused('The bridge can not take it now. Deliver it again.', { ...problem, ...fromGateway }),
    headers: {
      ...correlationId,
      'retry-after': { description: 'Seconds.', schema: { type: 'integer' } },
    },
  },
};
