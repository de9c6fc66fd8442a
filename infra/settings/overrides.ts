import * as z from 'zod/mini';

type Block = Record<string, unknown>;
type Schema = z.core.$ZodType | undefined;

/** Keys without a colon that the CDK CLI keeps in the context for itself. Its feature flags and look-ups have one. */
const notSettings = ['cli-telemetry', 'acknowledged-issue-numbers'];

/**
 * A stage's block with the command line on top: `-c mode=observe`, or `-c throttling.rate=5` within a setting.
 * A key that is not a setting stays in the result, so that the schema refuses it instead of `-c` being ignored.
 * @param context the CDK context without its stages: what `-c` set, and CDK's own keys
 */
export function withOverrides(block: Block, context: Block, settings: z.core.$ZodType): Block {
  const result = { ...block };
  for (const [key, value] of Object.entries(context)) {
    if (key.includes(':') || notSettings.includes(key)) continue;
    const [name = key, part = ''] = key.split('.', 2);
    const outer = bare(shapeOf(settings)[name]);
    if (outer instanceof z.ZodMiniObject || outer instanceof z.ZodMiniRecord) {
      result[name] = part
        ? { ...Object(result[name]), [part]: typed(value, bare(shapeOf(outer)[part])) }
        : typed(value, outer);
    } else {
      result[key] = typed(value, outer);
    }
  }
  return result;
}

/** A value of the command line is text: what its setting's type can read from it. The schema judges what it can't. */
function typed(value: unknown, schema: Schema): unknown {
  if (typeof value !== 'string') return value;
  switch (schema?._zod.def.type) {
    case 'boolean':
      return value === 'true' ? true : value === 'false' ? false : value;
    case 'number':
      return value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
    case 'array':
      return value.split(',').map((item) => item.trim());
    case 'record':
      return jsonOrText(value);
    default:
      return value;
  }
}

function jsonOrText(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** The schema of a setting without its default. */
export function bare(schema: Schema): Schema {
  return schema instanceof z.ZodMiniDefault || schema instanceof z.ZodMiniPrefault
    ? schema.def.innerType
    : schema;
}

/** The settings within a setting; none where it is a plain value. */
export function shapeOf(schema: Schema): Record<string, z.core.$ZodType> {
  return schema instanceof z.ZodMiniObject ? schema.shape : {};
}
