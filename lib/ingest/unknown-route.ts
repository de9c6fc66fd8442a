import middy from '@middy/core';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { logAlarm } from '../runtime/log.ts';
import type { Webhook } from '../webhooks/webhook.ts';
import { answerProblems, carryCorrelationId, correlationIdOf, type HttpAnswer, Problem } from './answers.ts';
import { type IngestDependencies, receive } from './ingest-handler.ts';
import { checkKey } from './sender-key.ts';

const longestPath = 200;

/** Begins at the start of a run only, so that a path of slashes takes linear time. */
const slashesAtEnd = /(?<!\/)\/+$/;

/**
 * Takes what is posted to a path without a route. A webhook's path with a slash at its end is that webhook. Every other
 * is answered 404. With the right key this raises an alarm: the sender uses a wrong URL, and the webhook is kept
 * nowhere.
 */
export const unknownRouteHandler = (webhooks: readonly Webhook[], dependencies: IngestDependencies) =>
  middy<APIGatewayProxyEventV2, HttpAnswer, Error, Context>()
    .use(carryCorrelationId())
    .use(answerProblems())
    .handler(async (event) => {
      const path = event.rawPath.replace(slashesAtEnd, '');
      const webhook = webhooks.find((each) => each.path === path);
      if (webhook) return receive(webhook, event, dependencies);
      const [{ authentication }] = webhooks as [Webhook];
      if ((await checkKey(authentication.credentialOf(event), dependencies.senderKey)) === 'right') {
        const reason = `no webhook has the path ${event.rawPath.slice(0, longestPath)}`;
        logAlarm('unknown-route', { correlationId: correlationIdOf(event), reason });
      }
      throw new Problem(
        404,
        'Not found',
        'No webhook is received at this URL. Compare it with the URLs you were given.',
      );
    });
