import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { jest } from '@jest/globals';
import { type Simulator, startIgfSimulator } from '../../../infra/igf-simulator/simulator.ts';
import { type CloudWatch, stackCloudWatch } from '../../../infra/local/cloudwatch/start.ts';
import { failedIds } from '../../../infra/local/event-source.ts';
import { httpEvent } from '../../../infra/local/http-payload.ts';
import { findRoute } from '../../../infra/local/http-routes.ts';
import type { Failure, LambdaFunction } from '../../../infra/local/lambda-function.ts';
import { type LocalServer, startServer } from '../../../infra/local/listen.ts';
import { readStackParts, type StackParts } from '../../../infra/local/stack-parts.ts';
import { eventTypes } from '../../../lib/facts/vendor-terms.ts';
import { errorClass } from '../../../lib/runtime/log.ts';
import { type Json, pushApiRma, sample } from '../../support/builders.ts';
import { synthesizedStack } from '../../support/template.ts';
import { SimulatedAws } from './simulated-aws.ts';
import { SimulatedTable, simulatedFunctions } from './simulated-functions.ts';

const minuteMs = 60_000;
const igfKey = 'the-igf-key';
export const rightKey = 'the-winkelstraat-key';
const token = 'the-token-of-igf';
export const rmaPath = '/winkelstraat/push-api/v2/rma';

/** What all simulated stages of a test file share: the template, and IGF. */
export interface Surroundings extends AsyncDisposable {
  readonly stack: StackParts;
  readonly igf: Simulator;
  /** Where IGF posts its events: the stage that was made last takes them. */
  readonly api: LocalServer;
  takesEvents(post: (path: string, body: string) => Promise<number>): void;
}

