import { jest } from '@jest/globals';
import { type CloudWatch, stackCloudWatch } from '../../../infra/local/cloudwatch/start.ts';
import { failedIds } from '../../../infra/local/event-source.ts';
import type { LambdaFunction } from '../../../infra/local/lambda-function.ts';
import type { StackParts } from '../../../infra/local/stack-parts.ts';
import { type Json, pushApiRma, sample } from '../../support/builders.ts';
import { failingFunction, isNamed } from './failing-function.ts';
import { SimulatedAws } from './simulated-aws.ts';
import { type Handle, SimulatedTable, simulatedFunctions } from './simulated-functions.ts';
import { type SenderHeaders, simulatedGateway } from './simulated-gateway.ts';
import type { Surroundings } from './simulated-surroundings.ts';

const minuteMs = 60_000;
export const rightKey = 'the-winkelstraat-key';
export const rmaPath = '/winkelstraat/push-api/v2/rma';

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
  /** A control or an operation of the simulated IGF, such as `/_simulator/faults`. */
  readonly igf: (path: string, body?: object, method?: string) => Promise<unknown>;
  readonly #cloudWatch: CloudWatch;
  readonly #functions: Map<string, LambdaFunction>;
  readonly #gateway: ReturnType<typeof simulatedGateway>;
  readonly #stack: StackParts;
  #minutes = 0;
  #orders = 0;

  private constructor(surroundings: Surroundings) {
    const { stack, igfUrl, igfSecrets, callIgf } = surroundings;
    this.igf = (path, body, method = 'POST') => callIgf(path, method, body);
    this.#stack = stack;
    jest.spyOn(Date, 'now').mockImplementation(() => this.now);
    this.aws = new SimulatedAws(stack, () => this.now);
    const secrets = { 'winkelstraat-key': rightKey, ...igfSecrets };
    for (const [name, value] of Object.entries(secrets)) this.aws.secrets.set(name, value);
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
    const handles = simulatedFunctions(stack, this.table, igfUrl);
    const running = (name: string, handle: Handle) =>
      this.#cloudWatch.counted(failingFunction(name, handle, this.wrong));
    this.#functions = new Map([...handles].map(([name, handle]) => [name, running(name, handle)]));
    this.#gateway = simulatedGateway({
      routes: stack.routes,
      cloudWatch: this.#cloudWatch,
      invoke: (name, event) => this.#invoke(name, event),
      refuses: () => this.wrong.gatewayRefuses,
      now: () => this.now,
    });
    surroundings.takesEvents((path, body) => this.post(path, body, { key: undefined }));
  }

  static async start(surroundings: Surroundings): Promise<SimulatedStage> {
    jest.restoreAllMocks();
    await surroundings.callIgf('/_simulator', 'DELETE');
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
        if ((this.#minutes * 60) % everySeconds === 0 && !isNamed(name, this.wrong.notInvoked))
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
  post(path: string, body: string, headers: SenderHeaders = {}): Promise<number> {
    return this.#gateway(path, body, { key: this.wrong.key, version: '1.0', ...headers });
  }

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

  /** Lambda polls every queue. */
  async #poll(): Promise<void> {
    for (const {
      function: { name },
      queue,
    } of this.#stack.eventSources) {
      if (isNamed(name, this.wrong.notInvoked)) continue;
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
