import { skuOf } from './article.ts';
import { type ReturnItem, returnId } from './return-item.ts';
import { termOf } from './vocabulary.ts';

/** A notice for the people who look after returns. */
export interface Notice {
  /** One line of at most 100 printable ASCII characters. SNS requires this. */
  subject: string;
  body: string;
}

// In characters. A return may have several tasks, each with a text of its own.
const longestSubject = 100;
const longestAttention = 3000;
const longestShown = 60;

/**
 * Makes an identifier from outside printable, without line breaks, and at most so many characters long. A half of an
 * emoji at a cut could not be sent to SNS.
 */
const inOneLine = (text: string, longest = 80): string => {
  const line = [...text.replace(/[\p{C}\s]+/gu, ' ').trim()];
  return line.length > longest ? `${line.slice(0, longest - 3).join('')}...` : line.join('');
};

const ascii = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^\x20-\x7e]/g, '?');

/**
 * The unknown text that a return waits for, as it was sent, if a mail may show it: a short one with neither a digit nor
 * an `@`. Others may contain a number or an address of a person.
 */
function shownText({ unmappedTerm: term, opening, closing }: ReturnItem): string | undefined {
  if (!term) return undefined;
  const { field } = term;
  const sent =
    field === 'status' ? [opening?.unknownStatus, term.text] : [opening?.[field], closing?.[field]];
  const text = sent.find((known) => known !== undefined && termOf(known) === term.text);
  return text && [...text].length <= longestShown && !/[\p{N}@]/u.test(text) ? text : undefined;
}

/**
 * The notice of what a person must do about a return. It names the order, the article and the return by their numbers,
 * and contains only the bridge's own sentences and a short text that must be mapped. A mail is not confidential, so it
 * contains no address and no other words of a customer. It names the item of the table that has them.
 */
export function noticeOf(
  item: ReturnItem,
  attention: string,
  { pk, sk, poNumber }: { pk: string; sk: string; poNumber?: string | undefined },
): Notice {
  const order = inOneLine(item.orderId);
  const sku = skuOf(item);
  const text = shownText(item);
  const headline = attention.split(/[.:](?:\s|$)/, 1)[0] ?? attention;
  return {
    subject: inOneLine(ascii(`Order ${order}: ${headline}`), longestSubject),
    body: [
      `Order:    ${order}`,
      ...(poNumber === undefined ? [] : [`PO:       ${inOneLine(poNumber)}`]),
      `Article:  ${sku ? inOneLine(sku) : 'unknown'}`,
      `Return:   ${inOneLine(returnId(item))}, ${item.state}`,
      ...(item.listingId === undefined ? [] : [`Listing:  ${item.listingId} at ItGoesForward`]),
      ...(item.attentionSince === undefined ? [] : [`Since:    ${item.attentionSince}`]),
      '',
      'What to do:',
      inOneLine(attention, longestAttention),
      ...(text === undefined ? [] : [`The text: "${inOneLine(text)}"`]),
      '',
      'Where to look in the table of the bridge:',
      `pk = ${inOneLine(pk, 200)}`,
      `sk = ${inOneLine(sk, 200)}`,
      '',
    ].join('\n'),
  };
}

/** How many returns one notice describes. SNS takes 256 KB. */
const mostDescribed = 200;

/**
 * One notice of many returns, each with what a person must do. Like a notice of one return it contains only numbers and
 * the bridge's own sentences.
 * @param headline what they have in common, a sentence without its full stop
 */
export function noticeOfMany(
  headline: string,
  returns: readonly Pick<ReturnItem, 'orderId' | 'rmaId' | 'itemId' | 'attention' | 'attentionSince'>[],
): Notice {
  const described = returns.slice(0, mostDescribed);
  const left = returns.length - described.length;
  return {
    subject: ascii(inOneLine(headline, longestSubject)),
    body: [
      `${headline}.`,
      '',
      ...described.flatMap((item) => [
        `Order ${inOneLine(item.orderId)}, return ${inOneLine(returnId(item))}, since ${item.attentionSince ?? 'unknown'}`,
        inOneLine(item.attention ?? '', 600),
        '',
      ]),
      left > 0
        ? `${left} more: npx bridge attention lists them all.`
        : 'npx bridge attention lists them too.',
      '',
    ].join('\n'),
  };
}
