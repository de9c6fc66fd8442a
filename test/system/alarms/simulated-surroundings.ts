import { text } from 'node:stream/consumers';
import { startIgfSimulator } from '../../../infra/igf-simulator/simulator.ts';
import { startServer } from '../../../infra/local/listen.ts';
import { readStackParts, type StackParts } from '../../../infra/local/stack-parts.ts';
import { eventTypes } from '../../../lib/facts/vendor-terms.ts';
import { patienceMs } from '../../support/eventually.ts';
import { synthesizedStack } from '../../support/template.ts';

const apiKey = 'the-igf-key';
const pathToken = 'the-token-of-igf';

/** Takes an event of IGF. @returns the status of the answer */
type Take = (path: string, body: string) => Promise<number>;

/** What all simulated stages of a test file share: the template, and IGF. */
export interface Surroundings extends AsyncDisposable {
  readonly stack: StackParts;
  readonly igfUrl: string;
  /** The values of IGF's secrets by the ends of their names. */
  readonly igfSecrets: Readonly<Record<string, string>>;
  /** @returns the body of the answer */
  callIgf(path: string, method: string, body?: object): Promise<unknown>;
  /** From now on IGF posts its events to this stage. */
  takesEvents(take: Take): void;
}

export async function simulatedSurroundings(): Promise<Surroundings> {
  const open = new AsyncDisposableStack();
  let take: Take = async () => 503;
  const api = open.use(
    await startServer(async (request, response) => {
      response.writeHead(await take(request.url ?? '', await text(request))).end();
    }),
  );
  const igf = open.adopt(await startIgfSimulator({ port: 0, apiKey, now: () => Date.now() }), ({ close }) =>
    close(),
  );
  const callIgf = async (path: string, method: string, body?: object): Promise<unknown> => {
    const url = new URL(path, igf.url).href;
    const headers = { 'api-key': apiKey, ...(body && { 'content-type': 'application/json' }) };
    const answer = await fetch(url, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? undefined : answer.json();
  };
  const context = { stage: 'prod', attentionEmail: 'none' };
  const assembly = await synthesizedStack(AbortSignal.timeout(patienceMs), context);
  const nowhere = {
    region: 'eu-west-1',
    dynamodb: 'http://table.invalid',
    sqs: 'http://sqs.invalid',
    secretsManager: 'http://invalid',
  };
  const stack = readStackParts(assembly, { ...nowhere, api: api.url, igf: igf.url });
  for (const eventType of eventTypes) {
    const url = `${api.url}/igf/v1/${eventType.toLowerCase().replaceAll('_', '-')}/${pathToken}`;
    await callIgf(`${igf.url}/webhooks`, 'POST', { eventType, url });
  }
  igf.markBaseline();
  return {
    ...{ stack, igfUrl: igf.url, callIgf },
    igfSecrets: { 'igf-key': apiKey, 'igf-path-token': pathToken },
    takesEvents: (taking) => {
      take = taking;
    },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}
