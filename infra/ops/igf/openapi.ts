import * as z from 'zod/mini';
import { methods } from '../../../lib/igf/endpoint.ts';
import { CommandError } from '../../cli/command-line.ts';

/** An operation of an OpenAPI file. */
export interface FileOperation {
  readonly title: string;
  readonly method: string;
  /** Below the base URL, as in our table. */
  readonly path: string;
}

const OpenApi = z.looseObject({
  openapi: z.string().check(z.regex(/^3\./)),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  servers: z._default(z.array(z.looseObject({ url: z.string() })), []),
});
const Operation = z.looseObject({ summary: z.optional(z.string()), operationId: z.optional(z.string()) });

/**
 * Reads the operations of an OpenAPI 3 file.
 * @throws CommandError in one line when the text is not such a file
 */
export function readOpenApi(text: string, fileName: string): FileOperation[] {
  const { data, error } = z.safeParse(OpenApi, parseJson(text, fileName));
  if (!data) {
    const at = error.issues.map(({ path }) => path.join('.') || 'the file').join(', ');
    throw new CommandError(`${fileName} is not an OpenAPI 3 file: ${at} is missing or invalid.`);
  }
  const basePath = (data.servers[0]?.url ?? '').replace(/^https?:\/\/[^/]*/, '');
  return Object.entries(data.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const { data: operation } = z.safeParse(Operation, item[method.toLowerCase()]);
      if (!operation) return [];
      const { summary, operationId = '' } = operation;
      return [{ title: summary ?? operationId, method, path: belowBase(basePath, path) }];
    }),
  );
}

/** A file may have the version in its server's URL or in each path; our table has it in neither. */
const belowBase = (basePath: string, path: string): string =>
  `${basePath}/${path}`
    .replaceAll(/\/+/g, '/')
    .replace(/^\/api\/v\d+(?=\/)/, '')
    .replace(/(?<=.)\/$/, '');

function parseJson(text: string, fileName: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CommandError(
      `${fileName} is not JSON. IGF's API page offers the file as JSON ("Download OpenAPI specification").`,
    );
  }
}
