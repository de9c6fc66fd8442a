import * as z from 'zod/mini';
import { CommandError } from '../../cli/command-line.ts';
import type { Endpoint } from './example-body.ts';

/** Where webhooks go. */
export interface Receiver {
  /** The URL of a path of the API, in which a sender may have its key as `{token}`. @throws CommandError */
  urlOf(path: string): string;
  /** The key of a sender: never print it. @throws CommandError when its secret has no value */
  keyOf(sender: string): Promise<string>;
}

/** The answer to a webhook. `eventId` is its id, where it was accepted. `problem` says why it was not. */
export interface Answer {
  readonly status: number;
  readonly eventId: string | null;
  readonly correlationId: string | null;
  readonly problem: string | null;
}

const AnswerBody = z.catch(z.object({ id: z.optional(z.string()), detail: z.optional(z.string()) }), {});

const timeoutMs = 15_000;

/** Posts a body as its sender does, with a version or without. @throws CommandError when nothing answers */
export async function deliver(
  { sender, webhook }: Endpoint,
  body: unknown,
  receiver: Receiver,
  withoutVersion = false,
): Promise<Answer> {
  const key = await receiver.keyOf(sender.name);
  const url = receiver.urlOf(webhook.path);
  const { versionHeader } = webhook.authentication;
  const version = `${/v(\d+)/.exec(webhook.name)?.[1] ?? 1}.0.0`;
  const headers = {
    'content-type': 'application/json',
    ...(!url.includes('{token}') && { 'x-api-key': key }),
    ...(versionHeader && !withoutVersion && { [versionHeader]: version }),
  };
  const init = {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(timeoutMs),
  };
  try {
    const response = await fetch(url.replace('{token}', key), init);
    const { id = null, detail = null } = AnswerBody.parse(await response.json().catch(() => ({})));
    return {
      status: response.status,
      eventId: id,
      correlationId: response.headers.get('x-correlation-id'),
      problem: detail,
    };
  } catch (error) {
    const { message, cause } = error as Error;
    throw new CommandError(`Nothing answers at ${url} (${Object(cause).code ?? message}).`);
  }
}
