import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { streamSSE } from 'hono/streaming';
import { CommandError } from '../../cli/command-line.ts';
import { type OpenBridge, withBridge } from '../../ops/aws/open-bridge.ts';
import { addActions, type WithBridge } from './actions.ts';
import { type Html, layout, mainOf, type View } from './layout.ts';
import type { LocalRun } from './local-run.ts';
import { orderView } from './order.ts';
import { findView, overviewOf, tryIt } from './overview.ts';
import { sameOrigin } from './same-origin.ts';

/** Shows what the table has now. */
type Show = (bridge: OpenBridge, request: Context['req']) => Promise<View>;

const require = createRequire(import.meta.url);
const contentOf = (file: URL | string): string => readFileSync(file, 'utf8');

const files: Readonly<Record<string, readonly [type: string, content: () => string]>> = {
  'style.css': ['text/css', () => contentOf(new URL('style.css', import.meta.url))],
  'icon.svg': ['image/svg+xml', () => contentOf(new URL('icon.svg', import.meta.url))],
  // One file: htmx looks at the page without waiting for its extension.
  'htmx.js': [
    'text/javascript',
    () =>
      [require.resolve('htmx.org/dist/htmx.min.js'), require.resolve('htmx.org/dist/ext/hx-sse.min.js')]
        .map(contentOf)
        .join(';\n'),
  ],
};

/** Everything below `/_local`: the page for people, and what programs read of the local runtime. */
export function localSite(run: LocalRun): RequestListener {
  const app = new Hono().basePath('/_local');
  const self = ["'self'"];
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        ...{ defaultSrc: ["'none'"], baseUri: ["'none'"], frameAncestors: ["'none'"] },
        ...{ scriptSrc: self, styleSrc: self, imgSrc: self, connectSrc: self, formAction: self },
      },
      strictTransportSecurity: false,
    }),
    sameOrigin,
  );
  app.onError((error, context) =>
    context.text(failureText(error), error instanceof CommandError ? 400 : 500),
  );
  const withRun: WithBridge = (work) => withBridge({ local: run.world }, work);

  const show = (path: string, view: Show, aside?: Html): void => {
    app.get(path, (context) => {
      if (context.req.query('stream') !== undefined) return stream(context, view);
      const { pathname, search } = new URL(context.req.url);
      const source = `${pathname}${search === '' ? '?' : `${search}&`}stream`;
      return withRun(async (bridge) =>
        context.html(layout({ run, source, aside, ...(await view(bridge, context.req)) })),
      );
    });
  };
  /** Sends the view again whenever it has changed, for as long as the browser shows it. */
  const stream = (context: Context, view: Show): Response =>
    streamSSE(
      context,
      (events) =>
        withRun(async (bridge) => {
          for (let sent = ''; !events.aborted; ) {
            const { version } = run.trails;
            const data = String(mainOf(await view(bridge, context.req)));
            if (data !== sent) await events.writeSSE({ data });
            sent = data;
            const until = performance.now() + refreshMs;
            do await sleep(tickMs);
            while (!events.aborted && run.trails.version === version && performance.now() < until);
          }
        }),
      (error, events) => events.writeSSE({ data: failureText(error) }),
    );

  show('/', overviewOf(run), tryIt());
  show('/orders/:order', (bridge, request) => orderView(bridge, request.param('order') ?? ''));
  show('/find', (bridge, request) => findView(bridge, request.query('text') ?? ''));
  app.get('/alarms', (context) => context.json(run.alarms()));
  app.get('/metrics', (context) => context.json(run.metrics()));
  addActions(app, withRun);
  for (const [name, [type, content]] of Object.entries(files)) {
    app.get(name, (context) => context.body(content(), 200, { 'content-type': type }));
  }
  return getRequestListener(app.fetch, { overrideGlobalObjects: false });
}

/** The message of any other error may quote a body. */
const failureText = (error: Error): string =>
  error instanceof CommandError ? error.message : `The page could not be made: ${error.name}.`;

/** What changes without a log line, such as an alarm, is shown after this time. In real time. */
const refreshMs = 2000;
const tickMs = 150;
