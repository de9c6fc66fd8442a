/**
 * Log steps that somebody must hear of: logged by any function, an alarm rings for each. By step, what the alarm says to
 * people. Whatever concerns one return is no alarm but a notice, see `lib/returns/notice.ts`.
 */
export const alarms = {
  'path-in-doubt':
    "IGF answered 404 or 405 on a path that its document does not spell out: the path may be wrong, and what needs it waits. Compare it with the vendor's own file (npm run ops -- igf verify), and correct it with the setting igfPaths.",
  'subscription-lost':
    "IGF's webhooks go somewhere else, or nowhere: only the hourly reconciler follows returns now. See npm run ops -- igf status, then npm run ops -- igf subscribe.",
} as const satisfies Record<string, string>;

/** A step for which an alarm rings. */
export type AlarmStep = keyof typeof alarms;
