import { isLong } from '../support/long-form.ts';
import type { Handler } from './call.ts';
import { campaign, examine, type UnderTest } from './campaign.ts';
import { readCorpus } from './corpus.ts';
import { type CountingSqs, startCountingSqs } from './counting-sqs.ts';
import { endpoints, ingestVariables } from './endpoints.ts';
import { type Gateway, startGateway } from './gateway.ts';
import { rightKey } from './request.ts';

/** Together with those over HTTP 2,500 inputs, and 5,000 in the long form. `npm run fuzz` posts any number. */
const inputs = isLong ? 4376 : 2250;
const inputsOverHttp = isLong ? 624 : 250;
const seed = 20_250_301;

let sqs: CountingSqs;
let underTest: UnderTest;
let gateway: Gateway;

beforeAll(async () => {
  sqs = await startCountingSqs(rightKey);
  Object.assign(process.env, ingestVariables(sqs.url));
  const handlers = new Map<string, Handler>();
  for (const { webhook, file } of endpoints) {
    // A function is wired when it is loaded, and another file may have loaded it.
    const module = (await import(`../../functions/${file}.ts?fuzz`)) as { handler: Handler };
    handlers.set(webhook.name, module.handler);
  }
  underTest = { sqs, handlers };
  gateway = await startGateway(underTest);
});
afterAll(async () => {
  await gateway?.[Symbol.asyncDispose]();
  await sqs?.[Symbol.asyncDispose]();
});

describe('any request', () => {
  test('is never answered 5xx, is accepted only with its message, and is repeated in no error and no log line', async () => {
    const { findings, counts, inputs: posted } = await campaign({ inputs, seed }, underTest);
    expect(findings).toEqual([]);
    expect(posted).toBe(inputs);
    expect([...counts.keys()].toSorted()).toEqual(endpoints.map(({ webhook }) => webhook.name).toSorted());
    for (const answers of counts.values()) {
      // Requests that are all refused at once would prove nothing.
      for (const status of [202, 401, 406]) expect(answers.get(status)).toBeGreaterThan(isLong ? 5 : 0);
    }
  });

  test('has the same answers through the gateway, with its paths, methods and headers', async () => {
    const { findings, counts } = await gateway.fuzz({ inputs: inputsOverHttp, seed });
    expect(findings).toEqual([]);
    for (const status of [202, 401, 404, 406]) expect(counts.get(status)).toBeGreaterThan(0);
  });
});

describe('a request of the corpus', () => {
  test.each(readCorpus(`${import.meta.dirname}/corpus`))('gets the right answer: $file', async (entry) => {
    const { request, expectation } = entry;
    const endpoint = endpoints.find(({ webhook }) => webhook.name === request.webhook);
    if (!endpoint) throw new Error(`There is no webhook ${request.webhook}.`);
    const seen = await examine(request, endpoint, underTest);
    expect(seen.violations).toEqual([]);
    expect(seen.status).toBe(expectation.status);
    expect((JSON.parse(seen.body).errors ?? []).length).toBe(expectation.errors ?? 0);
  });
});
