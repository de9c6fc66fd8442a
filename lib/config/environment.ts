import * as z from 'zod/mini';

const text = z.string().check(z.minLength(1));
const httpUrl = z.string().check(z.regex(/^https?:\/\/\S+$/, 'must be an http(s) URL'));

export const IngestEnvironment = z.object({
  QUEUE_URL: httpUrl,
  REJECTED_QUEUE_URL: httpUrl,
  /** Name or ARN of the secret with the key that the sender sends. */
  SENDER_KEY_SECRET_ID: text,
});
export type IngestEnvironment = z.infer<typeof IngestEnvironment>;

// @__NO_SIDE_EFFECTS__
const numberLike = (form: RegExp, message: string) =>
  z.pipe(z.string().check(z.regex(form, message)), z.transform(Number));

// @__NO_SIDE_EFFECTS__
const wholeNumber = (unit: string) => numberLike(/^[1-9]\d*$/, `must be whole ${unit}`);

/** The queue that a worker consumes, and its DLQ. */
const queues = { QUEUE_URL: httpUrl, DEAD_LETTER_QUEUE_URL: httpUrl };

/** The configuration of every function that advances orders. */
export const AdvanceEnvironment = /* @__PURE__ */ z.object({
  /** The name of the stage, for notices. */
  STAGE: text,
  TABLE_NAME: text,
  /** IGF's REST API up to and with its version, such as `https://api.itgoesforward.com/api/v1`. */
  IGF_BASE_URL: httpUrl,
  /** Corrected methods and paths of its operations as JSON, see `lib/igf/endpoint.ts`. */
  IGF_PATHS: text,
  /** Name or ARN of the secret with our IGF api-key. */
  IGF_KEY_SECRET_ID: text,
  /** The stage's policies as JSON, see `lib/config/policy.ts`. */
  POLICY: text,
  /** The topic for notices: returns that need a human. */
  ATTENTION_TOPIC_ARN: text,
  CLAIM_LEASE_SECONDS: wholeNumber('seconds'),
  /** This environment's share of policy `igfMaxPerSecond`, in calls a second. */
  IGF_CALLS_PER_SECOND: numberLike(/^(?=.*[1-9])\d+(\.\d+)?$/, 'must be a number above 0'),
});
export type AdvanceEnvironment = z.infer<typeof AdvanceEnvironment>;

export const WorkerEnvironment = /* @__PURE__ */ z.extend(AdvanceEnvironment, queues);
export type WorkerEnvironment = z.infer<typeof WorkerEnvironment>;

export const ReconcilerEnvironment = /* @__PURE__ */ z.extend(AdvanceEnvironment, {
  /** The table's index of open tasks. */
  TASKS_INDEX: text,
  /** Our own API: IGF's subscriptions must post to it. */
  API_URL: httpUrl,
  /** The most calls to IGF in one run. */
  RECONCILE_CALLS: wholeNumber('calls'),
});
export type ReconcilerEnvironment = z.infer<typeof ReconcilerEnvironment>;

export const QuarantineEnvironment = /* @__PURE__ */ z.object({ TABLE_NAME: text, ...queues });
export type QuarantineEnvironment = z.infer<typeof QuarantineEnvironment>;

export const QuarantineWatchEnvironment = /* @__PURE__ */ z.object({
  TABLE_NAME: text,
  TASKS_INDEX: text,
});
export type QuarantineWatchEnvironment = z.infer<typeof QuarantineWatchEnvironment>;

/** The variables as the stack must set them: forgetting one is a compile error. */
export type Variables<Environment> = Record<keyof Environment, string>;

/** Reads the environment, at cold start. @throws Error that names every missing or wrong variable, never a value */
export function readEnvironment<Schema extends z.ZodMiniType>(
  schema: Schema,
  variables: Record<string, string | undefined> = process.env,
): z.infer<Schema> {
  const parsed = z.safeParse(schema, variables);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')} (${issue.message})`);
  throw new Error(`This function's environment is incomplete: ${wrong.join(', ')}. Deploy the stack again.`);
}
