import { readableTime } from '../runtime/time.ts';
import { skuOf } from './article.ts';
import { npxBridge } from './npx-bridge.ts';
import { type ReturnItem, returnId } from './return-item.ts';
import { commandFor, isToMap } from './tasks.ts';
import { termOf } from './vocabulary.ts';

export interface Notice {
  /** One line of at most 100 printable ASCII characters. SNS requires this. */
  subject: string;
  body: string;
}

/** Where the bridge of a notice runs. Stage `local` runs on its reader's machine. */
export interface Deployment {
  stage: string;
  /** Such as `eu-west-1`. */
  region: string;
  table: string;
}

// In characters. A return may have several tasks, each with a text of its own.
const longestSubject = 100;
const longestAttention = 3000;
const longestShown = 60;

/** Makes a text from outside printable in one line. Half an emoji at a cut could not be sent to SNS. */
const inOneLine = (text: string, longest = 80): string => {
  const line = [...text.replace(/[\p{C}\s]+/gu, ' ').trim()];
  return line.length > longest ? `${line.slice(0, longest - 3).join('')}...` : line.join('');
};

const ascii = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^\x20-\x7e]/g, '?');

/** Whether a text is short, with neither a digit nor an `@`. Others may contain a number or an address of a person. */
export const isAnonymous = (text: string): boolean =>
  [...text].length <= longestShown && !/[\p{N}@]/u.test(text);

/** The unknown text that a return waits for, as it was sent, if a mail may show it. */
function shownText({ unmappedTerm: term, opening, closing }: ReturnItem): string | undefined {
  if (!term) return undefined;
  const { field } = term;
  const sent =
    field === 'status' ? [opening?.unknownStatus, term.text] : [opening?.[field], closing?.[field]];
  const text = sent.find((known) => known !== undefined && termOf(known) === term.text);
  return text && isAnonymous(text) ? text : undefined;
}

/** A subject that SNS takes. The text may become longer when it becomes ASCII, so that comes first. */
const subjectOf = (stage: string, text: string): string =>
  inOneLine(ascii(inOneLine(`[${stage}] ${text}`, 2 * longestSubject)), longestSubject);

function consoleLink({ region, table }: Deployment, { pk, sk }: Key): string {
  const item = Object.entries({ itemMode: '2', pk, route: 'ROUTE_ITEM_EXPLORER', sk, table })
    .map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`)
    .join('&');
  return `https://${region}.console.aws.amazon.com/dynamodbv2/home?region=${region}#edit-item?${item}`;
}

interface Key {
  pk: string;
  sk: string;
}

function introduction(item: ReturnItem, poNumber: string | undefined): string {
  const sku = skuOf(item);
  const po = poNumber === undefined ? '' : `, PO ${inOneLine(poNumber)}`;
  const { listingId, attentionSince } = item;
  return [
    `Return ${inOneLine(returnId(item))} of order ${inOneLine(item.orderId)}${po} waits for you.`,
    sku ? `Its article is ${inOneLine(sku)}.` : 'Its article is unknown.',
    `Its state is ${item.state}.`,
    listingId === undefined ? '' : `ItGoesForward has it as listing ${listingId}.`,
    attentionSince === undefined ? '' : `It has waited since ${readableTime(attentionSince)}.`,
  ]
    .filter(Boolean)
    .join(' ');
}

/**
 * The notice of what a person must do. A mail is not confidential, so it has numbers, the bridge's own sentences and a
 * short text that must be mapped, but no address and no other words of a customer. Its command and link show the rest.
 */
export function noticeOf(
  item: ReturnItem,
  attention: string,
  { poNumber, deployment, ...key }: Key & { poNumber?: string | undefined; deployment: Deployment },
): Notice {
  const { stage } = deployment;
  const text = shownText(item);
  const headline = attention.split(/[.:](?:\s|$)/, 1)[0] ?? attention;
  const command = (...words: string[]) => npxBridge(stage, ...words.map((word) => inOneLine(word, 200)));
  const tasks = item.tasks ?? [];
  const shows = commandFor(tasks, stage);
  const answer = ['When you have done it, type:', command('done', returnId(item), '--note', 'what you did')];
  return {
    subject: subjectOf(stage, `Order ${inOneLine(item.orderId)}: ${headline}`),
    body: [
      introduction(item, poNumber),
      '',
      `What to do: ${inOneLine(attention, longestAttention)}`,
      ...(text === undefined ? [] : [`The text: "${inOneLine(text)}"`]),
      '',
      'To see the whole order, type:',
      command('order', item.orderId),
      '',
      ...(shows ? ['To see what it is about, type:', shows, ''] : []),
      ...(tasks.every(isToMap) && tasks.length > 0 ? [] : [...answer, '']),
      ...(stage === 'local' ? [] : ['The return in the AWS console:', consoleLink(deployment, key), '']),
    ].join('\n'),
  };
}

/** How many returns one notice describes. SNS takes 256 KiB, and a link with two keys of the table up to 7 KiB. */
const mostDescribed = 25;

/** One notice of many returns, with the same kinds of content. @param headline a sentence without its full stop */
export function noticeOfMany(
  deployment: Deployment,
  headline: string,
  returns: readonly (Pick<ReturnItem, 'orderId' | 'rmaId' | 'itemId' | 'attention' | 'attentionSince'> &
    Key)[],
): Notice {
  const { stage } = deployment;
  const described = returns.slice(0, mostDescribed);
  const left = returns.length - described.length;
  return {
    subject: subjectOf(stage, headline),
    body: [
      `${inOneLine(headline, longestAttention)}.`,
      '',
      ...described.flatMap((item) => [
        `Order ${inOneLine(item.orderId)}, return ${inOneLine(returnId(item))}, since ${item.attentionSince ? readableTime(item.attentionSince) : 'unknown'}`,
        inOneLine(item.attention ?? '', 600),
        ...(stage === 'local' ? [] : [consoleLink(deployment, item)]),
        '',
      ]),
      ...(left > 0 ? [`${left} more ${left === 1 ? 'waits' : 'wait'}.`, ''] : []),
      'To see them all, type:',
      npxBridge(stage, 'attention'),
      '',
    ].join('\n'),
  };
}
