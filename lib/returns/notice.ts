import { type ReturnItem, returnId } from './return-item.ts';

/** What people are told of a return that needs them. */
export interface Notice {
  /** One line of at most 100 printable ASCII characters, as SNS wants it. */
  subject: string;
  body: string;
}

const longestSubject = 100;

/** Identifiers come from outside: no line breaks, nothing that is not printable, no end in sight. */
const inOneLine = (text: string, longest = 80): string => {
  const line = text.replace(/[\p{C}\s]+/gu, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest - 3)}...` : line;
};

const ascii = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^\x20-\x7e]/g, '?');

/**
 * The notice of what an item asks of a human. It names the order, the article and the return by their numbers and says
 * what the bridge itself made of them: nothing of a customer's address or words is in it, because mail is for anybody to
 * read. The rest is where it says to look.
 * @param where the item's key in the table
 */
export function noticeOf(
  item: ReturnItem,
  attention: string,
  { pk, sk }: { pk: string; sk: string },
): Notice {
  const order = inOneLine(item.orderId);
  const sku = (item.opening ?? item.closing)?.sku;
  const headline = attention.split(/[.:](?:\s|$)/, 1)[0] ?? attention;
  return {
    subject: ascii(inOneLine(`Order ${order}: ${headline}`, longestSubject)),
    body: [
      `Order:    ${order}`,
      `Article:  ${sku ? inOneLine(sku) : 'unknown'}`,
      `Return:   ${inOneLine(returnId(item))}, ${item.state}`,
      ...(item.listingId === undefined ? [] : [`Listing:  ${item.listingId} at ItGoesForward`]),
      ...(item.attentionSince === undefined ? [] : [`Since:    ${item.attentionSince}`]),
      '',
      'What it is, and what to do:',
      inOneLine(attention, 600),
      '',
      'Where to look, in the table of the bridge:',
      `pk = ${inOneLine(pk, 200)}`,
      `sk = ${inOneLine(sk, 200)}`,
      '',
    ].join('\n'),
  };
}
