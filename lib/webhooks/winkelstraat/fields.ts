/**
 * The kinds of value in Winkelstraat's documents, as tolerant readers. Alone they refuse what they can't read, so that
 * a needed field is needed; within `optional` they count it as not sent.
 */
import { fitsInKey } from '../../config/limits.ts';
import { type RmaStatus, rmaStatuses, shipmentStatuses } from '../../facts/vendor-terms.ts';
import { isoUtc } from '../dates.ts';
import {
  type Context,
  type DocumentedType,
  entriesOf,
  isNone,
  type NamedFields,
  optional,
  reader,
  refuse,
  remark,
  renamed,
} from '../fields.ts';
import { decodeEntities } from '../html-entities.ts';

/** Control, formatting (zero-width) and half characters, which nobody typed on purpose and no terminal should get. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}]/gu;

/** Text without entities, line breaks, invisible characters, and blanks around it. */
const clean = (text: string): string =>
  decodeEntities(text)
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ')
    .replace(invisible, '')
    .trim();

/** The same in Unicode's composed form (NFC). */
const composed = (text: string): string => clean(text).normalize('NFC');

/** The document's word on a text. */
const asText = { type: 'string' };

/** A text, or the decimal text of a number that has lost no digits. */
function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value !== 'number' || Math.abs(value) > Number.MAX_SAFE_INTEGER) return undefined;
  return /[a-z]/i.test(String(value)) ? undefined : String(value);
}

/** The text of a text or a number, or of a list of lines. */
function textOf(value: unknown): string | undefined {
  const lines = entriesOf(value)?.filter((line) => !isNone(line));
  if (!lines) return scalarText(value);
  const texts = lines.map(scalarText);
  return texts.includes(undefined) ? undefined : texts.join(' ');
}

// @__NO_SIDE_EFFECTS__
const textWithout = (lost?: string) =>
  reader((value, context) => {
    const written = textOf(value);
    const isLost = lost !== undefined && written?.includes(lost);
    if (written === undefined || isLost) return refuse(context, 'must be text', value);
    return composed(written) || undefined;
  }, asText);

/** An empty text is absent. */
export const text = textWithout();

/** Text of an address. A letter that was lost on its way (U+FFFD) must not reach a label. */
export const addressText = textWithout('\ufffd');

/**
 * A text that is a part of table keys. It is kept as it is written, but for what `clean` removes: other systems compare
 * identifiers by letters. A long one may have two faults.
 */
function keyOf(written: string, context: Context): string {
  const key = isNone(written) ? '' : clean(written);
  if (key === '') refuse(context, 'must not be empty', written);
  if (key.length > 200) refuse(context, 'must be at most 200 characters', written);
  if (!fitsInKey(key)) {
    refuse(context, 'must be shorter: it has characters that take several bytes in a key', written);
  }
  return key;
}

/** The document names no form. No identifier of this form is refused. */
const asIdentifier = { ...asText, pattern: '^[A-Za-z0-9][A-Za-z0-9 ._/:+-]{0,199}$' };

// @__NO_SIDE_EFFECTS__
const identifierAs = (as: DocumentedType) =>
  reader((value, context) => {
    const isFraction = typeof value === 'number' && !Number.isInteger(value);
    const written = isFraction ? undefined : scalarText(value);
    if (written !== undefined) return keyOf(written, context);
    return refuse(context, 'must be an identifier (text or a whole number)', value);
  }, as);

/** An sku, or the id of an item. Some webhooks send a number. It is part of a table key, so its length is limited. */
export const identifier = identifierAs(asIdentifier);

/** An identifier that the document has as a number. */
export const numericIdentifier = identifierAs({ type: 'integer', minimum: 0 });

/** The number of an order, an RMA or a shipment. As a JSON number it may have lost its leading zeros. */
export const documentNumber = /* @__PURE__ */ reader((value, context) => {
  if (typeof value === 'number') {
    return refuse(context, 'must be text: as a JSON number it may have lost leading zeros', value);
  }
  return typeof value === 'string' ? keyOf(value, context) : refuse(context, 'must be text', value);
}, asIdentifier);

/** A purchase order. A JSON number may have lost leading zeros: people may see it, and no call to IGF carries it. */
export const poNumber = /* @__PURE__ */ reader(
  (value, context): { poNumber?: string; uncertainPoNumber?: string } => {
    const written = textOf(value);
    if (written === undefined) return refuse(context, 'must be text', value);
    const number = composed(written);
    if (number === '') return {};
    if (typeof value !== 'number') return { poNumber: number };
    remark(context);
    return { uncertainPoNumber: number };
  },
  asText,
);

