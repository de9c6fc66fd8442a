import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { redactBody } from '../../infra/ops/preview/recording-igf.ts';
import { eventId, writeEnvelope } from '../../lib/webhooks/envelope.ts';
import { type OpsRun, runOps } from './ops.ts';
import type { Delivery } from './webhooks.ts';
import type { Stack, World } from './world.ts';

/** An operator who lists, previews and redrives the DLQ of a stack. */
export class Operator {
  readonly #world: World;
  readonly #stack: Stack;

  constructor(world: World, stack: Stack) {
    this.#world = world;
    this.#stack = stack;
  }

  /** Runs `npx bridge parked …`. */
  parked(...args: string[]): Promise<OpsRun> {
    return runOps('parked', ...args, '--table', this.#stack.table, '--queue', this.#stack.queue.url);
  }

  /** The same for a bridge whose only queue is IGF's. */
  parkedAtIgf(...args: string[]): Promise<OpsRun> {
    return runOps('parked', ...args, '--table', this.#stack.table, '--igf-queue', this.#stack.queue.url);
  }

  /** Puts a message into the DLQ as SQS does it after crashes: without the worker's attributes. */
  async bury(body: string): Promise<void> {
    const input = { QueueUrl: this.#stack.deadLetters.url, MessageBody: body };
    await this.#world.sqs.send(new SendMessageCommand(input));
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
