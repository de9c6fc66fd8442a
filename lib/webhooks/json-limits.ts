import { deepestJson, mostJsonValues } from '../config/limits.ts';

/** One fault of a body. It never quotes a value. */
export interface Fault {
  /** Dotted path such as `items.0.sku`; empty for the body as a whole. */
  path: string;
  message: string;
}

/** Keys that change an object's prototype wherever somebody copies the object field by field. */
function changesPrototype(value: object): boolean {
  if (Object.hasOwn(value, '__proto__')) return true;
  const made: unknown = Object.hasOwn(value, 'constructor') ? value.constructor : undefined;
  return typeof made === 'object' && made !== null && Object.hasOwn(made, 'prototype');
}

/** Why a parsed body is refused, if so. No recursion: the depth is untrusted. No reviver: too slow for large ones. */
export function jsonFault(value: unknown): Fault | undefined {
  const open: { value: unknown; depth: number }[] = [{ value: [value], depth: -1 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const depth = next.depth + 1;
    for (const child of Object.values(next.value as object)) {
      if (typeof child === 'number' && !Number.isFinite(child)) {
        return { path: '', message: 'has a number that is out of range' };
      }
      if (typeof child !== 'object' || child === null) continue;
      if (depth >= deepestJson) return { path: '', message: `is nested deeper than ${deepestJson} levels` };
      if (changesPrototype(child)) return { path: '', message: 'has a forbidden key' };
      open.push({ value: child, depth });
    }
  }
  return undefined;
}

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const openBracket = 0x5b;
const openBrace = 0x7b;

/** Whether a JSON text has more than `mostJsonValues` values. Reads it once, and parses nothing. */
export function hasTooManyValues(json: string): boolean {
  // Most texts are too short for that. The loop is slow in its first run.
  if (json.length < mostJsonValues) return false;
  // A value follows every comma and every opening, and the body is one itself; an empty list counts one too many.
  let values = 1;
  let inString = false;
  for (let index = 0; index < json.length; index += 1) {
    const unit = json.charCodeAt(index);
    if (inString) {
      if (unit === backslash) index += 1;
      else if (unit === quote) inString = false;
    } else if (unit === quote) inString = true;
    else if (unit === comma || unit === openBracket || unit === openBrace) {
      values += 1;
      if (values > mostJsonValues) return true;
    }
  }
  return false;
}
