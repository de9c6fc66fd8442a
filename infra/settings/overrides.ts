import * as z from 'zod/mini';

type Block = Record<string, unknown>;
type Schema = z.core.$ZodType | undefined;

/** Keys without a colon that the CDK CLI itself puts into the context. Its feature flags and look-ups have a colon. */
const cdkKeys = ['cli-telemetry', 'acknowledged-issue-numbers'];

/**
 * A stage's block with the settings of the command line on top: `-c mode=observe`, or `-c throttling.rate=5` for an
 * inner one. Unknown keys stay, so that the schema refuses a mistyped `-c`.
 * @param context the CDK context without its stages: the settings of `-c`, and CDK's own keys
 */
export function withOverrides(block: Block, context: Block, settings: z.core.$ZodType): Block {
  const result = { ...block };
  for (const [key, value] of Object.entries(context)) {
    if (key.includes(':') || cdkKeys.includes(key)) continue;
    const [name = key, part = ''] = key.split('.', 2);
    const outer = unwrapDefault(innerSettings(settings)[name]);
    if (outer instanceof z.ZodMiniObject || outer instanceof z.ZodMiniRecord) {
      result[name] = part
        ? { ...Object(result[name]), [part]: parseText(value, innerSettings(outer)[part]) }
        : parseText(value, outer);
    } else {
      result[key] = parseText(value, outer);
    }
  }
  return result;
}

/** The text of `-c` as the setting's type. Text that does not fit the type stays, and the schema refuses it. */
function parseText(value: unknown, schema: Schema): unknown {
  if (typeof value !== 'string' || !schema) return value;
  const list = value.split(',').map((item) => item.trim());
  const isOfType = (reading: unknown): boolean =>
    !z.safeParse(schema, reading).error?.issues.some(
      // A fraction is a number, too: the schema says that it must be whole.
      (issue) => issue.code === 'invalid_type' && issue.expected !== 'int' && !issue.path.length,
    );
  return [value, parseJson(value), list].find(isOfType) ?? value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The schema of a setting without its default. */
export function unwrapDefault(schema: Schema): Schema {
  return schema instanceof z.ZodMiniDefault || schema instanceof z.ZodMiniPrefault
    ? schema.def.innerType
    : schema;
}

/** The schemas of the settings within a setting. A plain value has none. */
export function innerSettings(schema: Schema): Record<string, z.core.$ZodType> {
  return schema instanceof z.ZodMiniObject ? schema.shape : {};
}
