import { randomInt } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listen } from '../../../infra/local/listen.ts';
import { runOps } from '../../support/ops.ts';
import { eachStart, root } from './started.ts';

const start = eachStart();

const environment = { ...process.env };
afterAll(() => {
  process.env = environment;
});

const starting = 'synthesizing the stack';

describe('a start', () => {
  test('says what runs where, how to open a return, and as its last line where programs find it', async () => {
    const bridge = start([], { WINKELSTRAAT_API_KEY: "it's a key" });
    await bridge.printed(/^ready .*\n/m);

    const last = bridge.output().trimEnd().split('\n').at(-1) ?? '';
    expect(last).toMatch(
      /^ready \{"api": "http:\/\/127\.0\.0\.1:\d+", "dynamodb": "http:\/\/127\.0\.0\.1:\d+", "sqs": "http:\/\/127\.0\.0\.1:\d+", "igf": "http:\/\/127\.0\.0\.1:\d+\/api\/v1", "table": "[\w.-]+", "mode": "live"\}$/,
    );
    const ready = JSON.parse(last.slice('ready '.length));
    expect(bridge.output()).toContain('POST /winkelstraat/push-api/v2/rma\n');
    expect(bridge.output()).toContain('runs on this machine, mode live. Times are UTC.');
    expect(bridge.output()).toMatch(/^ {2}Settings {8}logRetentionDays=1\n/m);
    expect(bridge.output()).toContain(`${ready.sqs}/000000000000/`);
    expect(bridge.output()).toContain(`${new URL(ready.igf).origin}/_simulator/faults`);

    expect(bridge.output()).toContain('npx bridge send push-api/v2/rma --local\n');
    process.env.LOCAL_FOLDER = bridge.folder;
    expect(await runOps('send', 'push-api/v2/rma', '--local')).toMatchObject({ code: 0 });

    for (const step of ['received', 'queued', 'decided', 'called', 'done']) {
      await bridge.printed(new RegExp(`^\\d\\d:\\d\\d:\\d\\dZ  ${step} `, 'm'));
    }
    const sample = JSON.parse(readFileSync(join(root, 'test/samples/push-api-v2-rma.json'), 'utf8'));
    expect(bridge.output()).not.toContain(sample.order.address.email);

    bridge.child.kill('SIGINT');
    bridge.child.kill('SIGINT');
    expect(await bridge.ended()).toBe(0);
    expect(bridge.errors()).toBe('');
    await expect(fetch(ready.api)).rejects.toThrow();
  });
});

describe('Ctrl-C while it starts', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    '(%s) gives up what had begun, ends with exit code 0 and leaves nothing behind',
    async (signal) => {
      const temporary = mkdtempSync(join(tmpdir(), 'given-up-'));
      const bridge = start([], { TMPDIR: temporary });
      await bridge.printed(starting);
      bridge.child.kill(signal);
      bridge.child.kill(signal);
      expect(await bridge.ended()).toBe(0);
      // What comes after the synth did not begin.
      expect(bridge.output().trimEnd()).toMatch(new RegExp(`${starting}.*$`));
      expect(bridge.errors()).toBe('');
      expect(readdirSync(temporary)).toEqual([]);
      rmdirSync(temporary);
    },
  );
});

/** A port that another program listens on. The system gives none like it to connections of other tests. */
async function takenPort(): Promise<{ port: number; close: () => void }> {
  const server = createServer().unref();
  const port = randomInt(20_000, 30_000);
  const isFree = await listen(server, port).catch(
    (error) => error.code !== 'EADDRINUSE' && Promise.reject(error),
  );
  return isFree ? { port, close: () => server.close() } : takenPort();
}

describe('a start that can not be', () => {
  test('names every port that is taken in one line, with a command that works', async () => {
    const variables = ['PORT', 'DYNAMODB_PORT', 'SQS_PORT', 'IGF_PORT'];
    const others = await Promise.all(variables.map(takenPort));
    const env = Object.fromEntries(variables.map((name, at) => [name, String(others[at]?.port)]));
    const bridge = start([], env);
    expect(await bridge.ended()).toBe(1);
    const [api, dynamodb, sqs, igf] = others.map(({ port }) => port);
    const [line, command = ''] = bridge.errors().split(': type ');
    expect(line).toBe(
      `Port ${api} for the API is taken, port ${dynamodb} for DynamoDB is taken, port ${sqs} for SQS is taken, ` +
        `port ${igf} for the IGF simulator is taken`,
    );
    expect(command).toMatch(/^PORT=\d+ DYNAMODB_PORT=\d+ SQS_PORT=\d+ IGF_PORT=\d+ npm start\n$/);

    const works = start([], Object.fromEntries(command.split(' ', 4).map((setting) => setting.split('='))));
    await works.printed(/^ready /m);
    works.child.kill('SIGINT');
    expect(await works.ended()).toBe(0);
    for (const { close } of others) close();
  });

  test.each([
    [
      ['--contxt', 'a=b'],
      {},
      2,
      /^npm start: unknown option '--contxt' \(Did you mean --context\?\)[^\n]*\n$/,
    ],
    [[], { SPEED: '0' }, 2, /^SPEED=0 is not a number from 1, such as 60\.\n$/],
    [['-c', 'mode=obsrve'], {}, 2, /^[^\n]*mode = "obsrve"[^\n]*\n$/],
    [['-c', 'nosuchsetting=1'], {}, 2, /^[^\n]*nosuchsetting[^\n]*\n$/],
    [['-c', 'igfBaseUrl=foo'], {}, 2, /^[^\n]*igfBaseUrl = "foo" must be an https URL[^\n]*\n$/],
    [['-c', 'stage=nope'], {}, 2, /^stage = "nope": cdk.json has local, test, prod\.\n$/],
    [[], { PORT: 'abc' }, 2, /^PORT=abc is not a port: [^\n]*\n$/],
    [[], { DYNAMODB: 'local', PATH: '/nowhere' }, 1, /^DYNAMODB=local needs Java 17 or newer[^\n]*\n$/],
  ])('says in one line what is wrong with %j %j', async (args, env, code, line) => {
    const bridge = start(args, env as Record<string, string>);
    expect(await bridge.ended()).toBe(code);
    expect(bridge.errors()).toMatch(line);
  });
});

test('explains itself when asked for help', async () => {
  const bridge = start(['--help']);
  expect(await bridge.ended()).toBe(0);
  expect(bridge.output()).toContain('SPEED=60');
});
