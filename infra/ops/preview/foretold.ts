import { type ReturnItem, returnId } from '../../../lib/returns/return-item.ts';
import { time } from '../order/time.ts';
import type { Foreseen, ForeseenReturn } from './foresee.ts';
import type { NextCall } from './next-calls.ts';

/** A call in words: `POST /listings {"sku":"…",…}`. */
export const tellCall = ({ when, method, path, body, unsent }: NextCall): string =>
  [
    when && `${when}:`,
    `${method} ${path}`,
    body !== undefined && JSON.stringify(body),
    unsent !== undefined && `(not sent, and parked again: ${unsent})`,
  ]
    .filter(Boolean)
    .join(' ');

/** Where a return stands, as people say it. */
export const standing = (item: ReturnItem | undefined): string => (item ? item.state : 'not recorded yet');

/** What would follow for one return, line by line, without anything personal. */
export function foretell({ before, decision, calls }: ForeseenReturn): string[] {
  if (calls.length > 0) return calls.map(tellCall);
  const { action, state, why, attention } = decision;
  const asks = attention ? [`attention: ${attention}`] : [];
  switch (action.kind) {
    case 'wait':
      return [`no call before ${time(action.until)}: an earlier call to ItGoesForward is still open`];
    case 'refused':
      return [`no call: ${action.reason}`];
    default:
      return [`no call, ${before?.state === state ? 'stays' : 'becomes'} ${state}: ${why}`, ...asks];
  }
}

/** What would follow for a whole message. */
export function foretellAll({ returns, search, matching }: Foreseen): string[] {
  const lines = returns.flatMap((foreseen) => {
    const { item, before } = foreseen;
    return [
      `order ${item.orderId}, return ${returnId(item)}: ${standing(before)}. ${before?.why ?? ''}`.trimEnd(),
      ...foretell(foreseen).map((line) => `  → ${line}`),
    ];
  });
  return [
    ...lines,
    ...(search ? ['its return is not known', ...search.map((call) => `  → ${tellCall(call)}`)] : []),
    ...(search ? ['  → kept until its return is known'] : []),
    ...(returns.length === 0 && !search ? ['no return is concerned', '  → no call'] : []),
    ...(matching ? ['shipments and listings are matched then (matchShipments), which no preview does'] : []),
  ];
}
