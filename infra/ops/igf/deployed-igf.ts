import { randomBytes } from 'node:crypto';
import { eventTypes } from '../../../lib/facts/vendor-terms.ts';
import { get as getRetailer } from '../../../lib/igf/api/retailer.ts';
import * as webhooks from '../../../lib/igf/api/webhooks.ts';
import { igfClient } from '../../../lib/igf/client.ts';
import { readPathCorrections } from '../../../lib/igf/endpoint.ts';
import { IgfError, IgfPathError, IgfUnavailableError } from '../../../lib/igf/errors.ts';
import { shellCommand } from '../../../lib/returns/npx-bridge.ts';
import {
  type ListedWebhook,
  planSubscriptions,
  type SubscriptionStep,
  wantedSubscriptions,
} from '../../../lib/webhooks/igf/subscriptions.ts';
import { webhookPath } from '../../../lib/webhooks/igf/webhooks.ts';
import { CommandError } from '../../cli/command-line.ts';
import { addPlaceOptions, type OpenBridge, type PlaceOptions, withBridge } from '../aws/open-bridge.ts';
import { secretStore } from '../aws/secret-store.ts';
import { commandsOn } from '../command.ts';

/** A client of IGF with a stage's configuration, and the stage's own webhook URLs. */
export type DeployedIgf = Awaited<ReturnType<typeof deployedIgf>>;

/** 256 random bits as 43 characters that need no escaping in a URL. */
export const newPathToken = (): string => randomBytes(32).toString('base64url');

/** The timeout of one call, in milliseconds. IGF may be slow, and a person waits. */
const timeoutMs = 15_000;

/** Reads both secrets. @throws CommandError that says what to do */
export async function deployedIgf(bridge: OpenBridge) {
  const { settings } = bridge.stage;
  const baseUrl = bridge.outputs.IgfBaseUrl ?? settings.igfBaseUrl;

  const secrets = secretStore(bridge);
  const key = await secrets.read('igf-key');
  if (!key) {
    throw new CommandError(
      `The secret of the IGF api-key has no value yet: ${bridge.command('doctor', '--set-secret', 'igf-key')}`,
    );
  }
  // All eight belong to one API.
  const [apiUrl = ''] = eventTypes.map((eventType) => bridge.baseOf(webhookPath(eventType)));
  const corrections = readPathCorrections(JSON.stringify(settings.igfPaths));
  return {
    ...igfClient(
      { baseUrl, corrections, apiKey: async () => key, timeoutMs },
      { webhooks, retailer: { get: getRetailer } },
    ),
    /** The base of the URLs that IGF posts to, without a path. */
    apiUrl,
    igfBaseUrl: baseUrl,
    /** The secret last part of our URLs; undefined while its secret has no value. Never print it. */
    token: await secrets.read('igf-path-token'),
    putToken: (token: string): Promise<void> => secrets.put('igf-path-token', token),
  };
}

/** What would have to be done. Without a token no URL is the wanted one. */
export const currentPlan = (
  { apiUrl, token }: DeployedIgf,
  listed: readonly ListedWebhook[],
): SubscriptionStep[] => planSubscriptions(wantedSubscriptions(apiUrl, token ?? newPathToken()), listed);

/** A failed call to IGF, in one sentence for the person who ran the command. */
export function igfFailure(error: IgfError, igfBaseUrl: string): string {
  if (error instanceof IgfPathError) {
    const verify = shellCommand('npx', 'bridge', 'igf', 'verify', '<file>');
    return `${error.message}. Set "igfPaths" after comparing the paths with IGF's OpenAPI file: ${verify}`;
  }
  if (error instanceof IgfUnavailableError) {
    if (error.status === 401 || error.status === 403) {
      return `IGF did not accept the api-key (${error.status}): store the right one in its secret.`;
    }
    const what = error.status === undefined ? `IGF can't be reached at ${igfBaseUrl}` : 'IGF has a problem';
    return `${what} (${error.message}). Try again later.`;
  }
  return `${error.message}.`;
}

/** A command that works with IGF as a stage does. */
export const igfCommand = commandsOn<
  PlaceOptions,
  { readonly bridge: OpenBridge; readonly igf: DeployedIgf }
>(addPlaceOptions, (options, work) =>
  withBridge(options, async (bridge) => {
    const igf = await deployedIgf(bridge);
    try {
      return await work({ bridge, igf });
    } catch (error) {
      throw error instanceof IgfError ? new CommandError(igfFailure(error, igf.igfBaseUrl)) : error;
    }
  }),
);
