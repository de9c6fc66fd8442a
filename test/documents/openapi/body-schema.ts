import * as z from 'zod/mini';
import { documentedAs } from '../../../lib/webhooks/fields.ts';

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/**
 * The JSON Schema of what the vendor's document says of a body. The readers take more: what a schema documents stands
 * for what it reads.
 */
export function bodySchema(schema: z.ZodMiniType): JsonSchema {
  const { $schema: _, ...described } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      // A reader takes a field that is not there, and refuses it then: zod does not know that it is needed.
      if (zodSchema._zod.def.type === 'object') jsonSchema.required = neededFields(zodSchema._zod.def.shape);
      const as = documentedAs(zodSchema);
      if (!as) return;
      for (const keyword of Object.keys(jsonSchema)) delete jsonSchema[keyword];
      const { of, mayBeNull, ...keywords } = as;
      Object.assign(jsonSchema, of && bodySchema(of), keywords);
      if (mayBeNull) addNull(jsonSchema);
    },
  });
  return described;
}

const neededFields = (shape: z.core.$ZodShape): string[] =>
  Object.keys(shape).filter((name) => shape[name]?._zod.def.type !== 'optional');

/** Widens a schema of one type by null. A union has it already. */
function addNull(schema: JsonSchema): void {
  const types = new Set([schema.type ?? []].flat());
  if (types.size === 1) schema.type = [...types, 'null'] as unknown as 'null';
  if (schema.enum && !schema.enum.includes(null)) schema.enum = [...schema.enum, null];
}
