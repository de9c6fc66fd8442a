import type { Call, FaultyAnswer } from '../../support/http-proxy.ts';
import type { NamedFault } from './fault.ts';

const json = { 'content-type': 'application/json' };
const failed: FaultyAnswer = {
  status: 500,
  headers: json,
  body: '{"errorCode":"E9999","message":"Chaos"}',
};
const garbage: FaultyAnswer = {
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: '<html>This is not JSON',
};
/** Half an hour of the local runtime's time. */
const busy: FaultyAnswer = {
  status: 429,
  headers: { ...json, 'retry-after': '1800' },
  body: '{"errorCode":"E0429","message":"Too many requests"}',
};

/** ItGoesForward on a bad day. Only 429 says whether the call was carried out. */
const faultsOfWrites: readonly NamedFault[] = [
  { name: '500 before the commit', share: 0.02, reaches: false, answer: failed },
  { name: '500 after the commit', share: 0.04, reaches: true, answer: failed },
  { name: '429 with Retry-After', share: 0.02, reaches: false, answer: busy },
  { name: 'garbage before the commit', share: 0.005, reaches: false, answer: garbage },
  { name: 'garbage after the commit', share: 0.02, reaches: true, answer: garbage },
  { name: 'connection closed before the commit', share: 0.01, reaches: false, answer: 'drop' },
  { name: 'connection closed after the commit', share: 0.02, reaches: true, answer: 'drop' },
  // A worker that ignores the claim of the one that waits asks IGF in this second, and finds nothing.
  { name: 'commit a second late', share: 0.04, reaches: true, answer: 'real', lateMs: 1000 },
  { name: 'timeout before the commit', share: 0.002, reaches: false, answer: 'hold' },
  { name: 'timeout after the commit', share: 0.002, reaches: true, answer: 'hold' },
];

/** A read commits nothing, so a fault before it is the same as one after it. */
const faultsOfReads = faultsOfWrites.filter(({ reaches }) => !reaches);

export const igfFaults = ({ method }: Call): readonly NamedFault[] =>
  method === 'GET' ? faultsOfReads : faultsOfWrites;
