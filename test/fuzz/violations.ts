import { isDeepStrictEqual } from 'node:util';
import { keys } from '../../lib/table/keys.ts';
import { eventId, readEnvelope } from '../../lib/webhooks/envelope.ts';
import { withoutSecrets } from '../../lib/webhooks/mask.ts';
import { readDelivery } from '../../lib/worker/process.ts';
import type { SentMessage } from '../support/aws-stub.ts';
import { deliveryQueue, type IngestEndpoint } from './endpoints.ts';
import type { Expectation } from './expectation.ts';
import { canary, type FuzzRequest, rightKey } from './request.ts';

/** The answer to one call, its messages and its log. */
export interface Observed {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly messages: readonly SentMessage[];
  /** Everything that was logged, as text. */
  readonly log: string;
}

/** The most errors in an answer: nobody reads more, and an answer and a log line stay short. */
const mostErrors = 101;
const longestError = 300;

/** Names of people and places in the vendors' samples: they are as personal as a customer's. */
const personal = /jansen|gwinkelstraat|edsger|dijkstraat|zonnewijk|9012\s?DE/i;
/** Our implementation, which an error must not reveal. */
const innards = /zod|middy|node_modules|\bat .+:\d+|RangeError|TypeError|SyntaxError/i;

/** Everything that is wrong with an answer. */
export function violations(
  request: FuzzRequest,
  endpoint: IngestEndpoint,
  { statuses, parsed }: Expectation,
  seen: Observed,
): string[] {
  const found: string[] = [];
  const must = (holds: boolean, what: string): void => {
    if (!holds) found.push(what);
  };
  must(statuses.includes(seen.status), `answered ${seen.status} in place of ${statuses.join(' or ')}`);
  const correlationId = seen.headers['x-correlation-id'] ?? '';
  must(/^[\x21-\x7e]{1,128}$/.test(correlationId), 'no usable x-correlation-id on the answer');

  const deliveries = seen.messages.filter(({ queueUrl }) => queueUrl.endsWith(`/${deliveryQueue}`));
  const others = seen.messages.length - deliveries.length;
  const isAccepted = seen.status >= 200 && seen.status < 300;
  must(deliveries.length === (isAccepted ? 1 : 0), `${seen.status} with ${deliveries.length} message(s)`);
  // A rejected body is stored, by way of a queue that is not the sender's; one of 413 where it can be, and one of 202
  // where an entry of it is left out.
  const stored = seen.status === 406 ? [1] : seen.status === 413 || isAccepted ? [0, 1] : [0];
  must(stored.includes(others), `${seen.status} with ${others} message(s) on another queue`);

  const logged = seen.log.replaceAll(correlationId || '\0', '');
  must(!logged.includes(rightKey) && !seen.body.includes(rightKey), 'the secret is in a log or an answer');
  must(!logged.toLowerCase().includes(canary), 'a value or a key of the request is in a log line');
  must(!personal.test(logged), 'a value of the sample is in a log line');
  if (isAccepted) {
    const [message] = deliveries;
    if (message) found.push(...messageViolations(message.body, request, endpoint, parsed, seen));
    return found;
  }
  found.push(...problemViolations(seen));
  return found;
}

function problemViolations({ headers, body, status }: Observed): string[] {
  const found: string[] = [];
  if (headers['content-type'] !== 'application/problem+json') found.push('an error that is no problem+json');
  if (body.toLowerCase().includes(canary)) found.push('a value or a key of the request is in the error');
  if (personal.test(body)) found.push('a value of the sample is in the error');
  if (innards.test(body)) found.push('the error reveals our implementation');
  const { errors = [], ...problem } = JSON.parse(body) as {
    status?: number;
    title?: string;
    detail?: string;
    errors?: { path: string; message: string }[];
  };
  if (problem.status !== status || !problem.title || !problem.detail)
    found.push('a problem without its parts');
  if (status === 406 && errors.length === 0) found.push('a 406 that names no fault');
  if (errors.length > mostErrors) found.push(`${errors.length} errors in one answer`);
  if (errors.some(({ path, message }) => path.length + message.length > longestError)) {
    found.push('an error that is too long');
  }
  return found;
}

function messageViolations(
  text: string,
  request: FuzzRequest,
  { sender, webhook }: IngestEndpoint,
  parsed: unknown,
  { body, headers }: Observed,
): string[] {
  const envelope = readEnvelope(text);
  if (!envelope) return ['the message is no envelope that a worker reads'];
  const found: string[] = [];
  const masked = withoutSecrets(parsed);
  const sent = JSON.parse(JSON.stringify(webhook.withoutForeignData?.(masked) ?? masked));
  if (!isDeepStrictEqual(envelope.payload, sent)) found.push('the message has another payload than was sent');
  const id = eventId(webhook.name, sent);
  if (envelope.id !== id || body !== JSON.stringify({ id })) found.push('the ids are not the event id');
  if (envelope.webhook !== webhook.name) found.push('the message is of another webhook');
  if (envelope.correlationId !== headers['x-correlation-id']) found.push('the correlation ids differ');
  if (!/^[\x20-\x7f]*$/.test(text)) found.push('the message is not plain ASCII');
  const version =
    webhook.authentication.versionHeader && request.headers[webhook.authentication.versionHeader];
  if (version && version.length < 200 && envelope.version !== version.toWellFormed()) {
    found.push('the message has another version');
  }
  const delivery = readDelivery(text, sender);
  if (!('envelope' in delivery)) return [...found, `the worker would park it: ${delivery.reason}`];
  const longest = Math.max(0, ...delivery.facts.flatMap(sortKeyBytes));
  if (longest > 1024) found.push(`a sort key of ${longest} bytes, which no table takes`);
  return found;
}

/** The longest keys that are made of a fact. */
function sortKeyBytes(fact: ReturnType<IngestEndpoint['webhook']['facts']>[number]): number[] {
  const bytes = ({ sk }: { sk: string }): number => Buffer.byteLength(sk);
  switch (fact.kind) {
    case 'opening':
    case 'closing':
      return [bytes(keys.offer(fact.sku, fact)), bytes(keys.servedBy(fact.orderId, fact))];
    case 'shipment':
      return fact.items.map(({ sku }) => bytes(keys.openShipment(sku, fact)));
    case 'track':
      return [bytes(keys.shipment(fact))];
    case 'credit-memo':
      return [bytes(keys.creditMemo(fact))];
    default:
      return [];
  }
}
