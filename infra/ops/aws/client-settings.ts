import type { Stage } from '../../settings/stage.ts';

/**
 * How a command's AWS clients are set up. A person waits, perhaps at the end of a slow line, so a call takes longer and
 * is repeated more often than in a function. Of a stage, they use its region, whatever region the shell has.
 */
export const clientSettings = (stage?: Pick<Stage, 'settings'>) => ({
  maxAttempts: 5,
  requestHandler: { connectionTimeout: 5000, requestTimeout: 15_000, throwOnRequestTimeout: true },
  ...(stage && { region: stage.settings.region }),
});
