import type { Context, Hono } from 'hono';
import { html } from 'hono/html';
import { streamSSE } from 'hono/streaming';
import * as z from 'zod/mini';
import { todoOf } from '../../../lib/returns/tasks.ts';
import { isoTime } from '../../../lib/runtime/time.ts';
import { CommandError } from '../../cli/command-line.ts';
import type { OpenBridge } from '../../ops/aws/open-bridge.ts';
import { answerTasks, makeChange } from '../../ops/returns/change-return.ts';
import { findReturn } from '../../ops/returns/waiting-returns.ts';
import { newOrderId } from '../../ops/send/example-body.ts';
import { runScenario, stepsOf } from '../../ops/send/scenario.ts';
import { entryOf, igfEvents, igfFaults, useControl } from './igf.ts';
import { type Html, orderLink } from './layout.ts';

/** Opens the bridge, and closes it after the work. */
export type WithBridge = <T>(work: (bridge: OpenBridge) => Promise<T>) => Promise<T>;

/** What the buttons do. Each answers with what happened, for the page's status line. */
export function addActions(app: Hono, withBridge: WithBridge): void {
  const action = <Schema extends z.ZodMiniType>(
    path: string,
    schema: Schema,
    act: (values: z.infer<Schema>, bridge: OpenBridge) => Promise<Html>,
  ): void => {
    app.post(path, async (context) => {
      const values = await readForm(context, schema);
      return withBridge(async (bridge) => context.html(await act(values, bridge)));
    });
  };

  action('/faults', z.object({ fault: z.string() }), async ({ fault }, bridge) => {
    const { text, body } = entryOf(igfFaults, 'fault', fault);
    await useControl(bridge.output('IgfBaseUrl'), 'faults', body);
    return html`<p>${text}</p>`;
  });
  action('/igf', z.object({ event: z.string(), listing: z.coerce.number() }), async (values, bridge) => {
    const { event, listing } = values;
    const { control, body } = entryOf(igfEvents, 'event', event);
    await useControl(bridge.output('IgfBaseUrl'), control, { ...body, listingId: listing });
    return html`<p>${event}: listing ${listing}</p>`;
  });
  const note = z.string().check(z.trim(), z.minLength(1, 'say what was done'));
  action('/done', z.object({ order: z.string(), return: z.string(), note }), async (values, bridge) => {
    const [at, by] = [isoTime(bridge.now()), await bridge.caller()];
    const item = await findReturn(bridge, values.return, values.order);
    const tasks = todoOf(item, at)?.tasks ?? [];
    if (tasks.length === 0) throw new CommandError(`Return ${values.return} needs no person any more.`);
    const remark = { note: values.note, by, at };
    const change = { orders: [item.orderId], cause: `DONE#${values.return}#${at}`, by };
    await makeChange(bridge, { ...change, write: (table) => answerTasks(table, item, tasks, remark) });
    return html`<p>Done, by ${by}: ${orderLink(item.orderId)}, return ${values.return}</p>`;
  });
  app.post('/scenarios', async (context) => {
    const { scenario } = await readForm(context, z.object({ scenario: z.string() }));
    // An unknown one is refused before anything is answered.
    stepsOf(scenario);
    return streamSSE(context, (events) =>
      withBridge(async (bridge) => {
        const orderId = newOrderId();
        const steps: Html[] = [];
        const say = (how: string): Promise<void> => {
          const data = html`<p>${scenario} ${how}: ${orderLink(orderId)}</p><ol>${steps}</ol>`;
          return events.writeSSE({ data: String(data) });
        };
        await say('begins');
        let isOver = true;
        for await (const { text, failed } of runScenario(scenario, orderId, bridge)) {
          if (events.aborted) return;
          steps.push(html`<li>${text}</li>`);
          isOver = !failed;
          await say('goes on');
        }
        await say(isOver ? 'is over' : 'stopped');
      }),
    );
  });
}

/** @throws CommandError that names what is wrong */
async function readForm<Schema extends z.ZodMiniType>(
  context: Context,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const read = z.safeParse(schema, await context.req.parseBody());
  if (read.success) return read.data;
  throw new CommandError(
    read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '),
  );
}
