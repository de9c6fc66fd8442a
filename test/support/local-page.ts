import type { Page } from 'playwright-core';

/** Plays a scenario to its end by the buttons of the local page. @returns the number of its order */
export async function sendScenario(page: Page, scenario: string): Promise<string> {
  await page.getByLabel('Send a scenario').selectOption(scenario);
  await page.getByRole('button', { name: 'Send' }).click();
  const answer = page.getByRole('status');
  await answer.getByText(`${scenario} is over`).waitFor();
  return (await answer.getByRole('link').innerText()).replace('order ', '');
}
