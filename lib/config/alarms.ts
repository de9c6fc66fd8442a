/**
 * The log steps that raise an alarm, whichever function that calls IGF logs them, with the text of the alarm. A problem of one return
 * is no alarm but a notice, see `lib/returns/notice.ts`.
 */
export const alarms = {
  'path-in-doubt':
    "IGF answered 404 or 405 on a path that its document does not spell out. The path may be wrong, and returns that need this call are waiting. Compare the paths with the vendor's own file (npx bridge igf verify), and correct this one with the setting igfPaths.",
  'subscription-lost':
    'IGF sends some of its webhooks somewhere else, or nowhere. Only the hourly reconciler still follows those returns. Check with npx bridge igf status, then repair with npx bridge igf subscribe.',
} as const satisfies Record<string, string>;

/** The log steps of ingest that raise an alarm. */
export const ingestAlarms = {
  'not-kept':
    'A webhook with the right key is too large to be accepted and too large to be kept. Its log line says of which webhook and how large it is: search the logs of the ingest functions for the step not-kept. The sender retries it for 24 hours. Ask the sender for a smaller one.',
} as const satisfies Record<string, string>;

/** A log step that raises an alarm. */
export type AlarmStep = keyof typeof alarms | keyof typeof ingestAlarms;

/** The metric that counts rejected webhooks whose sender stops retrying within six hours. Its alarm is in the stack. */
export const rejectedExpiring = 'RejectedDeliveriesExpiring';
