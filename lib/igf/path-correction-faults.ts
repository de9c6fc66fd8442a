import { methods, type Operation, operationName } from './endpoint.ts';
import { operations, pathParameters } from './operations.ts';

/** A method and path without the names of parameters. IGF cannot distinguish two operations with the same one. */
const shape = (route: string): string => route.replaceAll(/\{[^{}]*\}/g, '{}');

const inBraces = (names: readonly string[]): string => names.map((name) => `{${name}}`).join(', ');

/** What is wrong with corrections, in words for the person who set them: "must …". With a fault none of them is used. */
export function pathCorrectionFaults(corrections: Readonly<Record<string, string>>) {
  return Object.entries(corrections).flatMap(([name, text]) => {
    const operation = operations.find((known) => known.name === name);
    const message = operation ? faultOf(operation, text, corrections) : unknown(name);
    return message ? [{ name, message }] : [];
  });
}

function faultOf(
  operation: Operation,
  text: string,
  all: Readonly<Record<string, string>>,
): string | undefined {
  const [, method = '', path = ''] = /^(\S+) (\S+)$/.exec(text) ?? [];
  if (!path) return `must be a method, a space and a path, such as "${operation.method} ${operation.path}"`;
  // A typing error must not turn a call that reads into one that changes something.
  const allowed = methods.filter((other) => (operation.method === 'GET') === (other === 'GET'));
  if (!allowed.some((other) => other === method)) return `must begin with ${allowed.join(' or ')}`;
  if (!/^(\/(?!\.{1,2}(\/|$))([\w.~-]|\{\w+\})+)+$/.test(path)) {
    return 'must have a path that begins with / and contains letters, digits, - . _ ~ and {parameters}';
  }
  const wanted = pathParameters(operation.path);
  const given = pathParameters(path);
  if (wanted.toSorted().join() !== given.toSorted().join()) {
    return `must have ${wanted.length > 0 ? `the parameter ${inBraces(wanted)} and no other` : 'no parameter'}`;
  }
  const sameRoute = operations.find(
    (other) => other !== operation && shape(all[other.name] ?? operationName(other)) === shape(text),
  );
  return sameRoute && `must not be the path of ${sameRoute.name} too`;
}

function unknown(name: string): string {
  const similar = operations.filter((known) => isSimilar(known.name, name)).map((known) => known.name);
  const guess = similar.length > 0 ? `: did you mean ${similar.join(' or ')}?` : '';
  return `must correct an operation that docs/igf.md names${guess}`;
}

/** Equal but for one letter, the case, or the order of two neighbours. */
function isSimilar(one: string, other: string): boolean {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  return Math.max(a.length, b.length) - start - end <= 2;
}
