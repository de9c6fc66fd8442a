import { readFileSync } from 'node:fs';
import { createConfig, lint } from '@redocly/openapi-core';
import * as z from 'zod';
import { senders } from '../../../lib/webhooks/catalogue.ts';
import { webhookSample } from '../../support/samples.ts';
import { bodySchema } from './body-schema.ts';
import { openApiDocument } from './description.ts';

const file = 'docs/openapi.json';
const webhooks = senders.flatMap(({ name: sender, webhooks }) =>
  webhooks.map((webhook) => ({ ...webhook, sender })),
);

test('docs/openapi.json is what "npm run docs" writes', () => {
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
});

test('the linter finds nothing to say about docs/openapi.json', async () => {
  const rules = { 'info-license': 'off' } as const;
  const config = await createConfig({ extends: ['recommended-strict'], rules });
  const found = await lint({ ref: file, config });

  expect(found.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual([]);
});

test('it has an operation for each webhook, and one for all other paths of Winkelstraat', () => {
  expect(Object.keys(openApiDocument().paths)).toEqual(
    expect.arrayContaining([...webhooks.map(({ path }) => path), '/winkelstraat/{path}']),
  );
  expect(Object.keys(openApiDocument().paths)).toHaveLength(webhooks.length + 1);
});

test.each(webhooks)(
  "the sender's own sample has the documented types of $sender $name",
  ({ name, schema }) => {
    // The documents name the format `date-time` also where their samples have a blank for the T. It is an annotation.
    const described = JSON.parse(
      JSON.stringify(bodySchema(schema)).replaceAll('"format":"date-time"', '"format":""'),
    );

    expect(z.safeParse(z.fromJSONSchema(described), webhookSample(name)).error?.issues ?? []).toEqual([]);
  },
);

test.each(webhooks)('every field of $sender $name has a documented type', ({ schema }) => {
  expect(untyped(bodySchema(schema), '')).toEqual([]);
});

/** The paths of fields without a type. */
function untyped(schema: object, path: string): string[] {
  const { type, anyOf, properties, items } = schema as Record<string, unknown>;
  return [
    ...(type || anyOf ? [] : [path]),
    ...Object.values((anyOf ?? []) as object[]).flatMap((one) => untyped(one, path)),
    ...Object.entries((properties ?? {}) as Record<string, object>).flatMap(([name, one]) =>
      untyped(one, `${path}.${name}`),
    ),
    ...(items ? untyped(items as object, `${path}[]`) : []),
  ];
}
