/**
 * The most values that a body may hold, nested ones counted. The vendors' largest documents of 256 KiB come to a third of
 * it. What every value costs — parsing it under a guard, reading it, writing it out again — is bounded by this.
 */
export const mostValues = 20_000;

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const openBracket = 0x5b;
const openBrace = 0x7b;

/** Whether a JSON text holds more than `mostValues` values. Reads it once, and parses nothing. */
export function holdsTooManyValues(json: string): boolean {
  // A value follows every comma and every opening, and the body is one itself; an empty list counts one too many.
  let values = 1;
  let quoted = false;
  for (let index = 0; index < json.length; index += 1) {
    const unit = json.charCodeAt(index);
    if (quoted) {
      if (unit === backslash) index += 1;
      else if (unit === quote) quoted = false;
    } else if (unit === quote) quoted = true;
    else if (unit === comma || unit === openBracket || unit === openBrace) {
      values += 1;
      if (values > mostValues) return true;
    }
  }
  return false;
}
