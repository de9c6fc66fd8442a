/**
 * Every field that a log line may have, so that a misspelt one does not compile. Each is an identifier, a state, a
 * count, a reason of our own making, or IGF's reason for a refusal as far as it repeats nothing that was sent: never a
 * payload value, a secret or a URL.
 */
export interface LogFields
  extends Partial<Record<Identifier | Text, string | undefined>>,
    Partial<Record<Count, number | undefined>> {}

/** Which message, order and return it is about. */
type Identifier = 'webhook' | 'eventId' | 'correlationId' | 'messageId' | 'orderId' | 'returnId';

type Text =
  /** A sentence: why a message was retried, parked or rejected, why a call was refused. */
  | 'reason'
  /** A sentence: why a return was decided about as it was, or why a run ended early. */
  | 'why'
  /** The class of the error that caused it, and the stack frame where it failed. */
  | ('cause' | 'at')
  /** The faults of a rejected body: paths and messages. */
  | 'faults'
  /** What was decided about a return. */
  | ('state' | 'action' | 'rule' | 'attention' | 'tasks')
  /** An operation of IGF, such as `POST /listings`. */
  | 'operation';

type Count =
  /** An HTTP status, and the size of a body. */
  | ('status' | 'bytes')
  | ('ms' | 'inSeconds')
  /** Facts in a message, and how many of them changed the table. */
  | ('facts' | 'written')
  | ('count' | 'deliveries')
  /** Event types of IGF without a subscription, and with somebody else's. */
  | ('missing' | 'taken')
  /** Entries of the retailer's lists at IGF. */
  | ('countries' | 'banned')
  /** One run of the reconciler. */
  | ('looked' | 'repaired' | 'failed' | 'calls');

/**
 * The log steps that raise an alarm, whichever function that calls IGF logs them, with the text of the alarm. A problem
 * of one return is no alarm but a notice, see `lib/returns/notice.ts`.
 */
export const alarms = {
  'path-in-doubt':
    "IGF answered 404 or 405 on a path that its document does not spell out. The path may be wrong, and returns that need this call are waiting. Compare the paths with the vendor's own file (npx bridge igf verify), and correct this one with the setting igfPaths.",
  'subscription-lost':
    'IGF sends some of its webhooks somewhere else, or nowhere. Only the hourly reconciler still follows those returns. Check with npx bridge igf status, then repair with npx bridge igf subscribe.',
} as const;

/** The log steps of ingest that raise an alarm. */
export const ingestAlarms = {
  'not-kept':
    'A webhook with the right key is too large to be accepted and too large to be kept. Its log line says of which webhook and how large it is: search the logs of the ingest functions for the step not-kept. The sender retries it for 24 hours. Ask the sender for a smaller one.',
} as const;

/** A log step that raises an alarm. */
export type AlarmStep = keyof typeof alarms | keyof typeof ingestAlarms;

/** The metric that counts rejected webhooks whose sender stops retrying within six hours. Its alarm is in the stack. */
export const rejectedExpiring = 'RejectedDeliveriesExpiring';
