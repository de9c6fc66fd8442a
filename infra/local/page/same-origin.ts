import type { MiddlewareHandler } from 'hono';

const own = /^(127\.0\.0\.1|localhost)(:\d{1,5})?$/;

/**
 * Refuses what a page of another site sends: by another name of this machine (DNS rebinding), and from another origin
 * (CSRF). A browser names the origin of each POST. The port is not compared, so that a forwarded one works.
 */
export const sameOrigin: MiddlewareHandler = async ({ req, text }, next) => {
  const host = req.header('host') ?? '';
  const origin = req.header('origin');
  if (!own.test(host)) {
    return text('This page answers at http://127.0.0.1 and http://localhost only: open it there.\n', 403);
  }
  const isRead = req.method === 'GET' || req.method === 'HEAD';
  if (origin === undefined ? !isRead : origin !== `http://${host}`) {
    return text('Only the page itself may send this: use its buttons, or npx bridge.\n', 403);
  }
  await next();
};
