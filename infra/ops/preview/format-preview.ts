import { returnId } from '../../../lib/returns/return-item.ts';
import type { Sender } from '../../../lib/webhooks/catalogue.ts';
import { readDelivery } from '../../../lib/worker/process.ts';
import { formatTime } from '../../cli/output.ts';
import type { Preview, PreviewedReturn, PreviewMessage } from './preview-message.ts';
import type { RecordedCall } from './recording-igf.ts';

/** Previews the body of a message, line by line. */
export async function previewBody(
  body: string,
  sender: Sender,
  now: number,
  preview: PreviewMessage,
): Promise<string[]> {
  const read = readDelivery(body, sender);
  if (!('envelope' in read)) {
    return ['no return is affected', `  → no call, parked again: ${read.reason}`];
  }
  return formatPreview(await preview(read, now), now);
}

/** What the worker would do with a message, without personal data. */
function formatPreview({ orderId, returns, search, failure }: Preview, now: number): string[] {
  const lines = returns.flatMap((previewed) => {
    const { before, after } = previewed;
    const state = `${formatState(before)}. ${before?.why ?? ''}`.trimEnd();
    return [
      `order ${after.orderId}, return ${returnId(after)}: ${state}`,
      ...arrows(formatSteps(previewed, now)),
    ];
  });
  const isUnknown = orderId === undefined;
  const nothing = isUnknown ? 'its return is not known' : 'no return is affected';
  const then = isUnknown ? 'kept until its return is known' : 'no call';
  return [
    ...lines,
    ...(returns.length === 0 ? [nothing, ...arrows([...formatCalls(search), then])] : []),
    ...(failure ? arrows([`not done: ${failure}`]) : []),
  ];
}

const arrows = (steps: readonly string[]): string[] => steps.map((step) => `  → ${step}`);

/** A return in one line: what the worker would do with it. */
export function formatReturn(previewed: PreviewedReturn): string {
  const { before, after } = previewed;
  const steps = formatSteps(previewed, Date.now()).join('; ');
  return `Order ${after.orderId}, return ${returnId(after)}: ${formatState(before)} → ${steps}`;
}

/** The state of a return, or that it is new. */
const formatState = (item: PreviewedReturn['before']): string => item?.state ?? 'not recorded yet';

/** What the worker would do with one return: the calls, or the new state and its reason. */
export function formatSteps({ before, after, calls }: PreviewedReturn, now: number): string[] {
  if (calls.length > 0) return formatCalls(calls);
  const { state, why, attention, pendingCall } = after;
  if (pendingCall && Date.parse(pendingCall.until) > now) {
    return [
      `no call before ${formatTime(pendingCall.until)}: an earlier call to ItGoesForward is still open`,
    ];
  }
  const verb = before?.state === state ? 'stays' : 'becomes';
  return [`no call, ${verb} ${state}: ${why}`, ...(attention ? [`attention: ${attention}`] : [])];
}

const formatCalls = (calls: readonly RecordedCall[]): string[] =>
  calls.map(
    (call, at) =>
      `${calls[at - 1]?.isAssumedEmpty ? 'then, after an empty answer: ' : ''}${formatCall(call)}`,
  );

/** `POST /listings {"sku":"…",…}` */
function formatCall({ method, path, body, unsent }: RecordedCall): string {
  const call = [method, path, ...(body === undefined ? [] : [JSON.stringify(body)])].join(' ');
  return unsent === undefined ? call : `${call} (not sent, and parked again: ${unsent})`;
}
