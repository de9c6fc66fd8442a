import type { MiddlewareHandler } from 'hono';
import { isForeign } from '../../local-services.ts';

/** Refuses what a page of another site sends. A browser names the origin of each POST. */
export const sameOrigin: MiddlewareHandler = async ({ req, text }, next) => {
  const [host, origin] = [req.header('host'), req.header('origin')];
  if (isForeign({ host })) {
    return text('This page answers at http://127.0.0.1 and http://localhost only: open it there.\n', 403);
  }
  const isRead = req.method === 'GET' || req.method === 'HEAD';
  if (isForeign({ host, origin }) || (origin === undefined && !isRead)) {
    return text('Only the page itself may send this: use its buttons, or npx bridge.\n', 403);
  }
  await next();
};
