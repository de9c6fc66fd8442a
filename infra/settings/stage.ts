import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod/mini';
import { Policy } from '../../lib/config/policy.ts';
import { pathCorrectionFaults } from '../../lib/igf/path-correction-faults.ts';
import { igfEnvironments, minimumRate } from './igf-rate-limit.ts';
import { innerSettings, unwrapDefault, withOverrides } from './overrides.ts';

/** The log retentions that CloudWatch accepts, in days. */
const retentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** AWS's regions in the European Union. Customers' names and addresses stay there. */
const Region = z.enum(['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3']);

/** Plain http is allowed to this machine only. Elsewhere anyone could read our key and the customers' addresses. */
const safeUrl = /^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost)(:\d+)?(\/|$))\S*[^\s/]$/;

const atLeastOne = z.int().check(z.gte(1));

/** A corrected path by the operation's name, such as `"cancelListing": "PUT /listings/{listingId}/cancel"`. */
const IgfPaths = z.record(z.string(), z.string()).check(
  z.check(({ value, issues }) => {
    for (const { name, message } of pathCorrectionFaults(value)) {
      issues.push({ code: 'custom', path: [name], message, input: value });
    }
  }),
);

const Email = z
  .string()
  .check(z.regex(/^(none|[^\s@,]+@[^\s@,]+\.[^\s@,.]+)$/, 'must be one e-mail address, or "none"'));

/** Each setting on its own. */
const Each = z.extend(Policy, {
  /** Where the stage is deployed. `cdk` and the operator's commands use it, whatever region the shell has. */
  region: Region,
  /** The AWS account. With it, a deploy with the credentials of another account fails. */
  account: z.optional(
    z.string().check(z.regex(/^\d{12}$/, 'must be the 12 digits of an AWS account, as text')),
  ),
  /** The API's own domain name in place of AWS's. It keeps the webhooks' URLs when the API is replaced. */
  domainName: z.optional(
    z
      .string()
      .check(z.regex(/^([a-z0-9-]+\.)+[a-z]{2,}$/, 'must be a domain name in lower case, without https://')),
  ),
  certificateArn: z.optional(
    z
      .string()
      .check(z.regex(/^arn:aws:acm:[a-z0-9-]+:\d{12}:certificate\/\S+$/, 'must be the ARN of a certificate')),
  ),
  /** The URL of IGF's REST API, including its version. */
  igfBaseUrl: z._default(
    z.string().check(z.regex(safeUrl, 'must be an https URL without a slash at its end')),
    'https://api.itgoesforward.com/api/v1',
  ),
  /** Methods and paths of IGF's operations that differ from `docs/igf.md`. */
  igfPaths: z._default(IgfPaths, {}),
  /** The most requests a second, and the most at once, of each route. The API answers 429 to more, and the sender retries. */
  throttling: z.prefault(
    z.strictObject({ rate: z._default(atLeastOne, 10), burst: z._default(atLeastOne, 50) }),
    {},
  ),
  /** Which functions X-Ray traces: none, those that no sender waits for, or all. */
  tracing: z._default(z.enum(['off', 'workers', 'all']), 'off'),
  logRetentionDays: z._default(
    z
      .number()
      .check(z.refine((days) => retentions.includes(days), `must be one of ${retentions.join(', ')}`)),
    30,
  ),
  /** This address gets notices of returns by mail, or nobody: `none`. AWS asks it to confirm the subscription. */
  attentionEmail: z.optional(Email),
  /** This address gets alarms by mail, or nobody: `none`. By default that of `attentionEmail`. */
  alarmEmail: z.optional(Email),
  /** After how many hours without a webhook of Winkelstraat an alarm rings. With 0 it never does. */
  noWebhookHours: z._default(z.int().check(z.gte(0), z.lte(168)), 0),
  /** Minutes between two starts of the reconciler. A run always ends before the next one starts. */
  reconcileMinutes: z._default(z.int().check(z.gte(10), z.lte(24 * 60)), 60),
  /** The most calls to IGF in one run of the reconciler. The next run polls the remaining returns. */
  reconcileCalls: z._default(z.int().check(z.gte(10), z.lte(10_000)), 300),
  /** How many messages of one sender are processed at once. SQS polling accepts a limit from 2 to 1000. */
  workerConcurrency: z._default(z.int().check(z.gte(2), z.lte(1000)), 2),
});

/** The settings of a stage: the merchant's policy, and the settings of the stack itself. */
export const Settings = Each.check(
  z.refine(
    ({ mode, attentionEmail }) => mode !== 'live' || attentionEmail !== undefined,
    'mode = "live" needs attentionEmail, the address that gets the notices of returns: ' +
      'nobody would learn that a refund is due. attentionEmail = "none" sends no mail',
  ),
  z.refine(
    ({ domainName, certificateArn }) => (domainName === undefined) === (certificateArn === undefined),
    'domainName and certificateArn need each other',
  ),
  z.refine(({ certificateArn, region }) => !certificateArn || certificateArn.split(':')[3] === region, {
    error: ({ input }) => {
      const { certificateArn, region } = input as z.infer<typeof Each>;
      return `certificateArn = "${certificateArn}" must be of region = "${region}"`;
    },
  }),
  z.refine((value) => value.igfMaxPerSecond >= minimumRate(value), {
    error: ({ input }) => {
      const { igfMaxPerSecond, workerConcurrency } = input as z.infer<typeof Each>;
      return (
        `igfMaxPerSecond = ${igfMaxPerSecond} must be at least ${minimumRate({ workerConcurrency })} with workerConcurrency = ${workerConcurrency}: ` +
        `${igfEnvironments({ workerConcurrency })} environments share it, and each call waits for its turn`
      );
    },
  }),
);

