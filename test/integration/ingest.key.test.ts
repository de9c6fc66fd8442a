import { largestBodyBytes } from '../../lib/config/limits.ts';
import { secretMaxAgeMs, secretMinAgeMs } from '../../lib/runtime/secret.ts';
import { eachIngest } from '../support/each-ingest.ts';
import type { Request } from '../support/ingest-function.ts';
import { logLines } from '../support/log-lines.ts';
import { type Delivery, rma } from '../support/webhooks.ts';
import { senderKey } from '../support/world.ts';

const { secrets, later, post, expectProblem } = eachIngest();

describe('the sender’s key', () => {
  test.each([
    ['missing', undefined],
    ['empty', ''],
    ['wrong', 'a-wrong-key'],
    ['a beginning of the right one', senderKey.slice(0, -1)],
    ['the right one and more', `${senderKey}x`],
    ['the right one in other case', senderKey.toUpperCase()],
  ])('is answered 401 when it is %s', async (_how, key) => {
    await expectProblem(await post(rma(), { headers: { 'x-api-key': key } }), 401);
  });

  test.each([
    ['twice', { 'x-api-key': `${senderKey}, ${senderKey}` }],
    ['as Bearer', { 'x-api-key': `Bearer ${senderKey}` }],
    ['as the Bearer of authorization', { 'x-api-key': undefined, authorization: `bearer ${senderKey}` }],
  ])('is understood when it is sent %s', async (_how, headers) => {
    expect(await post(rma(), { headers })).toMatchObject({ statusCode: 202 });
  });

  test.each([
    ['beside another', { 'x-api-key': `${senderKey}, other` }],
    ['in another scheme', { 'x-api-key': undefined, authorization: `Basic ${senderKey}` }],
    ['after a wrong one', { 'x-api-key': 'a-wrong-key', authorization: `Bearer ${senderKey}` }],
  ])('is answered 401, with where it belongs, when it is sent %s', async (_how, headers) => {
    const problem = await expectProblem(await post(rma(), { headers }), 401);
    expect(problem.detail).toBe('Send the shared secret in the header x-api-key, once and without "Bearer".');
  });

  test.each<[string, Delivery, Request]>([
    ['a body that is not JSON', rma(), { body: '{' }],
    ['a body that is too large', rma(), { body: 'x'.repeat(2 * largestBodyBytes) }],
    ['no version', rma(), { headers: { 'x-version': undefined } }],
    ['the wrong shape', rma({ items: null }), {}],
  ])('is checked before the body: 401 with %s', async (_what, delivery, request) => {
    const headers = { ...request.headers, 'x-api-key': 'a-wrong-key' };
    const problem = await expectProblem(await post(delivery, { ...request, headers }), 401);
    expect(problem.errors).toBeUndefined();
  });

  test.each<[string, () => void]>([
    ['has no value yet', () => secrets().set('winkelstraat', {})],
    ['has an empty value', () => secrets().set('winkelstraat', { current: '' })],
    ['has a value of blanks', () => secrets().set('winkelstraat', { current: '  \n' })],
    ['has only a previous value', () => secrets().set('winkelstraat', { previous: senderKey })],
    ['can not be read', () => secrets().fail(500)],
  ])('fails closed: 503 while the secret %s', async (_how, breakIt) => {
    breakIt();
    for (const key of [senderKey, 'a-wrong-key', '', undefined]) {
      const answer = await post(rma(), { headers: { 'x-api-key': key } });
      await expectProblem(answer, 503);
      expect(answer.headers['retry-after']).toMatch(/^\d+$/);
    }
  });

  test('is read again at the next delivery after it could not be read', async () => {
    secrets().fail(500);
    expect(await post(rma())).toMatchObject({ statusCode: 503 });
    secrets().fail(undefined);
    expect(await post(rma())).toMatchObject({ statusCode: 202 });
  });

  test('may be the current or the previous one while it is being changed, and no older one', async () => {
    secrets().set('winkelstraat', { current: 'new-key', previous: senderKey });
    const answers = [];
    for (const key of ['new-key', senderKey, 'older-key']) {
      answers.push((await post(rma(), { headers: { 'x-api-key': key } })).statusCode);
    }
    expect(answers).toEqual([202, 202, 401]);
  });

  test.each([
    ['a key and value, as the console offers it', JSON.stringify({ 'x-api-key': senderKey }), 202],
    ['such an object with blanks', `\n${JSON.stringify({ key: ` ${senderKey} ` }, null, 2)}\n`, 202],
    ['a text in quotes', JSON.stringify(senderKey), 202],
    ['a brace that begins no JSON', `{${senderKey}`, 401],
  ])('may be in the secret as %s', async (_what, current, statusCode) => {
    secrets().set('winkelstraat', { current });
    expect(await post(rma())).toMatchObject({ statusCode });
  });

  test.each([
    ['an object of two texts, of which nobody knows which one', `{"a":"${senderKey}","b":"x"}`, /JSON/],
    ['an object of anything else', `{"a":["${senderKey}"]}`, /JSON/],
    ['a key that no header carries', `${senderKey}é`, /beyond ASCII/],
  ])('is refused in words, without it, while the secret has %s', async (_what, current, words) => {
    secrets().set('winkelstraat', { current });
    logLines.length = 0;
    expect(await post(rma())).toMatchObject({ statusCode: 503 });
    expect(JSON.stringify(logLines)).toMatch(words);
    expect(JSON.stringify(logLines)).not.toContain(senderKey);
    secrets().set('winkelstraat', { current: senderKey, previous: current });
    later(secretMinAgeMs);
    expect(await post(rma())).toMatchObject({ statusCode: 202 });
  });

  test('may have the line end of a file in the secret', async () => {
    secrets().set('winkelstraat', { current: `${senderKey}\n` });
    expect(await post(rma())).toMatchObject({ statusCode: 202 });
  });

  test('is accepted soon after it was changed, at the first delivery with the new one', async () => {
    expect(await post(rma())).toMatchObject({ statusCode: 202 });
    secrets().set('winkelstraat', { current: 'new-key', previous: senderKey });
    later(secretMinAgeMs);
    const headers = { 'x-api-key': 'new-key' };
    expect(await post(rma(), { headers })).toMatchObject({ statusCode: 202 });
    expect(await post(rma())).toMatchObject({ statusCode: 202 });

    secrets().set('winkelstraat', { current: 'new-key' });
    later(secretMaxAgeMs);
    expect(await post(rma())).toMatchObject({ statusCode: 401 });
  });

  test('stays good while Secrets Manager is down, once it was read', async () => {
    expect(await post(rma())).toMatchObject({ statusCode: 202 });
    secrets().fail(500);
    later(60_000);
    expect(await post(rma())).toMatchObject({ statusCode: 202 });
  });
});
