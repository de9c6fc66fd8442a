import type { RoutePart } from './stack-parts.ts';

export interface RouteMatch {
  readonly route: RoutePart;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/**
 * Finds the route of a request as an HTTP API does: a full match before one with parameters, before a greedy one,
 * before `$default`; a method of its own before ANY.
 */
export function findRoute(
  routes: readonly RoutePart[],
  method: string,
  path: string,
): RouteMatch | undefined {
  const matches = routes.flatMap((route) => {
    const match = matchRoute(route, method, path);
    return match ? [match] : [];
  });
  return matches.sort((a, b) => a.rank - b.rank)[0];
}

function matchRoute(
  route: RoutePart,
  method: string,
  path: string,
): (RouteMatch & { rank: number }) | undefined {
  if (route.routeKey === '$default') return { route, pathParameters: {}, rank: 9 };
  const [routeMethod = '', template = ''] = route.routeKey.split(' ');
  if (routeMethod !== 'ANY' && routeMethod !== method) return undefined;
  const names: string[] = [];
  const pattern = template.split('/').map((segment) => {
    const parameter = /^\{([^+}]+)(\+?)\}$/.exec(segment);
    if (!parameter) return segment.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    names.push(parameter[1] ?? '');
    return parameter[2] ? '(.+)' : '([^/]+)';
  });
  const found = new RegExp(`^${pattern.join('/')}$`).exec(path);
  if (!found) return undefined;
  const kind = template.includes('+}') ? 4 : names.length > 0 ? 2 : 0;
  return {
    route,
    pathParameters: Object.fromEntries(names.map((name, index) => [name, decode(found[index + 1] ?? '')])),
    rank: kind + (routeMethod === 'ANY' ? 1 : 0),
  };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
