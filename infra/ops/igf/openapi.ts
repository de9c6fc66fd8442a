import * as z from 'zod/mini';
import { CommandError } from '../command.ts';
import { type Resolve, type Shape, shapeOf } from './shape.ts';

/** One operation of an OpenAPI file. */
export interface FileOperation {
  readonly title: string;
  readonly method: string;
  /** Below the base URL, as the table has it. */
  readonly path: string;
  /** Of the path, by name. */
  readonly parameters: ReadonlyMap<string, Shape>;
  readonly query: Shape;
  readonly request: Shape | undefined;
  readonly answer: Shape | undefined;
}

const Loose = z.record(z.string(), z.unknown());
const OpenApi = z.looseObject({
  openapi: z.string().check(z.regex(/^3\./)),
  paths: z.record(z.string(), Loose),
  servers: z.optional(z.array(z.looseObject({ url: z.string() }))),
});
const Parameter = z.looseObject({
  name: z.string(),
  in: z.string(),
  required: z.optional(z.boolean()),
  schema: z.optional(z.unknown()),
});
const Content = z.looseObject({ content: z.optional(z.record(z.string(), Loose)) });

const methods = ['get', 'post', 'put', 'patch', 'delete'];

/**
 * Reads the operations of an OpenAPI 3 file.
 * @throws CommandError in one line when the text is no such file.
 */
export function readOpenApi(text: string, fileName: string): FileOperation[] {
  const document = jsonOf(text, fileName);
  const parsed = z.safeParse(OpenApi, document);
  if (!parsed.success) {
    const at = parsed.error.issues.map(({ path }) => path.join('.') || 'the file').join(', ');
    throw new CommandError(`${fileName} is not an OpenAPI 3 file: ${at} is missing or not as it should be.`);
  }
  const { paths, servers = [] } = parsed.data;
  const resolve = resolver(document, fileName);
  const basePath = pathOf(servers[0]?.url ?? '');
  return Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = z.safeParse(Loose, item[method]);
      if (!operation.success) return [];
      return [readOperation(method, belowBase(basePath, path), item, operation.data, resolve)];
    }),
  );
}

function readOperation(
  method: string,
  path: string,
  item: Record<string, unknown>,
  operation: Record<string, unknown>,
  resolve: Resolve,
): FileOperation {
  const all = [item.parameters, operation.parameters].flatMap((list) => (Array.isArray(list) ? list : []));
  const parameters = all.flatMap((each) => {
    const parsed = z.safeParse(Parameter, dereferenced(each, resolve));
    return parsed.success ? [parsed.data] : [];
  });
  const inQuery = parameters.filter((parameter) => parameter.in === 'query');
  return {
    title: String(operation.summary ?? operation.operationId ?? ''),
    method: method.toUpperCase(),
    path,
    parameters: new Map(
      parameters
        .filter((each) => each.in === 'path')
        .map(({ name, schema }) => [name, shapeOf(schema, resolve)]),
    ),
    query: {
      ...shapeOf(
        {
          type: 'object',
          properties: Object.fromEntries(inQuery.map(({ name, schema }) => [name, schema ?? {}])),
        },
        resolve,
      ),
      required: new Set(inQuery.filter(({ required }) => required).map(({ name }) => name)),
    },
    request: bodyOf(operation.requestBody, resolve),
    answer: answerOf(operation.responses, resolve),
  };
}

/** The schema of a body, whatever JSON type it is called. */
function bodyOf(body: unknown, resolve: Resolve): Shape | undefined {
  const parsed = z.safeParse(Content, dereferenced(body, resolve));
  const content = parsed.success ? (parsed.data.content ?? {}) : {};
  const json =
    Object.entries(content).find(([type]) => /json|\*\/\*/.test(type)) ?? Object.entries(content)[0];
  return json?.[1].schema === undefined ? undefined : shapeOf(json[1].schema, resolve);
}

/** The schema of the first success that has one. */
function answerOf(responses: unknown, resolve: Resolve): Shape | undefined {
  const successes = Object.entries(Object(responses)).filter(([status]) => /^2/.test(status));
  return successes.map(([, response]) => bodyOf(response, resolve)).find((shape) => shape !== undefined);
}

const dereferenced = (value: unknown, resolve: Resolve): unknown => {
  const ref = Object(value).$ref;
  return typeof ref === 'string' ? resolve(ref) : value;
};

/** Follows `#/components/…` within the file. */
function resolver(document: unknown, fileName: string): Resolve {
  return function resolve(ref) {
    if (!ref.startsWith('#/'))
      throw new CommandError(`${fileName} refers to another file, ${ref}: bundle them into one.`);
    const keys = ref
      .slice(2)
      .split('/')
      .map((key) => decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~'));
    const found = keys.reduce<unknown>((inner, key) => Object(inner)[key], document);
    if (found === undefined) throw new CommandError(`${fileName} has no ${ref}, to which it refers.`);
    return found;
  };
}

const pathOf = (url: string): string => url.replace(/^https?:\/\/[^/]*/, '');

/** A file may name the version in its server's URL or in each path; the table has neither. */
const belowBase = (basePath: string, path: string): string =>
  `${basePath}/${path}`
    .replaceAll(/\/+/g, '/')
    .replace(/^\/api\/v\d+(?=\/)/, '')
    .replace(/(?<=.)\/$/, '');

function jsonOf(text: string, fileName: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CommandError(
      `${fileName} is not JSON. The vendor's page offers the file as JSON ("Download OpenAPI specification").`,
    );
  }
}
