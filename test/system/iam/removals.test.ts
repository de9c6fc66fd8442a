import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Principals } from '../../../infra/local/iam/principals.ts';
import { eventually } from '../../support/eventually.ts';
import { newOrder } from '../e2e/orders.ts';
import { doneByLambda, EveryPath, sample } from './every-path.ts';

/** What is taken from a function. */
interface Permission {
  readonly fn: string;
  readonly action: string;
  /** The end of the ARN. */
  readonly of: string;
}

let all: EveryPath;

beforeAll(async () => {
  all = await EveryPath.start({ speed: 1800 });
});
afterAll(() => all?.[Symbol.asyncDispose]());

/** The function with its key, and without a permission. */
function without({ fn, action, of }: Permission): Principals {
  const [key = '', principal] =
    Object.entries(all.runtime.iam.read()).find(([each]) => each.endsWith(fn)) ?? [];
  const isOther = (resource: string): boolean => !resource.endsWith(of);
  const statements = (principal?.statements ?? []).flatMap((statement) => {
    const { Action, Resource } = statement;
    if (!Action.includes(action) || Resource.every(isOther)) return [statement];
    const others = Action.filter((each) => each !== action);
    return [
      { ...statement, Action: others },
      { ...statement, Action: [action], Resource: Resource.filter(isOther) },
    ];
  });
  if (!principal || statements.length === principal.statements.length) {
    throw new Error(`The template does not grant ${action} of ${of} to ${fn}.`);
  }
  return { [key]: { ...principal, statements } };
}

/** Whether the role was refused exactly this. */
const isDenied = ({ fn, action, of }: Permission, { iam } = all.runtime): boolean =>
  iam
    .uses()
    .some(
      ([role, asked, resource, decision]) =>
        decision === 'implicit deny' &&
        role.endsWith(`${fn}Role`) &&
        asked === action &&
        resource.endsWith(of),
    );

/** Something that needs the permission. @returns whether it has happened */
type Begin = () => Promise<() => Promise<boolean>>;

const winkelstraat = (path: string, body: unknown) => all.post(`/winkelstraat/${path}`, body);

/** A webhook is answered so. */
const answered =
  (path: string, body: unknown, status: number): Begin =>
  async () =>
  async () =>
    (await winkelstraat(path, body)) === status;

/** A new return is listed at IGF. */
const listed: Begin = async () => {
  const { orderId, shipment, rma } = newOrder();
  await winkelstraat('stock-hub/v1/shipment', shipment());
  await winkelstraat('stock-hub/v1/rma', rma());
  return async () => (await all.listingOf(orderId)) !== undefined;
};

/** A line is printed that was not there before. */
const printed =
  (pattern: RegExp, cause: () => Promise<unknown> = async () => {}): Begin =>
  async () => {
    const from = all.lines.length;
    await cause();
    return async () => all.lines.slice(from).some((line) => pattern.test(line));
  };

let texts = 0;
/** A text that nothing has had before. */
const newText = (): string => {
  texts += 1;
  return `text ${texts}`;
};
const unreadable = (): Promise<number> => winkelstraat('stock-hub/v1/invoice', `{"number": ${newText()}`);

interface Removal extends Permission {
  readonly begin: Begin;
}

