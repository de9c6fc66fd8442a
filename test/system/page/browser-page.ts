import { expect } from '@jest/globals';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';

/** A page of the local runtime in a browser, and what went wrong in it. */
export interface OpenPage {
  readonly page: Page;
  /** What its console and its security policy complained about. */
  readonly complaints: readonly string[];
}

type PageOptions = Parameters<Browser['newPage']>[0];

/** A phone of 360 pixels. */
export const phone = { width: 360, height: 740 };

export async function openPage(browser: Browser, url: string, options: PageOptions = {}): Promise<OpenPage> {
  const page = await browser.newPage(options);
  const complaints: string[] = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (line) => {
    if (['error', 'warning'].includes(line.type())) complaints.push(line.text());
  });
  await page.goto(url);
  return { page, complaints };
}

/** Every rule of axe holds, and nothing is wider than the window. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const results = await axe.run();
    return results.violations.map(({ id, nodes }: { id: string; nodes: { html: string }[] }) => [
      id,
      ...nodes.map(({ html }) => html),
    ]);
  });
  expect(violations).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
}
