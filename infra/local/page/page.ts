import type { RequestListener } from 'node:http';
import type { LocalRun } from './local-run.ts';

/** The page of the local runtime. Its code is loaded when it is first asked for: a start does not wait for it. */
export function localPage(run: LocalRun): RequestListener {
  let site: Promise<RequestListener> | undefined;
  return async (request, response) => {
    site ??= import('./site.ts').then(({ localSite }) => localSite(run));
    (await site)(request, response);
  };
}
