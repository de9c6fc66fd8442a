import type { Browser } from 'playwright-core';
import { startLocalRuntime } from '../../infra/local/runtime.ts';
import { sendScenario } from '../support/local-page.ts';

/** Draws the upper part of the local page while a refund is due, a text is unknown, and IGF fails. */
export async function drawLocalPage(browser: Browser, path: string): Promise<void> {
  await using runtime = await startLocalRuntime({ speed: 60 });
  const page = await browser.newPage({ viewport: { width: 1100, height: 1050 }, colorScheme: 'light' });
  await page.goto(`${runtime.urls.api}/_local`);
  for (const scenario of ['refund', 'unknown-text', 'outage']) await sendScenario(page, scenario);
  await page.getByText('POST /listings 500').last().waitFor();
  await page.screenshot({ path });
  console.log(`Wrote ${path}.`);
}