/** The ways in which an amount is written. `1,250` is none of them: it may be one and a quarter. */
const amountForms: readonly [form: RegExp, removed: RegExp][] = [
  [/^-?\d{1,15}(\.\d{1,15})?$/, /^/],
  [/^-?\d{1,15},(\d{1,2}|\d{4,15})$/, /^/],
  [/^-?\d{1,3}(,\d{3})+\.\d{1,15}$/, /,/g],
  [/^-?\d{1,3}(\.\d{3})+,\d{1,15}$/, /\./g],
  [/^-?\d{1,3}(,\d{3}){2,}$/, /,/g],
  [/^-?\d{1,3}(\.\d{3}){2,}$/, /\./g],
];

/** A decimal, as a number or as its text. `undefined` when it can't be read; no amount of money is beyond 10^12. */
function decimalOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Math.abs(value) < 1e12 ? value : undefined;
  const written = textOf(value)?.trim() ?? '';
  const [, removed] = amountForms.find(([form]) => form.test(written)) ?? [];
  return removed && decimalOf(Number(written.replace(removed, '').replace(',', '.')));
}

/** Rounds half a cent up, by the decimal text: 271.005 is a little less in binary. */
const toCents = (value: number): number => {
  const [digits = '', exponent = '0'] = String(Math.abs(value)).split('e');
  return (Math.sign(value) * Math.round(Number(`${digits}e${Number(exponent) + 2}`))) / 100 || 0;
};

/** An amount of money, in cents exactly. */
export const amount = /* @__PURE__ */ reader(
  (value, context) => {
    const read = decimalOf(value);
    return read === undefined ? refuse(context, 'must be an amount such as 1250.00', value) : toCents(read);
  },
  { type: 'number' },
);

export const quantity = /* @__PURE__ */ reader(
  (value, context) => {
    const read = decimalOf(value);
    const isCount = read !== undefined && Number.isInteger(read) && read >= 0 && read < 1e9;
    return isCount ? read : refuse(context, 'must be a whole number', value);
  },
  { type: 'integer', minimum: 0 },
);

/** MySQL and PHP write these dates where there is none. */
const zeroDate = /^(0$|0000|-0001-|00[-.]00[-.]0000)/;

/** Seconds or milliseconds since 1970, from 2001 to 2286: other numbers may be something else. */
function epochOf(written: string): string | undefined {
  if (!/^[1-9](\d{9}|\d{12})$/.test(written)) return undefined;
  return new Date(Number(written) * (written.length === 10 ? 1000 : 1)).toISOString();
}

/** PHP's `DateTime` as JSON. A zone with summer time can't be read without its table. */
function phpDate(value: unknown): string | undefined {
  const { date, timezone } = Object(value);
  if (typeof date !== 'string' || typeof timezone !== 'string') return undefined;
  return /^(UTC|Z|[+-]\d\d:\d\d)$/.test(timezone) ? `${date} ${timezone}` : undefined;
}

/** A point in time, normalised to ISO 8601 UTC. A zero date is absent. */
export const dateTime = /* @__PURE__ */ reader(
  (value, context) => {
    const written = (phpDate(value) ?? textOf(value))?.trim() ?? '';
    if (zeroDate.test(written)) return undefined;
    const message = 'must be a date: ISO 8601 or YYYY-MM-DD HH:mm:ss';
    return isoUtc(written) ?? epochOf(written) ?? refuse(context, message, value);
  },
  { ...asText, format: 'date-time' },
);

const longestStatus = 200;

/** The status of an RMA or an item, in whatever case. A word that the vendor does not document is kept as it was sent. */
export const rmaStatus = /* @__PURE__ */ reader(
  (value, context): { status?: RmaStatus; unknownStatus?: string } => {
    const written = isNone(value) ? '' : composed(textOf(value) ?? '');
    if (written === '') return refuse(context, `must be a status such as ${rmaStatuses[1]}`, value);
    const status = rmaStatuses.find((known) => known === written.toLowerCase());
    return status ? { status } : { unknownStatus: written.slice(0, longestStatus).replace(invisible, '') };
  },
  { ...asText, enum: rmaStatuses },
);

/** The status of a shipment, in whatever case. One that the vendor does not document is `UNKNOWN`. */
export const shipmentStatus = /* @__PURE__ */ reader(
  (value, context) => {
    const written = textOf(value);
    if (written === undefined) return refuse(context, 'must be text', value);
    const word = clean(written).toUpperCase();
    return shipmentStatuses.find((status) => status === word) ?? 'UNKNOWN';
  },
  { ...asText, enum: shipmentStatuses },
);

export const stockHubTrack = /* @__PURE__ */ renamed({
  number: ['tracking_number', optional(text)],
  carrier: ['carrier', optional(text)],
});

/** What every stock-hub document about an order says. */
export const stockHubDocument = {
  orderId: ['order_increment_id', documentNumber],
  currency: ['currency', optional(text)],
  purchaseOrder: ['po_number', optional(poNumber)],
} as const satisfies NamedFields;
