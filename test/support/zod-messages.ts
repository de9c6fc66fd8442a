import * as z from 'zod/mini';

/**
 * Zod's messages are those of a deployed function, in no language. The programs of this machine load its English, and
 * it then holds for the whole process.
 */
export function zodAsDeployed(): void {
  const { localeError: english } = z.config();
  beforeAll(() => void z.config({ localeError: undefined }));
  afterAll(() => void z.config({ localeError: english }));
}
