import { userInfo } from 'node:os';
import type { Context, Hono } from 'hono';
import { html } from 'hono/html';
import { streamSSE } from 'hono/streaming';
import * as z from 'zod/mini';
import { todoOf } from '../../../lib/returns/tasks.ts';
import { CommandError } from '../../cli/command-line.ts';
import type { OpenBridge } from '../../ops/aws/open-bridge.ts';
import { answerTasks, changeAndAdvance } from '../../ops/returns/change-return.ts';
import { findReturn } from '../../ops/returns/waiting-returns.ts';
import { newOrderId } from '../../ops/send/example-body.ts';
import { playgroundOf } from '../../ops/send/playground.ts';
import { runScenario } from '../../ops/send/run-scenario.ts';
import { igfEvents, igfFaults } from './igf.ts';
import { orderLink } from './layout.ts';

/** Opens the bridge for a piece of work. */
export type WithBridge = <T>(work: (bridge: OpenBridge) => Promise<T>) => Promise<T>;

const Done = z.object({
  order: z.string(),
  return: z.string(),
  note: z.string().check(z.trim(), z.minLength(1, 'say what was done')),
});
const Listing = z.object({ event: z.enum(Object.keys(igfEvents)), listing: z.coerce.number() });

/** What the buttons do. Each answers with what happened, for the page's status line. */
export function addActions(app: Hono, simulator: string, withBridge: WithBridge): void {
  app.post('/scenarios', (context) =>
    withForm(context, z.object({ scenario: z.string() }), ({ scenario }) =>
      streamSSE(context, (events) =>
        withBridge(async (bridge) => {
          const orderId = newOrderId();
          const steps: string[] = [];
          const say = (how: string) => {
            const done = steps.map((step) => html`<li>${step}</li>`);
            return events.writeSSE({
              data: `${html`<p>${scenario} ${how}: ${orderLink(orderId)}</p><ol>${done}</ol>`}`,
            });
          };
          await say('begins');
          let isOver = true;
          for await (const { text, failed } of runScenario(scenario, orderId, playgroundOf(bridge, true))) {
            if (events.aborted) return;
            steps.push(text);
            isOver = !failed;
            await say('goes on');
          }
          await say(isOver ? 'is over' : 'stopped');
        }),
      ),
    ),
  );
  app.post('/faults', (context) =>
    withForm(context, z.object({ fault: z.string() }), async ({ fault }) => {
      const chosen = igfFaults[fault];
      if (!chosen) throw new CommandError('There is no such fault.');
      await control(simulator, 'faults', chosen.fault);
      return context.html(html`<p>${chosen.text}</p>`);
    }),
  );
  app.post('/igf', (context) =>
    withForm(context, Listing, async ({ event, listing }) => {
      const { name, path, body } = igfEvents[event] ?? {};
      await control(simulator, path ?? '', { ...body, listingId: listing });
      return context.html(html`<p>${name}: listing ${listing}</p>`);
    }),
  );
  app.post('/done', (context) =>
    withForm(context, Done, ({ order, return: name, note }) =>
      withBridge(async (bridge) => {
        const at = new Date(bridge.now()).toISOString();
        const item = await findReturn(bridge, name, order);
        const tasks = todoOf(item, at)?.tasks ?? [];
        if (tasks.length === 0) throw new CommandError(`Return ${name} of order ${order} needs no person.`);
        const remark = { note, by: userInfo().username, at };
        await changeAndAdvance(bridge, order, `DONE#${name}#${at}`, (table) =>
          answerTasks(table, item, tasks, remark),
        );
        return context.html(html`<p>Done, by ${remark.by}: ${orderLink(order)}, return ${name}</p>`);
      }),
    ),
  );
}

/** Reads what a form sent. @throws CommandError that names what is wrong */
async function withForm<Schema extends z.ZodMiniType>(
  context: Context,
  schema: Schema,
  act: (values: z.infer<Schema>) => Response | Promise<Response>,
): Promise<Response> {
  const read = z.safeParse(schema, await context.req.parseBody());
  if (read.success) return act(read.data);
  const wrong = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new CommandError(wrong.join('; '));
}

/** Uses a control of the IGF simulator. @param body undefined deletes */
async function control(simulator: string, name: string, body: object | undefined): Promise<void> {
  const init = body ? { method: 'POST', body: JSON.stringify(body) } : { method: 'DELETE' };
  const answer = await fetch(`${simulator}${name}`, init);
  if (!answer.ok) throw new CommandError(`The simulator answered ${answer.status}: ${await answer.text()}`);
}
