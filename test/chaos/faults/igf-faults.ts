import type { Call, Fault } from './fault.ts';

const json = { 'content-type': 'application/json' };
const failed = { status: 500, headers: json, body: '{"errorCode":"E9999","message":"Chaos"}' };
const garbage = { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>This is not JSON' };
/** Half an hour of the local world. */
const busy = {
  status: 429,
  headers: { ...json, 'retry-after': '1800' },
  body: '{"errorCode":"E0429","message":"Too many requests"}',
};

/** ItGoesForward on a bad day: an answer says nothing of whether the call was carried out, but for 429. */
const igfFaults: readonly Fault[] = [
  { name: '500 before the commit', share: 0.02, reaches: false, answer: failed },
  { name: '500 after the commit', share: 0.04, reaches: true, answer: failed },
  { name: '429 with Retry-After', share: 0.02, reaches: false, answer: busy },
  { name: 'garbage before the commit', share: 0.005, reaches: false, answer: garbage },
  { name: 'garbage after the commit', share: 0.02, reaches: true, answer: garbage },
  { name: 'connection closed before the commit', share: 0.01, reaches: false, answer: 'drop' },
  { name: 'connection closed after the commit', share: 0.02, reaches: true, answer: 'drop' },
  // Whoever does not respect the claim of the one who waits asks IGF meanwhile, and finds nothing.
  { name: 'commit a second late', share: 0.04, reaches: true, answer: 'real', lateMs: 1000 },
  { name: 'timeout before the commit', share: 0.002, reaches: false, answer: 'hold' },
  { name: 'timeout after the commit', share: 0.002, reaches: true, answer: 'hold' },
];

/** A read commits nothing: what goes wrong after it is what goes wrong before it. */
const readFaults = igfFaults.filter(({ reaches }) => !reaches);

export const faultsOfIgf = ({ method }: Call): readonly Fault[] =>
  method === 'GET' ? readFaults : igfFaults;

/** `PUT /listings/cancel/7?x=1` is `PUT /listings/cancel/{id}`. */
export const igfOperation = ({ method, path }: Omit<Call, 'operation'>): string =>
  `${method} ${path.split('?')[0]?.replaceAll(/\/\d+(?=\/|$)/g, '/{id}')}`;