export type Settings = z.infer<typeof Settings>;

/** One deployment of the bridge. An account can have any number of them. The workers get its policy. */
export type Stage = ReturnType<typeof readStage>;

export const stackNameOf = (stageName: string): string => `returns-bridge-${stageName}`;

/** A setting that is unknown or impossible. The message is one line for the person who set it. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
}

const Context = z.looseObject({
  stage: z.string(),
  stages: z.record(z.string(), z.record(z.string(), z.unknown())),
});

const CdkJson = z.object({ context: z.record(z.string(), z.unknown()) });

/** The context of `cdk.json`: the default stage, and the settings of every stage. @throws SettingError */
export function cdkJsonContext(file = join(import.meta.dirname, '../../cdk.json')): Record<string, unknown> {
  try {
    return z.parse(CdkJson, JSON.parse(readFileSync(file, 'utf8'))).context;
  } catch (error) {
    const reason = error instanceof z.core.$ZodError ? 'it has no "context"' : String(Object(error).message);
    throw new SettingError(`cdk.json: ${reason.replaceAll(/\s+/g, ' ')}.`);
  }
}

/** The names of the stages in a CDK context. */
export const stageNames = (context: Record<string, unknown>): string[] =>
  Object.keys(z.safeParse(Context, context).data?.stages ?? {});

/** A stage's name becomes part of resource names, whose length is limited. */
const stageName = /^[a-z][a-z0-9-]{0,15}$/;

/**
 * The stage that a CDK context selects: the block `stages.<stage>`, with the settings of `-c` on top.
 * @throws SettingError that names the setting, its value and the allowed values.
 */
export function readStage(context: Record<string, unknown>) {
  const parsed = z.safeParse(Context, context);
  if (!parsed.success) {
    throw new SettingError('cdk.json needs "context": { "stage": <name>, "stages": { <name>: { … } } }.');
  }
  const { stage: name, stages, ...rest } = parsed.data;

  const block = Object.hasOwn(stages, name) ? stages[name] : undefined;
  if (!block) {
    throw new SettingError(
      `stage = ${show(name)}: cdk.json has ${Object.keys(stages).join(', ') || 'no stage'}.`,
    );
  }
  if (!stageName.test(name)) {
    throw new SettingError(`stage = ${show(name)}: use up to 16 lower case letters, digits and hyphens.`);
  }

  const wanted = withOverrides(block, rest, Settings);
  const settings = z.safeParse(Settings, wanted, { error: z.locales.en().localeError });
  if (!settings.success) {
    const faults = settings.error.issues.map((issue) => explain(issue, wanted));
    throw new SettingError(`Settings of stage ${show(name)}: ${faults.join('; ')}.`);
  }
  return { name, settings: settings.data, policy: policyOf(settings.data) };
}

/** The settings that differ from their defaults, such as `mode=observe`. One without a default is left out. */
export const changedSettings = (settings: Settings): string[] =>
  Object.entries(Each.shape).flatMap(([name, schema]) => {
    const usual: unknown = z.safeParse(schema, undefined).data;
    const value: unknown = Object(settings)[name];
    if (usual === undefined || isDeepStrictEqual(usual, value)) return [];
    return [`${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`];
  });

/** The merchant's part of the settings of a stage. */
export const policyOf = (settings: Settings): Policy => z.parse(z.object(Policy.shape), settings);

/** Names the fault and the allowed values, such as `mode = "obsrve" must be "live" or "observe"`. */
function explain(issue: z.core.$ZodIssue, settings: unknown): string {
  if (issue.code === 'unrecognized_keys') {
    const within =
      issue.path.length === 0 ? Settings : unwrapDefault(innerSettings(Settings)[String(issue.path[0])]);
    const unknown = issue.keys.map((key) => [...issue.path, key].join('.'));
    return `there is no setting ${unknown.join(', ')}, only ${Object.keys(innerSettings(within)).join(', ')}`;
  }
  // The message of a rule about several settings names them itself.
  if (issue.path.length === 0) return issue.message;
  const value = issue.path.reduce<unknown>((outer, key) => Object(outer)[key], settings);
  return `${issue.path.join('.')} = ${show(value)} ${allowed(issue)}`;
}

function allowed(issue: z.core.$ZodIssue): string {
  if (issue.message.startsWith('must')) return issue.message;
  if (issue.code === 'invalid_value') return `must be ${issue.values.map(show).join(' or ')}`;
  if (issue.code === 'invalid_type') return `must be of type ${issue.expected}`;
  return `is not allowed (${issue.message})`;
}

const show = (value: unknown): string =>
  (typeof value === 'bigint' ? String(value) : JSON.stringify(value)) ?? 'nothing';
