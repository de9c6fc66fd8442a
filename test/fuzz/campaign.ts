import fc from 'fast-check';
import { anyRequest } from './any-request.ts';
import { eventOf, type Handler, observeCall } from './call.ts';
import type { CountingSqs } from './counting-sqs.ts';
import { endpoints, type IngestEndpoint } from './endpoints.ts';
import { expectationOf } from './expectation.ts';
import { type FuzzRequest, requestBytes } from './request.ts';
import { violations } from './violations.ts';

/** A request with a wrong answer, as small as it could be made. */
export interface Finding {
  readonly request: FuzzRequest;
  readonly violations: readonly string[];
}

export interface Costly {
  readonly request: FuzzRequest;
  readonly status: number;
  readonly bytes: number;
  readonly cpuMs: number;
}

export interface FuzzReport {
  inputs: number;
  /** Inputs by endpoint and by answer. */
  readonly counts: Map<string, Map<number, number>>;
  readonly findings: Finding[];
  /** The calls that took the most CPU time, the worst first. */
  readonly costly: Costly[];
}

export interface UnderTest {
  readonly sqs: CountingSqs;
  readonly handlers: ReadonlyMap<string, Handler>;
}

const prototypes = [Object.prototype, Array.prototype, Function.prototype, String.prototype];
const namesOfPrototypes = (): string =>
  prototypes.map((prototype) => Object.getOwnPropertyNames(prototype).join()).join(';');
const atStart = namesOfPrototypes();

/** Sends one request through its function. @returns everything that is wrong with the answer */
export async function examine(
  request: FuzzRequest,
  endpoint: IngestEndpoint,
  { sqs, handlers }: UnderTest,
): Promise<{ violations: string[]; status: number; cpuMs: number; body: string }> {
  const handler = handlers.get(endpoint.webhook.name);
  if (!handler) throw new Error(`There is no function for ${endpoint.webhook.name}.`);
  const event = eventOf(request, endpoint);
  const { result, log, cpuMs } = await observeCall(() => handler(event, {}));
  const { statusCode: status, headers, body } = result;
  const seen = { status, headers, body, log, messages: sqs.taken() };
  const found = violations(request, endpoint, expectationOf(request, endpoint), seen);
  if (namesOfPrototypes() !== atStart) found.push('a prototype was changed');
  return { violations: found, status, cpuMs, body };
}

const mostShrinking = 200;

/** Limits how often a failed request is made smaller: a large body has endlessly many smaller ones. */
export function briefly<Input>(holds: (input: Input) => Promise<boolean>): typeof holds {
  let tried = 0;
  return async (input) => {
    if (tried > mostShrinking) return true;
    const isFine = await holds(input);
    if (!isFine || tried > 0) tried += 1;
    return isFine;
  };
}

const batchSize = 100;
const mostCostly = 12;
/** The first calls of a function, while its code is being compiled. */
const warmUp = 30;

/** Fuzzes every endpoint in turn. The same seed makes the same inputs. */
export async function campaign(
  { inputs, seed }: { inputs: number; seed: number },
  underTest: UnderTest,
  onProgress: (done: number) => void = () => {},
): Promise<FuzzReport> {
  const report: FuzzReport = { inputs: 0, counts: new Map(), findings: [], costly: [] };
  const most = Math.min(batchSize, Math.ceil(inputs / endpoints.length));
  for (let batch = 0; report.inputs < inputs; batch += 1) {
    const endpoint = endpoints[batch % endpoints.length];
    if (!endpoint) throw new Error('The catalogue has no webhook.');
    const numRuns = Math.min(most, inputs - report.inputs);
    const property = fc.asyncProperty(
      anyRequest(endpoint),
      briefly(async (request) => {
        const seen = await examine(request, endpoint, underTest);
        count(report, request, seen);
        return seen.violations.length === 0;
      }),
    );
    const checked = await fc.check(property, { seed: seed * 100_003 + batch, numRuns });
    const [smallest] = checked.counterexample ?? [];
    if (smallest) {
      const { violations: found } = await examine(smallest, endpoint, underTest);
      report.findings.push({
        request: smallest,
        violations: found.length > 0 ? found : ['it did not happen again'],
      });
    }
    onProgress(report.inputs);
  }
  return report;
}

function count(
  report: FuzzReport,
  request: FuzzRequest,
  { status, cpuMs }: { status: number; cpuMs: number },
): void {
  report.inputs += 1;
  const answers = report.counts.get(request.webhook) ?? new Map<number, number>();
  report.counts.set(request.webhook, answers.set(status, (answers.get(status) ?? 0) + 1));
  const calls = [...answers.values()].reduce((sum, one) => sum + one, 0);
  if (calls <= warmUp || cpuMs <= (report.costly.at(mostCostly - 1)?.cpuMs ?? 0)) return;
  report.costly.push({ request, status, cpuMs, bytes: requestBytes(request).length });
  report.costly.sort((one, other) => other.cpuMs - one.cpuMs).splice(mostCostly);
}

/** Measures the costliest requests again: a pause or another process may have cost the time. */
export async function measureAgain(report: FuzzReport, underTest: UnderTest, times = 9): Promise<Costly[]> {
  const again: Costly[] = [];
  for (const costly of report.costly) {
    const endpoint = endpoints.find(({ webhook }) => webhook.name === costly.request.webhook);
    if (!endpoint) continue;
    const measured: number[] = [];
    for (let time = 0; time < times; time += 1) {
      measured.push((await examine(costly.request, endpoint, underTest)).cpuMs);
    }
    again.push({ ...costly, cpuMs: measured.sort((one, other) => one - other)[times >> 1] ?? 0 });
  }
  return again.sort((one, other) => other.cpuMs - one.cpuMs);
}
