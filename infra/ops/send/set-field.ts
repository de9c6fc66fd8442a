import { UsageError } from '../../cli/command-line.ts';

/** The new value of a field. @param old the value that the example has */
export type NewValue = (old: unknown) => unknown;

/** A typed value: a text for a field that has a text, or else JSON if it is. `null` is null everywhere. */
export const typedValue =
  (text: string): NewValue =>
  (old) => {
    if (typeof old === 'string' && text !== 'null') return text;
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  };

type Container = Record<string, unknown>;

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;

/**
 * Changes a field of a body. `items.0.reason` names one field. A name alone, such as `reason`, is each field of this name
 * if the body itself has none. The entry after the last of a list begins as a copy of the first.
 * @throws UsageError for a field that the body does not have: a typing error must not go unnoticed
 */
export function setField(body: unknown, path: string, value: NewValue): void {
  const names = path.split('.');
  const last = names.pop() ?? '';
  const parent = names.reduce(enter, body);
  const isOwn = isContainer(parent) && enter(parent, last) !== undefined;
  const containers = isOwn ? [parent] : names.length === 0 ? containersWith(body, last) : [];
  if (containers.length === 0) throw new UsageError(`The example has no field ${path}.`);
  for (const container of containers) container[last] = value(container[last]);
}

/** A field of an object, or an entry of a list; undefined for one that is not there. */
function enter(container: unknown, name: string): unknown {
  if (!isContainer(container)) return undefined;
  if (Array.isArray(container) && container.length > 0 && name === String(container.length)) {
    container.push(structuredClone(container[0]));
  }
  return Object.hasOwn(container, name) ? container[name] : undefined;
}

/** The objects in a body that have a field of this name. */
function containersWith(value: unknown, name: string): Container[] {
  if (!isContainer(value)) return [];
  const inner = Object.values(value).flatMap((each) => containersWith(each, name));
  return !Array.isArray(value) && Object.hasOwn(value, name) ? [value, ...inner] : inner;
}
