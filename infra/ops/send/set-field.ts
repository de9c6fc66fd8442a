import { UsageError } from '../../cli/command-line.ts';

type Parent = Record<string, unknown>;

/** Every field and entry of a body, by its path: `items.0.reason`. */
function fieldsOf(value: unknown, path = ''): { path: string; name: string; parent: Parent }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const field = { path: `${path}.${name}`, name, parent: value as Parent };
    return [field, ...fieldsOf(inner, field.path)];
  });
}

/**
 * Changes a field of a body: that of the path, or else each one whose path ends so, such as `reason`. A text stays a text.
 * Any other value is read as JSON if it is, and `null` is null everywhere.
 * @throws UsageError for a field that the body does not have: a typing error must not go unnoticed
 */
export function setField(body: unknown, path: string, value: string): void {
  const fields = fieldsOf(body);
  const exact = fields.filter((field) => field.path === `.${path}`);
  const found = exact.length > 0 ? exact : fields.filter((field) => field.path.endsWith(`.${path}`));
  if (found.length === 0) throw new UsageError(`The example has no field ${path}.`);
  for (const { parent, name } of found) {
    const isText = typeof parent[name] === 'string' && value !== 'null';
    parent[name] = isText ? value : parsed(value);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
