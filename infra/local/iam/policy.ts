import * as z from 'zod/mini';

/** One value or several, as a list of texts. */
const listOf = <Item extends z.core.$ZodType<string | boolean>>(item: Item) =>
  z.pipe(
    z.union([item, z.array(item)]),
    z.transform((value) => [value].flat().map(String)),
  );
const patterns = listOf(z.string().check(z.regex(/^[^$]+$/, 'a policy variable is not known here')));
const values = listOf(z.union([z.string(), z.boolean()]));

/** The one key of conditions that is known of a call: the partition keys of the items that it names. */
const condition = z.optional(z.strictObject({ 'dynamodb:LeadingKeys': values }));

/**
 * A policy in as much of IAM's language as the template and `infra/policies/` use. What is not known here fails when it
 * is read, such as another operator of a condition.
 */
export const PolicyDocument = z.strictObject({
  Version: z.literal('2012-10-17'),
  Statement: z.array(
    z.strictObject({
      Sid: z.optional(z.string()),
      Effect: z.enum(['Allow', 'Deny']),
      Action: patterns,
      Resource: patterns,
      Condition: z.optional(z.strictObject({ 'ForAllValues:StringLike': condition, Null: condition })),
    }),
  ),
});
export type Statement = z.infer<typeof PolicyDocument>['Statement'][number];

/** What a call asks for. */
export interface Access {
  /** Such as `sqs:SendMessage`. */
  readonly action: string;
  /** The ARN, or `*` when the action has none. */
  readonly resource: string;
  /** Undefined when the call names no item. */
  readonly leadingKeys?: readonly string[] | undefined;
}

/** By identity-based policies alone: `implicit deny` means that no statement allows it. */
export type Decision = 'allow' | 'explicit deny' | 'implicit deny';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html */
export function decide(statements: readonly Statement[], access: Access): Decision {
  const effects = statements.filter((statement) => applies(statement, access)).map(({ Effect }) => Effect);
  if (effects.includes('Deny')) return 'explicit deny';
  return effects.includes('Allow') ? 'allow' : 'implicit deny';
}

const applies = ({ Action, Resource, Condition }: Statement, { action, resource, leadingKeys }: Access) =>
  Action.some((pattern) => isLike(action.toLowerCase(), pattern.toLowerCase())) &&
  Resource.some((pattern) => isLike(resource, pattern)) &&
  Object.entries(Condition ?? {}).every(
    ([operator, test]) =>
      !test || operators[operator as keyof typeof operators](leadingKeys, test['dynamodb:LeadingKeys']),
  );

type Operator = (found: readonly string[] | undefined, wanted: readonly string[]) => boolean;

const operators = {
  // True as well when the call has no such value: https://docs.aws.amazon.com/IAM/latest/UserGuide/
  // reference_policies_condition-single-vs-multi-valued-context-keys.html
  'ForAllValues:StringLike': (found = [], wanted) =>
    found.every((value) => wanted.some((pattern) => isLike(value, pattern))),
  Null: (found, wanted) => wanted.includes(String(found === undefined)),
} satisfies Record<string, Operator>;

/** Whether a text fits a pattern in which `*` stands for any text and `?` for one character. */
function isLike(text: string, pattern: string): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(text);
}
