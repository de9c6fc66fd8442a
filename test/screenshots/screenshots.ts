/**
 * Draws the dashboard of a stage as it would look in the console, with sample values, and the local page as it is:
 * `npm run screenshots`. It needs a Chromium or Chrome on this machine.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser, noBrowser, startBrowser } from '../support/browser.ts';
import { synthesizeStage } from '../synth/template.ts';
import { drawLocalPage } from './local-page.ts';
import { pageOf, pageSize } from './page.ts';
import { sampleRows } from './sample.ts';
import { widgetsOf } from './widgets.ts';

const folder = join(import.meta.dirname, '../../docs/images');
const executablePath = findBrowser();
if (executablePath === undefined) {
  console.error(noBrowser);
  process.exit(1);
}

const template = synthesizeStage({ stage: 'prod' });
const body = String(template.one('AWS::CloudWatch::Dashboard').properties.DashboardBody);
// Alarms are shown by their names, as in the console.
const named = body.replace(/<(\w+)\.Arn>/g, (reference) => {
  const { type, properties } = template.referred(reference);
  return type === 'AWS::CloudWatch::Alarm'
    ? String(properties.AlarmName).replace(`${template.stackName}-`, '')
    : reference;
});
const widgets = widgetsOf(named);
const resources = widgets.find(({ properties: { markdown = '' } }) => markdown.startsWith('## Resources'));
const upperHalf = widgets.filter(({ y }) => y < (resources?.y ?? Number.POSITIVE_INFINITY));

mkdirSync(folder, { recursive: true });
const browser = await startBrowser(executablePath);
try {
  const page = await browser.newPage({ viewport: pageSize(upperHalf) });
  await page.setContent(pageOf(upperHalf, sampleRows));
  const path = join(folder, 'dashboard.png');
  await page.screenshot({ path });
  console.log(`Wrote ${path}: ${upperHalf.length} of ${widgets.length} widgets.`);
  await drawLocalPage(browser, join(folder, 'page.png'));
} finally {
  await browser.close();
}
