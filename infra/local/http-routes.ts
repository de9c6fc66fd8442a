import type { RoutePart } from './stack-parts.ts';

/** Finds the route of a request as an HTTP API does: a full match before one with parameters, before a greedy one. */
export function findRoute(routes: readonly RoutePart[], method: string, path: string) {
  return routes
    .flatMap((route) => matchRoute(route, method, path) ?? [])
    .sort((one, other) => one.rank - other.rank)[0];
}

/**
 * A path as it may be printed. The segments from a route's first parameter on may be secret, also if no route fits, as
 * with a mistyped event. They are hidden if a route has the same first segment. So is any as long as a token.
 */
export function printablePath(routes: readonly RoutePart[], path: string): string {
  const segments = path.split('/');
  const secrets = routes
    .map(({ routeKey }) => routeKey.split(' ')[1]?.split('/') ?? [])
    .filter((template) => template[1] === segments[1])
    .map((template) => template.findIndex((segment) => segment.startsWith('{')))
    .filter((index) => index > 0);
  const first = Math.min(...secrets, segments.length);
  return segments
    .map((segment, index) => (index >= first && segment ? '…' : segment.replace(/[\w-]{20,}/g, '…')))
    .join('/');
}

function matchRoute(route: RoutePart, method: string, path: string) {
  const [routeMethod = '', template = ''] = route.routeKey.split(' ');
  if (routeMethod !== method) return undefined;
  const pattern = template.replace(
    /\{(\w+)(\+?)\}|[.*+?^$()|[\]\\]/g,
    (special, name?: string, greedy?: string) =>
      name ? `(?<${name}>${greedy ? '.+' : '[^/]+'})` : `\\${special}`,
  );
  const found = new RegExp(`^${pattern}$`).exec(path);
  if (!found) return undefined;
  const parameters = Object.entries(found.groups ?? {});
  return {
    route,
    pathParameters: Object.fromEntries(parameters.map(([name, segment]) => [name, decode(segment)] as const)),
    rank: template.includes('+}') ? 2 : Math.min(parameters.length, 1),
  };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
