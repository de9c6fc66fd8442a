import { z } from 'zod';
import { CommandError } from '../../cli/command-line.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';
import { secretStore } from '../aws/secret-store.ts';
import { maybe, number, text } from '../result-fields.ts';
import type { Endpoint } from './example-body.ts';

/** A webhook that was sent, and its answer. */
export const Sent = z.object({
  webhook: text('its name'),
  status: number('the status of the answer'),
  eventId: maybe('its event id, once it was accepted'),
  correlationId: maybe('the id that its log lines have'),
  problem: maybe('why it was not accepted'),
});

/** Refuses a deployed stage with `mode=live`: it would list an article that nobody has. @throws CommandError */
export function checkPlayground({ stage, mode }: OpenBridge, isLocal: boolean): void {
  if (mode === 'observe' || isLocal) return;
  throw new CommandError(
    `Stage ${stage.name} is live: it would list the article of an example at ItGoesForward. ` +
      'Use --local, or a stage with mode=observe.',
  );
}

const Answer = z.object({
  id: z.string().nullable().default(null),
  detail: z.string().nullable().default(null),
});
const timeoutMs = 15_000;

/** Posts a body as its sender does, with a version or without. @throws CommandError when nothing answers */
export async function post(
  { sender, webhook: { name, path, authentication } }: Endpoint,
  body: unknown,
  bridge: OpenBridge,
  withoutVersion = false,
): Promise<z.infer<typeof Sent>> {
  const url = `${bridge.baseOf(path)}${path}`;
  const key = await keyOf(sender.name, bridge);
  const { versionHeader } = authentication;
  const headers = {
    'content-type': 'application/json',
    ...(!path.includes('{token}') && { 'x-api-key': key }),
    ...(versionHeader && !withoutVersion && { [versionHeader]: `${/v(\d+)/.exec(name)?.[1]}.0.0` }),
  };
  const init = { method: 'POST', headers, signal: AbortSignal.timeout(timeoutMs) };
  const response = await fetch(url.replace('{token}', key), { ...init, body: JSON.stringify(body) }).catch(
    ({ message, cause }) => {
      throw new CommandError(`Nothing answers at ${url} (${Object(cause).code ?? message}).`);
    },
  );
  const { id, detail } = Answer.parse(await response.json().catch(() => ({})));
  const correlationId = response.headers.get('x-correlation-id');
  return { webhook: name, status: response.status, eventId: id, correlationId, problem: detail };
}

async function keyOf(sender: string, bridge: OpenBridge): Promise<string> {
  const name = sender === 'igf' ? 'igf-path-token' : 'winkelstraat-key';
  const key = await secretStore(bridge).read(name);
  if (key) return key;
  throw new CommandError(`The secret ${name} has no value yet.`);
}
