import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { countIn, type DeadLetterQueue } from '../../infra/ops/dlq/dead-letter-queue.ts';
import { redactBody } from '../../infra/ops/preview/recording-igf.ts';
import { eventId, writeEnvelope } from '../../lib/webhooks/envelope.ts';
import { Bridge } from './bridge.ts';
import { type OpsRun, runOpsAt } from './ops.ts';
import { type Delivery, rma, shipment } from './webhooks.ts';
import { type Stack, startWorld, type World } from './world.ts';

/** What a test of the operator's commands works with. */
export interface Operated {
  readonly world: World;
  readonly stack: Stack;
  readonly worker: Bridge;
  readonly operator: Operator;
}

/** Starts one world for the tests of a file, and gives each test a fresh stack in it. */
export function eachOperated(use: (operated: Operated) => void): void {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(async () => {
    await world?.close();
  });
  beforeEach(async () => {
    await world.igf.forget();
    const stack = await world.deploy();
    use({ world, stack, worker: new Bridge(world, stack), operator: new Operator(world, stack) });
  });
}

/** An operator of a stack, who types commands and looks at its DLQ. */
export class Operator {
  readonly #world: World;
  readonly #stack: Stack;

  constructor(world: World, stack: Stack) {
    this.#world = world;
    this.#stack = stack;
  }

  /** Runs `npx bridge …` on the stack, with the settings of a stage that is live. */
  run(...args: string[]): Promise<OpsRun> {
    return this.runWith({}, ...args);
  }

  /** Runs `npx bridge parked …`. */
  parked(...args: string[]): Promise<OpsRun> {
    return this.run('parked', ...args);
  }

  /** The same for a bridge whose only queue is IGF's. */
  parkedAtIgf(...args: string[]): Promise<OpsRun> {
    return this.runWith(
      { IgfQueueUrl: this.#stack.queue.url, WinkelstraatQueueUrl: undefined },
      'parked',
      ...args,
    );
  }

  /** Runs `npx bridge …` with further outputs of the stack, such as the URLs of its other queues. */
  runWith(others: Readonly<Record<string, string | undefined>>, ...args: string[]): Promise<OpsRun> {
    const { table, queue } = this.#stack;
    const all = { TableName: table, WinkelstraatQueueUrl: queue.url, ...others };
    const outputs = Object.fromEntries(
      Object.entries(all).flatMap(([key, url]) => (url ? [[key, url]] : [])),
    );
    return runOpsAt({ addresses: this.#world.addresses, outputs }, ...args);
  }

  /** Puts a message into the DLQ as SQS does it after crashes: without the worker's attributes. */
  async bury(body: string): Promise<void> {
    const input = { QueueUrl: this.#stack.deadLetters.url, MessageBody: body };
    await this.#world.sqs.send(new SendMessageCommand(input));
  }

  /** Winkelstraat's DLQ with the number of its messages, as the commands find it. */
  async dlq(): Promise<DeadLetterQueue> {
    const { queue, deadLetters } = this.#stack;
    return {
      ...deadLetters,
      name: 'winkelstraat',
      source: queue,
      count: await countIn(this.#world.sqs, deadLetters.url),
    };
  }

  /** How many messages are in the queue and in its DLQ, hidden ones included. */
  counts(): Promise<number[]> {
    const { queue, deadLetters } = this.#stack;
    return Promise.all([queue, deadLetters].map(({ url }) => countIn(this.#world.sqs, url)));
  }

  /** The calls that reached IGF, as a preview prints them. */
  async callsSince(before: number): Promise<string[]> {
    return (await this.#world.igf.requests())
      .slice(before)
      .map(({ method, path, body }) =>
        [method, path, body !== null && JSON.stringify(redactBody(body))].filter(Boolean).join(' '),
      );
  }
}

/** IGF refuses the listing of a return, so its message is parked. @returns the id of the event */
export async function parkRefusedListing(world: World, worker: Bridge): Promise<string> {
  await worker.takes(shipment());
  await world.igf.fault({ operation: 'POST /listings', status: 400 });
  const event = await worker.deliver(rma());
  await worker.finish();
  return event;
}

/** The calls that a preview names. */
export const previewed = ({ lines }: OpsRun): string[] =>
  lines.flatMap((line) => /→ (?:then, [^:]*: )?((?:GET|POST|PUT) .*)$/.exec(line)?.[1] ?? []);

/** A delivery as ingest puts it on the queue. */
export const messageOf = ({ webhook, payload }: Delivery): string =>
  writeEnvelope({
    schema: 1,
    id: eventId(webhook, payload),
    webhook,
    version: '1.0',
    receivedAt: new Date().toISOString(),
    correlationId: 'a-correlation',
    payload,
  });