const removals: readonly Removal[] = [
  {
    ...{ fn: 'WinkelstraatStockHubV1Order', action: 'sqs:SendMessage', of: '-WinkelstraatQueue' },
    begin: answered('stock-hub/v1/order', sample('stock-hub-v1-order'), 202),
  },
  {
    ...{ fn: 'WinkelstraatStockHubV1Invoice', action: 'sqs:SendMessage', of: '-QuarantineQueue' },
    begin: answered('stock-hub/v1/invoice', '{', 406),
  },
  {
    fn: 'WinkelstraatStockHubV1Creditmemo',
    action: 'secretsmanager:GetSecretValue',
    of: '/winkelstraat-key-local1',
    begin: answered('stock-hub/v1/creditmemo', sample('stock-hub-v1-creditmemo'), 202),
  },
  {
    fn: 'WinkelstraatWorker',
    action: 'secretsmanager:GetSecretValue',
    of: '/igf-key-local1',
    begin: listed,
  },
  {
    ...{ fn: 'IgfWorker', action: 'dynamodb:GetItem', of: '-Table' },
    begin: async () => {
      const listingId = await all.listed(newText());
      return await printed(/ done +v1\/shipped /, () =>
        all.control('/events', { eventType: 'SHIPPED', listingId }),
      )();
    },
  },
  { fn: 'WinkelstraatWorker', action: 'dynamodb:PutItem', of: '-Table', begin: listed },
  { fn: 'WinkelstraatWorker', action: 'dynamodb:Query', of: '-Table', begin: listed },
  { fn: 'WinkelstraatWorker', action: 'dynamodb:UpdateItem', of: '-Table', begin: listed },
  {
    ...{ fn: 'WinkelstraatWorker', action: 'sqs:ChangeMessageVisibility', of: '-WinkelstraatQueue' },
    begin: async () => {
      await all.control('/faults', { operation: 'POST /listings', status: 503, times: 1 });
      return listed();
    },
  },
  {
    ...{ fn: 'WinkelstraatWorker', action: 'sqs:SendMessage', of: '-WinkelstraatQueueDeadLetters' },
    begin: async () => {
      const before = await all.messagesIn('WinkelstraatQueueDeadLetters');
      await all.putUnreadable();
      return async () => (await all.messagesIn('WinkelstraatQueueDeadLetters')) > before;
    },
  },
  {
    ...{ fn: 'WinkelstraatWorker', action: 'sns:Publish', of: '-Attention' },
    begin: async () => {
      const { orderId, rma } = newOrder();
      return await printed(new RegExp(` attention .*${orderId}`), () =>
        winkelstraat('stock-hub/v1/rma', rma({}, { reason: newText() })),
      )();
    },
  },
  {
    ...{ fn: 'WinkelstraatWorker', action: 'sqs:ReceiveMessage', of: '-WinkelstraatQueue' },
    // What polls when the permission is taken still gets a message each.
    begin: async () => {
      const probes = await Promise.all(Array.from({ length: 5 }, listed));
      return async () => (await Promise.all(probes.map((probe) => probe()))).every(Boolean);
    },
  },
  {
    ...{ fn: 'QuarantineWorker', action: 'dynamodb:PutItem', of: '-Table' },
    begin: printed(/ quarantined /, unreadable),
  },
  {
    ...{ fn: 'QuarantineWorker', action: 'sqs:DeleteMessage', of: '-QuarantineQueue' },
    begin: async () => {
      const before = await all.messagesIn('QuarantineQueue');
      const stored = await printed(/ quarantined /, unreadable)();
      return async () => (await stored()) && (await all.messagesIn('QuarantineQueue')) <= before;
    },
  },
  {
    ...{ fn: 'ReconcilerFunction', action: 'dynamodb:Query', of: '-Table/index/tasks' },
    begin: async () => {
      const runEnds = await printed(/ reconciled |ReconcilerFunction/)();
      await eventually('the run that goes on is over', runEnds);
      return await printed(/ reconciled /)();
    },
  },
];

test.each(removals)('without $action of $of, $fn does not do its work', async ({ begin, ...permission }) => {
  const { iam } = all.runtime;
  const before = iam.read();
  iam.write({ ...before, ...without(permission) });
  const happenedWithout = await begin();
  const isTriedAndDenied = async () => {
    await happenedWithout();
    return isDenied(permission);
  };
  await eventually('it is denied', isTriedAndDenied);
  expect(await happenedWithout()).toBe(false);

  iam.write(before);
  await eventually('it happens with the permission', await begin());
});

/** Lambda asks for this once, when it begins to poll. */
const toBegin: Permission = {
  fn: 'WinkelstraatWorker',
  action: 'sqs:GetQueueAttributes',
  of: '-WinkelstraatQueue',
};

test('without sqs:GetQueueAttributes, Lambda does not poll the queue', async () => {
  await using other = await EveryPath.start({ speed: 600, principals: without(toBegin) });
  await eventually('it is denied', async () => isDenied(toBegin, other.runtime));
  const { shipment } = newOrder();
  expect(await other.post('/winkelstraat/stock-hub/v1/shipment', shipment())).toBe(202);
  expect(await other.messagesIn('WinkelstraatQueue')).toBe(1);
});

test('each kind of permission has been taken away once', () => {
  const kinds = Object.values(all.runtime.iam.read())
    .flatMap(({ statements }) => statements)
    .flatMap(({ Action }) => Action)
    .filter((action) => !doneByLambda.includes(action));
  const taken = [...removals, toBegin].map(({ action }) => action);
  expect(new Set(taken)).toEqual(new Set(kinds));
});
