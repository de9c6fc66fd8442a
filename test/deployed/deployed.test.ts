import { mkdtempDisposableSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import * as z from 'zod/mini';
import { eventually } from '../support/eventually.ts';
import { newOrder } from '../system/e2e/orders.ts';
import { step } from './journey.ts';
import { Merchant, succeeded } from './merchant.ts';
import { DeployedStage, type Resource, stack, stackName } from './stage.ts';

/*
 * What a merchant does with the bridge, from an empty AWS account to the end of the stage, at an AWS emulator. Every
 * command is the real one, and runs as a process.
 */
const key = 'a-key-of-winkelstraat';
const live = { mode: 'live', attentionEmail: 'none' };

let merchant: Merchant;
let stage: DeployedStage;

beforeAll(async () => {
  merchant = await Merchant.start();
  stage = new DeployedStage(merchant, key);
});
afterAll(() => merchant?.stop());

const Sent = z.array(z.object({ eventType: z.string(), status: z.union([z.number(), z.string()]) }));
const Certificate = z.object({ CertificateArn: z.string() });
const Tasks = z.array(
  z.object({ orderId: z.string(), rmaId: z.string(), itemId: z.string(), kind: z.string() }),
);

describe('the first deploy', () => {
  step('cdk bootstrap, as the check of a deploy asks for', async () => {
    const checked = await merchant.type('npm', ['run', '-s', 'deploy', '--', '--stage', 'test', '--check']);
    expect(checked).toMatchObject({
      code: 1,
      all: expect.stringMatching(/failure .* Type npx cdk bootstrap/),
    });
    succeeded(await merchant.cdk('bootstrap'));
  });

  step('npm run deploy', async () => {
    await stage.deploy(live);
    expect(stage.output('Mode')).toBe('live');
  });

  step('the operator gets the policy for operators', () => merchant.employOperator());

  step('a webhook before the keys is answered 503', async () => {
    expect((await stage.shipped(newOrder())).status).toBe(503);
  });

  step('npx bridge doctor stores both keys', async () => {
    const keys = { 'winkelstraat-key': key, 'igf-key': merchant.variable('IGF_API_KEY') };
    for (const [secret, value] of Object.entries(keys)) {
      const doctor = ['bridge', 'doctor', '--stage', 'test', '--set-secret', secret];
      const { all } = await merchant.type('npx', doctor, `${value}\n`);
      expect(all).toMatch(new RegExp(`^ok +secret ${secret}: its value was stored$`, 'm'));
    }
  });

  step('npx bridge igf subscribe', async () => {
    expect(succeeded(await merchant.bridge('igf', 'subscribe'))).toMatch(/REFUND .* subscribed/);
    succeeded(await merchant.bridge('igf', 'status'));
  });

  step('npx bridge doctor finds nothing to do but the mails', async () => {
    // The name of the emulator's API is known to this program alone, so no webhook is sent.
    const { stdout } = await merchant.bridge('doctor', '--dry-run');
    const found = stdout.split('\n').filter((line) => /^(warning|failure)/.test(line));
    expect(found).toEqual([expect.stringMatching(/ mail: /), expect.stringMatching(/ mail: /)]);
  });
});

describe('a return', () => {
  const order = newOrder('000000549');

  step('is listed once, although its RMA came twice', async () => {
    // An ingest function that read a secret without a value reads it again after 15 s.
    await eventually('the key is accepted', async () => (await stage.shipped(order)).status === 202);
    const first = await stage.returned(order);
    const second = await stage.returned(order);
    expect([first, second]).toEqual([first, { status: 202, body: first.body }]);
    await stage.isListed(order.orderId);
    expect(await stage.listingsOf(order.orderId)).toEqual([201]);
  });

  step('is bought, sent and paid: each event of IGF reaches the bridge', async () => {
    const [, id] = /listing (\d+)/.exec(await stage.shows(/Listed/, 'order', order.orderId)) ?? [];
    const listingId = Number(id);
    await merchant.igf('orders', { listingId });
    for (const eventType of ['LABELED', 'SHIPPED', 'COMPLETED', 'REFUND']) {
      await merchant.igf('events', { eventType, listingId });
    }
    await stage.shows(/Completed/, 'order', order.orderId);
    const sent = await eventually(
      'each webhook of IGF is answered',
      async () => {
        const webhooks = Sent.parse(await merchant.igf('webhooks'));
        return webhooks.every(({ status }) => status !== 'waiting') && webhooks;
      },
      30_000,
    );
    expect(sent.map(({ status }) => status)).toEqual(sent.map(() => 202));
  });

  step('asks for its refund, until a person has paid it', async () => {
    await stage.shows(/Refund due/, 'attention');
    const waiting = Tasks.parse(JSON.parse((await merchant.bridge('attention', '--json')).stdout));
    expect(waiting).toMatchObject([{ orderId: order.orderId, kind: 'refund-due' }]);
    for (const { rmaId, itemId } of waiting) {
      succeeded(await merchant.bridge('done', `${rmaId}/${itemId}`, '--note', 'paid'));
    }
    await stage.shows(/No return waits for a person/, 'attention');
  });
});

describe('when something goes wrong', () => {
  step('a call that IGF answers 429 is repeated after 30 s', async () => {
    const order = newOrder();
    await merchant.igf('faults', { operation: 'POST /listings', status: 429 });
    await stage.shipped(order);
    await stage.returned(order);
    await stage.shows(/stock-hub\/v1\/rma {2}retry, 1 attempt/, 'order', order.orderId);
    await stage.isListed(order.orderId);
    expect(await stage.listingsOf(order.orderId)).toEqual([429, 201]);
    await stage.shows(/stock-hub\/v1\/rma {2}done, 2 attempts/, 'order', order.orderId);
  });

  step('a call that IGF refuses is parked, shown in advance, and redriven', async () => {
    const order = newOrder();
    expect(succeeded(await merchant.bridge('parked'))).toMatch(/winkelstraat: 0 messages in the DLQ/);
    await merchant.igf('faults', { operation: 'POST /listings', status: 400 });
    await stage.shipped(order);
    await stage.returned(order);
    const parked = await stage.shows(/1 parked in the table/, 'parked');
    expect(parked).toMatch(/POST \/listings: IGF refused it with 400/);
    expect(parked).toMatch(/winkelstraat: 1 message in the DLQ/);
    const preview = await merchant.bridge('parked', 'redrive', '--preview');
    expect(succeeded(preview)).toMatch(/→ POST \/listings .*\n1 message would be retried/);
    expect(await stage.listingsOf(order.orderId)).toEqual([400]);

    expect(succeeded(await merchant.bridge('parked', 'redrive'))).toMatch(/winkelstraat: 1 message redriven/);
    await stage.isListed(order.orderId);
    expect(await stage.listingsOf(order.orderId)).toEqual([400, 201]);
    await stage.shows(/winkelstraat: 0 messages in the DLQ, 0 parked in the table/, 'parked');
  });

  step('a webhook that is answered 406 is kept, and replayed', async () => {
    const order = newOrder();
    await stage.shipped(order);
    expect((await stage.returned(order, { 'x-version': '' })).status).toBe(406);
    await stage.shows(/rejected +x-version is required/, 'rejected');
    const all = ['rejected', 'replay', '--all', '--x-version', '1.0.0'];
    expect(succeeded(await merchant.bridge(...all, '--preview'))).toMatch(
      /→ POST \/listings .*\n1 would be replayed/,
    );
    expect(await stage.listingsOf(order.orderId)).toEqual([]);
    expect(succeeded(await merchant.bridge(...all))).toMatch(/1 replayed, 0 still failing/);
    await stage.isListed(order.orderId);
    expect(succeeded(await merchant.bridge('rejected'))).toMatch(/No rejected webhooks/);
  });

  step('a webhook with a wrong key is answered 401', async () => {
    expect((await stage.shipped(newOrder(), { 'x-api-key': 'another-key' })).status).toBe(401);
  });
});

describe('every function', () => {
  step('of a schedule runs', async () => {
    const functions = await stage.resources('AWS::Lambda::Function');
    const scheduled = functions.filter(({ id }) => /^(Reconciler|QuarantineWatch)/.test(id));
    expect(scheduled).toHaveLength(2);
    for (const { name } of scheduled) {
      const answer = await merchant.aws('lambda', 'invoke', '--function-name', name, '/dev/null');
      expect(answer).toEqual({ StatusCode: 200, ExecutedVersion: '$LATEST' });
    }
  });

  step('was denied nothing', async () => {
    expect(await stage.logged(/AccessDenied|AuthorizationError|not authorized/)).toEqual([]);
  });
});

describe('a later deploy', () => {
  step('that changes a setting keeps what is there, and the bridge obeys it', async () => {
    const url = stage.output('WinkelstraatStockHubV1RmaUrl');
    await stage.deploy({ ...live, countries: 'BE' });
    expect(stage.output('WinkelstraatStockHubV1RmaUrl')).toBe(url);
    await stage.shows(/Completed/, 'order', '000000549');

    const fromTheNetherlands = newOrder();
    await stage.shipped(fromTheNetherlands);
    await stage.returned(fromTheNetherlands);
    await stage.shows(/country \(NL\) is not among/, 'order', fromTheNetherlands.orderId);
    expect(await stage.listingsOf(fromTheNetherlands.orderId)).toEqual([]);
  });

  step('that gives the API a domain name prints its URLs', async () => {
    const certificate = ['--domain-name', 'webhooks.example.org', '--validation-method', 'DNS'];
    const { CertificateArn } = Certificate.parse(
      await merchant.aws('acm', 'request-certificate', ...certificate),
    );
    await stage.deploy({
      ...live,
      countries: 'BE',
      domainName: 'webhooks.example.org',
      certificateArn: CertificateArn,
    });
    expect(stage.output('WinkelstraatStockHubV1RmaUrl')).toBe(
      'https://webhooks.example.org/winkelstraat/stock-hub/v1/rma',
    );
    expect(stage.output('DomainNameTarget')).toMatch(/execute-api/);
  });

  step('cdk diff finds no difference', async () => {
    const { code, all } = await merchant.cdk('diff', '--fail', ...stage.settings);
    expect({ code, all }).toEqual({ code: 0, all: expect.stringMatching(/There were no differences/) });
  });
});

const restored = `${stackName}-restored`;
/** What stayed of the deleted stack. */
let kept: readonly Resource[] = [];

describe('a table that was restored to another time', () => {
  step('has the orders, and the commands find it', async () => {
    const tables = await stage.resources('AWS::DynamoDB::Table');
    const from = ['--source-table-name', tables[0]?.name ?? '', '--use-latest-restorable-time'];
    await merchant.aws(
      'dynamodb',
      'restore-table-to-point-in-time',
      ...from,
      '--target-table-name',
      restored,
    );
    await stage.shows(/Completed/, 'order', '000000549', '--table', restored);
  });
});

describe('cdk destroy', () => {
  step('is refused until a person allows it; then the orders, the keys and the queues stay', async () => {
    kept = await stage.retained();
    const types = new Set(kept.map(({ type }) => type));
    expect(types).toEqual(
      new Set(['AWS::DynamoDB::Table', 'AWS::SecretsManager::Secret', 'AWS::SQS::Queue']),
    );

    expect((await merchant.cdk('destroy', '--force', ...stage.settings)).all).toMatch(
      /TerminationProtection/,
    );
    const allow = [...stack, '--no-enable-termination-protection'];
    await merchant.aws('cloudformation', 'update-termination-protection', ...allow);
    succeeded(await merchant.cdk('destroy', '--force', ...stage.settings));
    await expect(merchant.aws('cloudformation', 'describe-stacks', ...stack)).rejects.toThrow(
      /does not exist/,
    );

    for (const resource of kept) await stage.find(resource);
    const table = kept.find(({ type }) => type === 'AWS::DynamoDB::Table')?.name ?? '';
    expect(succeeded(await merchant.bridge('order', '000000549', '--table', table))).toMatch(/Completed/);
  });
});

describe('cdk import', () => {
  step('gives a new stack the restored table and the queues that stayed', async () => {
    const mapping = kept.flatMap(({ id, type, name }): [string, object][] => {
      if (type === 'AWS::DynamoDB::Table') return [[id, { TableName: restored }]];
      return type === 'AWS::SQS::Queue' ? [[id, { QueueUrl: name }]] : [];
    });
    expect(mapping).toHaveLength(7);
    using folder = mkdtempDisposableSync(join(tmpdir(), 'import-'));
    const file = join(folder.path, 'mapping.json');
    writeFileSync(file, JSON.stringify(Object.fromEntries(mapping)));
    succeeded(await merchant.cdk('import', '--resource-mapping', file, ...stage.settings));
    // The emulator can't import secrets. On AWS they are imported like the queues.
    for (const { type, name } of kept) {
      if (type !== 'AWS::SecretsManager::Secret') continue;
      const id = ['--secret-id', name, '--force-delete-without-recovery'];
      await merchant.aws('secretsmanager', 'delete-secret', ...id);
    }
    succeeded(await merchant.cdk('deploy', '--require-approval', 'never', ...stage.settings));
    expect(await stage.resources('AWS::DynamoDB::Table')).toMatchObject([{ name: restored }]);
    await stage.shows(/Completed/, 'order', '000000549');
  });
});
