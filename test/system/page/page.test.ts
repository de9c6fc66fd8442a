import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { LocalRuntime } from '../../../infra/local/runtime.ts';
import { findBrowser, noBrowser, startBrowser } from '../../support/browser.ts';
import { patienceMs } from '../../support/eventually.ts';
import { sendScenario } from '../../support/local-page.ts';
import { startRuntime } from '../../support/local-runtime.ts';
import { expectAccessible, openPage, phone } from './browser-page.ts';

const executablePath = findBrowser();
if (executablePath === undefined) console.warn(`The page is not tested. ${noBrowser}`);
const inBrowser = executablePath === undefined ? test.skip : test;

let runtime: LocalRuntime;
let browser: Browser | undefined;
beforeAll(async () => {
  runtime = await startRuntime({ speed: 300 });
  if (executablePath !== undefined) browser = await startBrowser(executablePath);
});
afterAll(async () => {
  await browser?.close();
  await runtime?.[Symbol.asyncDispose]();
});

/** The page at a path below `/_local`, in a new window. */
async function open(path = '', options: Parameters<Browser['newPage']>[0] = {}) {
  if (!browser) throw new Error(noBrowser);
  const opened = await openPage(browser, `${runtime.urls.api}/_local${path}`, options);
  opened.page.setDefaultTimeout(patienceMs);
  return opened;
}

const pictures = join(import.meta.dirname, '../../../.local/pictures');

/** Leaves a picture for whoever looks at what the test did. */
async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}

/** Lets IGF fail, or work again. */
async function letIgf(page: Page, fault: string, answer: string): Promise<void> {
  await page.getByLabel('Let IGF fail').selectOption(fault);
  await page.getByRole('button', { name: 'Do it' }).click();
  await page.getByRole('status').getByText(answer).waitFor();
}

describe('in a browser', () => {
  inBrowser(
    'a return is sold, shipped and refunded by the buttons of the page, and its task is done',
    async () => {
      const { page, complaints } = await open();
      const order = await sendScenario(page, 'listed');
      await page.getByRole('status').getByRole('link').click();
      await page.getByRole('heading', { name: `Order ${order}` }).waitFor();
      const returns = page.getByRole('region', { name: 'Returns' });
      for (const [button, state] of [
        ['Buy', 'Matched'],
        ['Label', 'Labelled'],
        ['Ship', 'Shipped'],
        ['Deliver', 'Completed'],
      ] as const) {
        await returns.getByRole('button', { name: button }).click();
        await returns.locator('strong', { hasText: state }).waitFor();
      }
      await returns.getByRole('button', { name: 'Refund' }).click();
      const attention = page.getByRole('region', { name: 'Waits for a person' });
      await attention.getByText('Refund due').waitFor();
      await expectAccessible(page);
      await picture(page, 'order');

      await attention.getByLabel('Note').fill('refunded on Monday');
      await attention.getByRole('button', { name: 'Done' }).click();
      await attention.waitFor({ state: 'detached' });
      const happened = page.getByRole('region', { name: 'What happened' });
      for (const what of [
        'push-api/v2/rma came in',
        /return \S+ Listing, by the rule list/,
        /return \S+ Completed, by the rule /,
        /return \S+ refund-due is done, by \S+, refunded on Monday/,
      ]) {
        await happened.getByText(what).first().waitFor();
      }
      await page.getByRole('search').getByRole('textbox').fill(order);
      await page.keyboard.press('Enter');
      await page.getByText(`order ${order}, by its order`).waitFor();
      await expectAccessible(page);
      await page.getByRole('link', { name: 'Overview' }).click();
      await page.getByRole('region', { name: 'Waits for a person' }).getByText('Nothing.').waitFor();
      expect(complaints).toEqual([]);
    },
  );

  inBrowser('an outage of IGF is seen at the webhook, and is over for it once IGF works again', async () => {
    const { page, complaints } = await open('', { viewport: phone, colorScheme: 'dark' });
    await letIgf(page, 'down', 'Every call gets 503');
    // By keyboard alone.
    await page.getByLabel('Send a scenario').focus();
    await page.keyboard.type('listed');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const webhook = page
      .getByRole('region', { name: 'Latest webhooks' })
      .locator('.cards > li', { hasText: 'push-api/v2/rma' })
      .first();
    await webhook.getByText(/^IGF .* 503$/).waitFor();
    await expectAccessible(page);
    await picture(page, 'outage');
    await letIgf(page, 'none', 'IGF works again');
    await webhook.getByText(/^IGF .* POST .listings 201$/).waitFor();
    expect(complaints).toEqual([]);
  });
});
