import * as z from 'zod/mini';
import { Policy } from '../../lib/config/policy.ts';
import { pathCorrectionFaults } from '../../lib/igf/path-correction-faults.ts';
import { igfEnvironments, leastRate } from './igf-rate-limit.ts';
import { bare, shapeOf, withOverrides } from './overrides.ts';

/** The log retentions that CloudWatch takes, in days. */
const retentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Plain http only to this machine: elsewhere it would carry our key and customers' addresses for all to read. */
const safeUrl = /^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost)(:\d+)?(\/|$))\S*[^\s/]$/;

const atLeastOne = z.int().check(z.gte(1));

/** By the operation's name, such as `"cancelListing": "PUT /listings/{listingId}/cancel"`. */
const IgfPaths = z.record(z.string(), z.string()).check(
  z.check(({ value, issues }) => {
    for (const { name, message } of pathCorrectionFaults(value)) {
      issues.push({ code: 'custom', path: [name], message, input: value });
    }
  }),
);

/** Each setting by itself. */
const Each = z.extend(Policy, {
  /** IGF's REST API up to and with its version. */
  igfBaseUrl: z._default(
    z.string().check(z.regex(safeUrl, 'must be an https URL without a slash at its end')),
    'https://api.itgoesforward.com/api/v1',
  ),
  /** Where IGF's operations are, in place of what `docs/igf.md` says. */
  igfPaths: z._default(IgfPaths, {}),
  /** What the API takes in all: requests a second, and how many at once. Beyond, it answers 429 and the sender retries. */
  throttling: z.prefault(
    z.strictObject({ rate: z._default(atLeastOne, 50), burst: z._default(atLeastOne, 100) }),
    {},
  ),
  /** How long logs are kept. */
  logRetentionDays: z._default(
    z
      .number()
      .check(z.refine((days) => retentions.includes(days), `must be one of ${retentions.join(', ')}`)),
    30,
  ),
  /** Who is told by mail what needs a human: notices of returns, and alarms. AWS asks the address to confirm. */
  attentionEmail: z.optional(
    z.string().check(z.regex(/^[^\s@,]+@[^\s@,]+\.[^\s@,.]+$/, 'must be one e-mail address')),
  ),
  /** Minutes between two runs of the reconciler; a run never lasts into the next one. */
  reconcileMinutes: z._default(z.int().check(z.gte(10), z.lte(24 * 60)), 60),
  /** The most calls to IGF in one run of the reconciler. What is left is asked about in the next. */
  reconcileCalls: z._default(z.int().check(z.gte(10), z.lte(10_000)), 300),
  /** How many messages of one sender are worked on at once. SQS polling can be bounded to 2 at least, 1000 at most. */
  workerConcurrency: z._default(z.int().check(z.gte(2), z.lte(1000)), 2),
});

/** What can be set per stage: the merchant's policies and what the stack itself needs to know. */
export const Settings = Each.check(
  z.check(({ value, issues }) => {
    const least = leastRate(value);
    if (value.igfMaxPerSecond >= least) return;
    issues.push({
      code: 'custom',
      path: [],
      message:
        `igfMaxPerSecond = ${value.igfMaxPerSecond} must be at least ${least} with workerConcurrency = ${value.workerConcurrency}: ` +
        `${igfEnvironments(value)} environments share it, and each call waits for its turn`,
      input: value,
    });
  }),
);

export type Settings = z.infer<typeof Settings>;

/** One deployment of the bridge. Any number of them live in one account. */
export interface Stage {
  readonly name: string;
  readonly settings: Settings;
  /** The settings that the workers decide by. */
  readonly policy: Policy;
}

/** The name of a stage's stack: the stage is part of it, and so of every name that CloudFormation gives. */
export const stackNameOf = (stageName: string): string => `returns-bridge-${stageName}`;

/** A setting that is unknown or impossible. The message is one line, written for the person who set it. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
}

const Context = z.looseObject({
  stage: z.string(),
  stages: z.record(z.string(), z.record(z.string(), z.unknown())),
});

/** A stage's name becomes part of resource names, which have little room. */
const stageName = /^[a-z][a-z0-9-]{0,15}$/;

/**
 * The stage that a CDK context asks for: the block `stages.<stage>`, with the settings that `-c` puts beside it on top.
 * @throws SettingError that names the setting, its value and what is allowed.
 */
export function readStage(context: Record<string, unknown>): Stage {
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
  return { name, settings: settings.data, policy: z.parse(z.object(Policy.shape), settings.data) };
}

/** What is wrong and what is allowed, such as `mode = "obsrve" must be "live" or "observe"`. */
function explain(issue: z.core.$ZodIssue, settings: unknown): string {
  if (issue.code === 'unrecognized_keys') {
    const within = issue.path.length === 0 ? Settings : bare(shapeOf(Settings)[String(issue.path[0])]);
    const unknown = issue.keys.map((key) => [...issue.path, key].join('.'));
    return `there is no setting ${unknown.join(', ')}, only ${Object.keys(shapeOf(within)).join(', ')}`;
  }
  // What several settings say together names them itself.
  if (issue.path.length === 0) return issue.message;
  const value = issue.path.reduce<unknown>((outer, key) => Object(outer)[key], settings);
  return `${issue.path.join('.')} = ${show(value)} ${allowed(issue)}`;
}

function allowed(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return `must be ${issue.values.map(show).join(' or ')}`;
  if (issue.code === 'invalid_type') {
    return `must be ${issue.expected === 'boolean' ? 'true or false' : `of type ${issue.expected}`}`;
  }
  return issue.message.startsWith('must') ? issue.message : `is not allowed (${issue.message})`;
}

const show = (value: unknown): string =>
  (typeof value === 'bigint' ? String(value) : JSON.stringify(value)) ?? 'nothing';
