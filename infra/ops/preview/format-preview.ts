import { z } from 'zod';
import { refOf } from '../../../lib/returns/order.ts';
import { returnId } from '../../../lib/returns/return-item.ts';
import type { Sender } from '../../../lib/webhooks/catalogue.ts';
import { readDelivery } from '../../../lib/worker/process.ts';
import { formatTime } from '../../cli/output.ts';
import { maybe, returnFields, texts } from '../result-fields.ts';
import type { PreviewedReturn, PreviewMessage } from './preview-message.ts';
import type { RecordedCall } from './recording-igf.ts';

/** What the worker would do with a message, line by line, without personal data. */
export async function previewBody(body: string, sender: Sender, preview: PreviewMessage): Promise<string[]> {
  const read = readDelivery(body, sender);
  if (!('envelope' in read)) return nothingAffected([`no call, parked again: ${read.reason}`]);
  const { orderId, returns, search, failure } = await preview(read);
  const lines = returns.flatMap((previewed) => {
    const { before, after } = previewed;
    const state = `${formatState(before)}. ${before?.why ?? ''}`.trimEnd();
    const steps = arrows(formatSteps(previewed));
    return [`order ${after.orderId}, return ${returnId(after)}: ${state}`, ...steps];
  });
  if (returns.length === 0) {
    const calls = formatCalls(search);
    lines.push(
      ...(orderId === undefined
        ? ['its return is not known', ...arrows([...calls, 'kept until its return is known'])]
        : nothingAffected([...calls, 'no call'])),
    );
  }
  return failure ? [...lines, ...arrows([`not done: ${failure}`])] : lines;
}

const nothingAffected = (steps: readonly string[]): string[] => ['no return is affected', ...arrows(steps)];

const arrows = (steps: readonly string[]): string[] => steps.map((step) => `  → ${step}`);

/** What the worker would do with a return, as a command answers it. */
export const Previewed = z.object({
  ...returnFields,
  state: maybe('its state now; null: not recorded yet'),
  steps: texts('what the worker would do: calls, or the next state and why'),
});
export type Previewed = z.input<typeof Previewed>;

export const toPreviewed = (previewed: PreviewedReturn): Previewed => ({
  ...{ ...refOf(previewed.after), state: previewed.before?.state, steps: formatSteps(previewed) },
});

/** A return in one line: what the worker would do with it. */
export const formatPreviewed = ({ state, steps, ...ref }: Previewed): string =>
  `Order ${ref.orderId}, return ${returnId(ref)}: ${state ?? 'not recorded yet'} → ${steps.join('; ')}`;

/** The state of a return, or that it is new. */
const formatState = (item: PreviewedReturn['before']): string => item?.state ?? 'not recorded yet';

/** What the worker would do with one return: the calls, or the new state and its reason. */
export function formatSteps({ before, after, calls, now }: PreviewedReturn): string[] {
  if (calls.length > 0) return formatCalls(calls);
  const { state, why, attention, pendingCall } = after;
  if (pendingCall && Date.parse(pendingCall.until) > now) {
    const until = formatTime(pendingCall.until);
    return [`no call before ${until}: an earlier call to ItGoesForward is still open`];
  }
  const verb = before?.state === state ? 'stays' : 'becomes';
  return [`no call, ${verb} ${state}: ${why}`, ...(attention ? [`attention: ${attention}`] : [])];
}

/** `POST /listings {"sku":"…",…}` */
const formatCalls = (calls: readonly RecordedCall[]): string[] =>
  calls.map(({ method, path, body, unsent }, at) => {
    const call = [method, path, body === undefined ? '' : JSON.stringify(body)].join(' ').trimEnd();
    const after = calls[at - 1]?.isAssumedEmpty ? 'then, after an empty answer: ' : '';
    return `${after}${call}${unsent === undefined ? '' : ` (not sent, and parked again: ${unsent})`}`;
  });
