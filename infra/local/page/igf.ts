/** What can happen at the IGF simulator, for the page's buttons. */

interface IgfFault {
  /** What fails, and what the bridge then does. */
  readonly text: string;
  /** The body of the simulator's control; undefined ends all faults. */
  readonly fault: object | undefined;
}

/** What can be let fail. */
export const igfFaults: Readonly<Record<string, IgfFault>> = {
  errors: {
    text: 'The next 3 listings get 500: the bridge retries them, later each time.',
    fault: { operation: 'POST /listings', status: 500, times: 3 },
  },
  'lost-answer': {
    text: 'The next listing happens, and its answer is lost: the bridge finds it at IGF, and lists it once.',
    fault: { operation: 'POST /listings', afterCommit: true },
  },
  refused: {
    text: 'The next listing is refused with 400: its webhook is parked in the DLQ until somebody redrives it.',
    fault: { operation: 'POST /listings', status: 400 },
  },
  down: {
    text: 'Every call gets 503: the bridge calls less, retries each webhook for 24 hours, and an alarm rings.',
    fault: { operation: '*', status: 503, times: 1_000_000 },
  },
  'wrong-key': {
    text: 'Every call gets 401, as with a wrong key: the bridge retries, and an alarm rings.',
    fault: { operation: '*', status: 401, times: 1_000_000 },
  },
  none: { text: 'IGF works again.', fault: undefined },
};

interface IgfEvent {
  /** On the button. */
  readonly name: string;
  /** The simulator's control, and its body without the listing. */
  readonly path: string;
  readonly body?: object;
}

/** What can happen to a listing, in the order of its life. */
export const igfEvents: Readonly<Record<string, IgfEvent>> = {
  buy: { name: 'Buy', path: 'orders' },
  label: { name: 'Label', path: 'events', body: { eventType: 'LABELED' } },
  ship: { name: 'Ship', path: 'events', body: { eventType: 'SHIPPED' } },
  deliver: { name: 'Deliver', path: 'events', body: { eventType: 'COMPLETED' } },
  refund: { name: 'Refund', path: 'events', body: { eventType: 'REFUND' } },
};
