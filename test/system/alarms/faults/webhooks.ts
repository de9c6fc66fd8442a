import { expect } from '@jest/globals';
import { rmaPath, type SimulatedStage } from '../simulated-stage.ts';
import { everyMinute, type Fault, forward } from './fault.ts';

const ingestOfWinkelstraat = (stage: SimulatedStage) =>
  stage.functions().filter((name) => /-Winkelstraat(PushApi|StockHub|Unknown)/.test(name));
const ingestOfIgf = (stage: SimulatedStage) => stage.functions().filter((name) => /-IgfV1/.test(name));
const everyFunction = (stage: SimulatedStage) => stage.functions();

/** Webhooks do not arrive, or are not taken. */
export const ofWebhooks: readonly Fault[] = [
  {
    fault: 'Winkelstraat shows an old key',
    begins: ({ wrong }) => (wrong.key = 'the-old-key'),
    hours: 3,
    rings: { 'wrong-key': 40 },
  },
  {
    fault: 'the secret of the key of Winkelstraat was never filled',
    begins: ({ aws }) => aws.secrets.delete('winkelstraat-key'),
    hours: 3,
    rings: { 'secret-unreadable': 45, 'server-errors': 45 },
  },
  {
    fault: 'the functions may not read their secrets',
    begins: ({ aws }) => (aws.refuses.secrets = true),
    hours: 3,
    rings: { 'secret-unreadable': 45, 'server-errors': 45 },
  },
  {
    fault: 'the functions that receive webhooks crash after a deploy',
    begins: (stage) => {
      for (const name of ingestOfWinkelstraat(stage)) stage.wrong.crashing.add(name);
    },
    hours: 3,
    rings: { 'server-errors': 45 },
  },
  {
    fault: 'the functions that receive the events of IGF crash after a deploy',
    begins: (stage) => {
      for (const name of ingestOfIgf(stage)) stage.wrong.crashing.add(name);
    },
    each: (stage, minute) => everyMinute(20, minute) && forward(stage),
    hours: 3,
    rings: { 'server-errors': 65 },
  },
  {
    fault: 'SQS takes no message',
    begins: ({ aws }) => (aws.refuses.sendMessage = true),
    hours: 3,
    rings: { 'server-errors': 45 },
  },
  {
    fault: 'the API admits too few requests',
    begins: ({ wrong }) => (wrong.gatewayRefuses = 429),
    hours: 3,
    rings: { 'throttled-requests': 45 },
  },
  {
    fault: "the account's concurrency is used up",
    begins: (stage) => {
      for (const name of everyFunction(stage)) stage.wrong.throttled.add(name);
    },
    over: { afterMinutes: 65, by: ({ wrong }) => wrong.throttled.clear() },
    hours: 8,
    rings: {
      'server-errors': 45,
      'functions-throttled': 30,
      'watch-stopped': 65,
    },
  },
  {
    fault: 'Winkelstraat posts to a URL of no webhook, with the right key',
    begins: ({ wrong }) => (wrong.pathEnd = '-item-v9'),
    hours: 3,
    rings: { 'unknown-route': 15 },
  },
  {
    fault: 'Winkelstraat posts to a URL with a slash at its end',
    begins: ({ wrong }) => (wrong.pathEnd = '/'),
    hours: 3,
    rings: {},
  },
  {
    fault: 'a stranger without a key tries many URLs',
    begins: () => {},
    each: async (stage) => {
      for (const path of [rmaPath, '/winkelstraat/.env', '/wp-login.php'])
        expect([401, 404]).toContain(await stage.post(path, '{}', { key: undefined }));
    },
    hours: 2,
    rings: {},
  },
  {
    fault: 'a webhook is too large to be kept',
    begins: async (stage) => {
      expect(await stage.post(rmaPath, stage.rma({ name: 'x'.repeat(500_000) }))).toBe(413);
    },
    hours: 3,
    rings: { 'not-kept': 1 },
  },
  {
    fault: 'a webhook is too large for the API itself',
    begins: ({ wrong }) => (wrong.gatewayRefuses = 413),
    over: { afterMinutes: 1, by: ({ wrong }) => (wrong.gatewayRefuses = undefined) },
    each: async (stage, minute) => minute === 0 && expect(await stage.post(rmaPath, stage.rma())).toBe(413),
    hours: 3,
    rings: { 'not-kept': 2 },
  },
  {
    fault: 'a webhook that is too large to be accepted is kept',
    begins: async (stage) => {
      expect(await stage.post(rmaPath, stage.rma({ name: 'x'.repeat(300_000) }))).toBe(413);
    },
    hours: 3,
    rings: {},
  },
  {
    fault: 'one webhook fails at every attempt, once an hour',
    begins: () => {},
    each: async (stage, minute) => {
      if (!everyMinute(60, minute)) return;
      for (const name of ingestOfWinkelstraat(stage)) stage.wrong.crashing.add(name);
      expect(await stage.post(rmaPath, stage.rma())).toBe(500);
      stage.wrong.crashing.clear();
    },
    hours: 24,
    rings: { 'server-errors': 2 * 60 + 2 },
  },
  {
    fault: 'Winkelstraat shows an old key once an hour',
    begins: () => {},
    each: async (stage, minute) =>
      everyMinute(60, minute) && expect(await stage.post(rmaPath, stage.rma(), { key: 'old' })).toBe(401),
    hours: 24,
    rings: { 'wrong-key': 2 * 60 + 2 },
  },
  {
    fault: 'Winkelstraat sends no webhook any more',
    begins: ({ wrong }) => (wrong.isSilent = true),
    hours: 26,
    rings: { 'no-webhooks': 24 * 60 + 1 },
  },
];
