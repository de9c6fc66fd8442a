/**
 * AWS's list prices in USD, without taxes and discounts: the only file with prices. A month has 730 hours.
 *
 * `offer-file`: read in AWS's own price files of eu-west-1 (https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/<service>/current/eu-west-1/index.json),
 * published between 2026-09-11 and 2026-10-01. Their prices of eu-central-1, and all others, are from people's knowledge
 * of the price pages (https://aws.amazon.com/<service>/pricing/) in November 2026: they may differ by some percent.
 */
export const pricesAsOf = '2026-11-27';

export const regions = ['eu-west-1', 'eu-central-1'] as const;
export type Region = (typeof regions)[number];

interface Price extends Readonly<Record<Region, number>> {
  /** How many units the price is for. */
  readonly per: number;
  readonly source: 'offer-file' | 'knowledge';
  /** What an account gets free each month, for ever. */
  readonly free?: number;
}

const million = 1_000_000;
const price = (
  per: number,
  ireland: number,
  frankfurt: number,
  more: Partial<Pick<Price, 'source' | 'free'>> = {},
): Price => ({ per, 'eu-west-1': ireland, 'eu-central-1': frankfurt, source: 'knowledge', ...more });
const read = { source: 'offer-file' } as const;

export const prices = {
  /** Each 512 KB of a request to an HTTP API. */
  apiRequest: price(million, 1.11, 1.2, read),
  lambdaRequest: price(million, 0.2, 0.2, { ...read, free: million }),
  /** On arm64. */
  lambdaGbSecond: price(1, 0.0000133334, 0.0000133334, { ...read, free: 400_000 }),
  /** Each 64 KB of a request to a standard queue. */
  sqsRequest: price(million, 0.4, 0.4, { ...read, free: million }),
  /** On demand. */
  dynamodbWriteUnit: price(million, 0.705, 0.7625),
  dynamodbReadUnit: price(million, 0.1415, 0.1525),
  dynamodbGbMonth: price(1, 0.283, 0.306, { free: 25 }),
  /** Point-in-time recovery. */
  dynamodbBackupGbMonth: price(1, 0.226, 0.245),
  /** Ingestion, in the standard class. */
  logGb: price(1, 0.57, 0.63, { ...read, free: 5 }),
  /** Of compressed logs. */
  logGbMonth: price(1, 0.03, 0.0324, read),
  xrayTrace: price(million, 5, 5, { free: 100_000 }),
  /** A month of each metric that an alarm reads. */
  alarmMetric: price(1, 0.1, 0.1, { ...read, free: 10 }),
  customMetric: price(1, 0.3, 0.3, { free: 10 }),
  /**
   * With at most 50 metrics. Each account has three free, for ever: the free tier of
   * https://aws.amazon.com/cloudwatch/pricing/ has no end for them. The offer file has 3 USD for each.
   */
  smallDashboard: price(1, 3, 3, { free: 3 }),
  dashboard: price(1, 3, 3),
  secret: price(1, 0.4, 0.4),
  secretRead: price(10_000, 0.05, 0.05),
  kmsRequest: price(10_000, 0.03, 0.03, { free: 20_000 }),
  snsPublish: price(million, 0.5, 0.5, { ...read, free: million }),
  snsMail: price(100_000, 2, 2, { free: 1000 }),
  /** To the internet. */
  egressGb: price(1, 0.09, 0.09, { free: 100 }),
} satisfies Record<string, Price>;
export type PriceName = keyof typeof prices;
