/**
 * Log steps that raise an alarm, whichever function logs them, with the text of the alarm. A fact about one return raises
 * no alarm: people get a notice, see `lib/returns/notice.ts`.
 */
export const alarms = {
  'path-in-doubt':
    'IGF answered 404 or 405 on a path that its documentation does not state. ' +
    'The path may be wrong, and the actions that need it wait. ' +
    "Run npx bridge igf verify to compare the path with IGF's own API description, " +
    'then correct it with the setting igfPaths.',
  'subscription-lost':
    'IGF sends its webhooks to another address, or to none. ' +
    'Only the reconciler follows returns now. ' +
    'Run npx bridge igf status to see the subscriptions, then npx bridge igf subscribe.',
} as const satisfies Record<string, string>;

/** A log step that raises an alarm. */
export type AlarmStep = keyof typeof alarms;
