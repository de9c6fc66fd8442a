import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'chrome'];

export const noBrowser =
  'No browser was found: install Chromium (Debian: apt-get install chromium), or set CHROMIUM.';

/** The browser of the variable CHROMIUM, or else the first on the path. */
export const findBrowser = (): string | undefined =>
  [
    process.env.CHROMIUM ?? '',
    ...(process.env.PATH ?? '').split(delimiter).flatMap((path) => names.map((name) => join(path, name))),
  ].find((file) => file !== '' && existsSync(file));

/** Starts a browser without a window, with a fresh profile. It also works for root. */
export const startBrowser = (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--no-first-run'],
  });