export async function simulatedSurroundings(): Promise<Surroundings> {
  const open = new AsyncDisposableStack();
  let take: (path: string, body: string) => Promise<number> = async () => 503;
  const api = open.use(
    await startServer(async (request, response) => {
      response.writeHead(await take(request.url ?? '', await text(request))).end();
    }),
  );
  const igf = open.adopt(
    await startIgfSimulator({ port: 0, apiKey: igfKey, now: () => Date.now() }),
    ({ close }) => close(),
  );
  const context = { stage: 'prod', attentionEmail: 'none' };
  const assembly = await synthesizedStack(AbortSignal.timeout(50_000), context);
  const nowhere = {
    region: 'eu-west-1',
    dynamodb: 'http://table.invalid',
    sqs: 'http://sqs.invalid',
    secretsManager: 'http://invalid',
  };
  const stack = readStackParts(assembly, { ...nowhere, api: api.url, igf: igf.url });
  for (const eventType of eventTypes) {
    const url = `${api.url}/igf/v1/${eventType.toLowerCase().replaceAll('_', '-')}/${token}`;
    await called(`${igf.url}/webhooks`, 'POST', { eventType, url });
  }
  igf.markBaseline();
  return {
    ...{ stack, igf, api },
    takesEvents: (post) => {
      take = post;
    },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

async function called(url: string, method: string, body?: object): Promise<unknown> {
  const headers = { 'api-key': igfKey, ...(body && { 'content-type': 'application/json' }) };
  const answer = await fetch(url, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
  return answer.status === 204 ? undefined : answer.json();
}

interface SenderHeaders {
  readonly key?: string | undefined;
  readonly version?: string | undefined;
}

/**
 * The stage `prod` in memory, on a clock of its own: the template's alarms, and every function with its real code. A
 * minute of it takes milliseconds.
 */
export class SimulatedStage {
  readonly aws: SimulatedAws;
  readonly table = new SimulatedTable();
  /** Milliseconds since the epoch. */
  now = Date.UTC(2024, 2, 11, 6);
  /** When each alarm rang first, by its name without the stage's. */
  readonly rang = new Map<string, number>();
  /** What is wrong. A fault changes it. */
  readonly wrong = {
    /** What Winkelstraat shows, and where it posts. */
    key: rightKey as string | undefined,
    pathEnd: '',
    isSilent: false,
    /** What the gateway answers to every call without calling a function. */
    gatewayRefuses: undefined as number | undefined,
    /** Functions whose invocation crashes, is refused by Lambda, or is never begun, by the ends of their names. */
    crashing: new Set<string>(),
    throttled: new Set<string>(),
    notInvoked: new Set<string>(),
  };
  readonly #surroundings: Surroundings;
  readonly #cloudWatch: CloudWatch;
  readonly #functions: Map<string, LambdaFunction>;
  readonly #stack: StackParts;
  #minutes = 0;
  #orders = 0;

  private constructor(surroundings: Surroundings) {
    const { stack } = surroundings;
    this.#surroundings = surroundings;
    this.#stack = stack;
    jest.spyOn(Date, 'now').mockImplementation(() => this.now);
    this.aws = new SimulatedAws(stack, () => this.now);
    for (const [name, value] of Object.entries({
      'winkelstraat-key': rightKey,
      'igf-key': igfKey,
      'igf-path-token': token,
    }))
      this.aws.secrets.set(name, value);
    this.#cloudWatch = stackCloudWatch({
      stack,
      measure: async (queue) => this.aws.queue(queue).metrics(this.now),
      now: () => this.now,
      onChange: ({ name, state }) => {
        const short = name.replace('returns-bridge-prod-', '');
        if (state === 'ALARM' && !this.rang.has(short)) this.rang.set(short, this.now);
      },
    });
    this.#takeMetrics();
    const handles = simulatedFunctions(stack, this.table, surroundings.igf.url);
    this.#functions = new Map([...handles].map(([name, handle]) => [name, this.#lambda(name, handle)]));
    surroundings.takesEvents((path, body) => this.post(path, body, { key: undefined }));
  }

  static async start(surroundings: Surroundings): Promise<SimulatedStage> {
    jest.restoreAllMocks();
    await called(new URL('/_simulator', surroundings.igf.url).href, 'DELETE');
    return new SimulatedStage(surroundings);
  }

  /** The alarms that ring now. */
  ringing(): string[] {
    const ringing = this.#cloudWatch.report().filter(({ state }) => state === 'ALARM');
    return ringing.map(({ name }) => name.replace('returns-bridge-prod-', '')).sort();
  }

  /** The names of all functions. */
  functions = (): string[] => [...this.#functions.keys()];

  /** Lets time pass, with the usual traffic. @param each called at every minute */
  async pass(
    minutes: number,
    each: (minute: number) => Promise<unknown> | unknown = () => {},
  ): Promise<void> {
    for (let minute = 0; minute < minutes; minute += 1) {
      this.now += minuteMs;
      this.#minutes += 1;
      await each(minute);
      if (this.#minutes % 10 === 0 && !this.wrong.isSilent) await this.#usualWebhook();
      await this.#poll();
      for (const {
        function: { name },
        everySeconds,
      } of this.#stack.schedules)
        if ((this.#minutes * 60) % everySeconds === 0 && !isIn(this.wrong.notInvoked, name))
          await this.#invoke(name);
      await this.#cloudWatch.evaluate();
    }
  }

  /** A new RMA that is forwarded, as Winkelstraat posts it. */
  rma(item: Json = {}): string {
    this.#orders += 1;
    const order = pushApiRma().order as Json;
    const ids = { rma_id: `R${this.#orders}`, order: { ...order, order_id: `order-${this.#orders}` } };
    return JSON.stringify(pushApiRma(ids, { rma_item_id: `I${this.#orders}`, ...item }));
  }

  /** Posts a webhook as a sender does. @returns the status of the answer */
  async post(path: string, body: string, headers: SenderHeaders = {}): Promise<number> {
    const answer = await this.#answer(path, body, { key: this.wrong.key, version: '1.0', ...headers });
    const context =
      typeof answer === 'number' ? { status: answer } : { ...answer, 'integration.status': answer.status };
    this.#cloudWatch.answered({
      requestId: randomUUID(),
      ...context,
      responseLatency: 20,
      httpMethod: 'POST',
    });
    return context.status;
  }

  /** A control or an operation of the simulated IGF, such as `/_simulator/faults`. */
  igf = (path: string, body?: object, method = 'POST') =>
    called(new URL(path, this.#surroundings.igf.url).href, method, body);

  async #usualWebhook(): Promise<void> {
    const { pathEnd } = this.wrong;
    // Every other one is about an order without a return.
    const path = this.#minutes % 20 === 0 ? rmaPath : '/winkelstraat/push-api/v2/track';
    const ids = {
      order_id: `other-${this.#minutes}`,
      shipment_id: `S${this.#minutes}`,
      track_id: `T${this.#minutes}`,
    };
    const body = path === rmaPath ? this.rma() : JSON.stringify({ ...sample('push-api-v2-track'), ...ids });
    await this.post(`${path}${pathEnd}`, body);
  }

  /** @returns a status, or what a function answered */
  async #answer(
    path: string,
    body: string,
    { key, version }: SenderHeaders,
  ): Promise<number | { status: number }> {
    const match = findRoute(this.#stack.routes, 'POST', path);
    if (!match) return 404;
    if (this.wrong.gatewayRefuses !== undefined) return this.wrong.gatewayRefuses;
    const { functionName, routeKey } = match.route;
    const event = httpEvent({
      ...{
        method: 'POST',
        target: path,
        body: Buffer.from(body),
        pathParameters: match.pathParameters,
        routeKey,
      },
      headers: {
        ...(key && { 'x-api-key': key }),
        ...(version && { 'x-version': version }),
        'content-type': 'application/json',
      },
      receivedAt: this.now,
      ...{ sourceIp: '', protocol: '', requestId: '', stage: '$default' },
    });
    const invocation = await this.#invoke(functionName, event);
    if (invocation.ok) return { status: Object(invocation.payload).statusCode };
    return invocation.failure.kind === 'throttled' ? 503 : 500;
  }

  /** Lambda polls every queue. */
  async #poll(): Promise<void> {
    for (const {
      function: { name },
      queue,
    } of this.#stack.eventSources) {
      if (isIn(this.wrong.notInvoked, name)) continue;
      const simulated = this.aws.queue(queue.arn);
      const { records, tooOften } = simulated.receive(this.now);
      for (const body of tooOften) this.aws.queue(queue.deadLetterArn ?? '').send(body, this.now);
      for (const record of records) {
        const invocation = await this.#invoke(name, { Records: [record] });
        if (!invocation.ok) continue;
        if (!failedIds(invocation.payload, [record]).has(record.messageId))
          simulated.delete(record.messageId);
      }
      if (records.length > 0) await this.#eventsOfIgf();
    }
  }

  /** Waits until IGF has sent the events that it has. */
  async #eventsOfIgf(): Promise<void> {
    let sent: { status: unknown }[];
    do sent = (await this.igf('/_simulator/webhooks', undefined, 'GET')) as { status: unknown }[];
    while (sent.some(({ status }) => status === 'waiting'));
  }

  async #invoke(name: string, event: unknown = {}) {
    const lambda = this.#functions.get(name);
    if (!lambda) throw new Error(`The stack has no function ${name}.`);
    return lambda.invoke(event);
  }

  #lambda(name: string, handle: (event: unknown) => Promise<unknown>): LambdaFunction {
    const failed = (kind: Failure['kind'], errorType: string) => {
      const failure: Failure = { kind, errorType, errorMessage: '', stackTrace: [] };
      return { ok: false as const, failure };
    };
    return this.#cloudWatch.counted({
      name,
      invoke: async (event) => {
        const requestId = randomUUID();
        if (isIn(this.wrong.throttled, name))
          return { requestId, ...failed('throttled', 'TooManyRequestsException') };
        if (isIn(this.wrong.crashing, name)) return { requestId, ...failed('crash', 'Runtime.ExitError') };
        try {
          return { requestId, ok: true, payload: await handle(event) };
        } catch (error) {
          return { requestId, ...failed('error', errorClass(error)) };
        }
      },
      [Symbol.asyncDispose]: async () => {},
    });
  }

  /** The functions write their metrics to their output. */
  #takeMetrics(): void {
    const write = process.stdout.write.bind(process.stdout);
    jest.spyOn(process.stdout, 'write').mockImplementation((line, ...more) => {
      if (!String(line).startsWith('{"_aws"')) return write(line as string, ...(more as []));
      this.#cloudWatch.functionLog(String(line).trimEnd());
      return true;
    });
  }
}

const isIn = (ends: ReadonlySet<string>, name: string): boolean =>
  [...ends].some((end) => name.endsWith(end));
