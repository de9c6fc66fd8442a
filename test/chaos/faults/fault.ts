/** What a caller gets in place of the real answer. */
export interface FaultyAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One way in which a call goes wrong. */
export interface Fault {
  /** How it is counted, such as `500 after the commit`. */
  readonly name: string;
  /** Of all calls that it can befall, from 0 to 1. */
  readonly share: number;
  /** Whether the service is reached; if so it carries the call out. */
  readonly reaches: boolean;
  /** `real`: what the service said. `drop`: the connection is closed. `hold`: nothing, until the caller gives up. */
  readonly answer: FaultyAnswer | 'real' | 'drop' | 'hold';
  /** How much later it reaches the service, in real milliseconds. */
  readonly lateMs?: number;
  /** What reaches the service instead of what was asked. */
  readonly instead?: (call: Call) => Partial<Call>;
}

/** A call on its way to a service. */
export interface Call {
  readonly method: string;
  readonly path: string;
  /** The operation's name, such as `UpdateItem`, `Publish` or `PUT /listings/cancel/{id}`. */
  readonly operation: string;
  readonly target: string | undefined;
  readonly body: string;
}

/** Which fault a fate in [0, 1) means; none beyond the sum of their shares. */
export function drawn(faults: readonly Fault[], fate: number): Fault | undefined {
  let edge = 0;
  return faults.find(({ share }) => {
    edge += share;
    return fate < edge;
  });
}
