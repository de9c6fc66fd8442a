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
  /** How an attempt ended: `done`, `skipped` (there was nothing to do), `retry`, `busy` or `permanent-failure`. */
  | 'outcome'
  /** An operation of IGF, such as `POST /listings`. */
  | 'operation';

type Count =
  /** An HTTP status, and the size of a body. */
  | ('status' | 'bytes')
  | ('ms' | 'inSeconds')
  /** Which attempt at its message it is, and how long ago the message was put on the queue. */
  | ('attempt' | 'ageSeconds')
  /** Facts in a message, and how many of them changed the table. */
  | ('facts' | 'written')
  | ('count' | 'deliveries')
  /** Event types of IGF without a subscription, and with somebody else's. */
  | ('missing' | 'taken')
  /** Entries of the retailer's lists at IGF. */
  | ('countries' | 'banned')
  /** One run of the reconciler. */
  | ('looked' | 'repaired' | 'failed' | 'calls');
