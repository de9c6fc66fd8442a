import type { OpenBridge } from '../aws/open-bridge.ts';
import { currentPlan, type DeployedIgf, deployedIgf, igfFailure } from '../igf/deployed-igf.ts';
import { links, type Retailer, readRetailers } from '../igf/retailer.ts';
import { type Finding, type Found, failure, findings, ok, warning } from './finding.ts';

/** Checks what a bridge needs at ItGoesForward: an accepted key, the retailer's pages and periods, its events. */
export async function checkIgf(bridge: OpenBridge): Promise<Finding[]> {
  const igfUrl = bridge.outputs.IgfBaseUrl ?? bridge.stage.settings.igfBaseUrl;
  const asked: { igf?: DeployedIgf; retailers: Retailer[] } = { retailers: [] };
  const check = (name: string, look: () => Promise<Found | Found[]>) =>
    findings(name, look, (error) => igfFailure(error, igfUrl));
  const key = await check('IGF key', async () => {
    const igf = await deployedIgf(bridge);
    asked.retailers = await readRetailers(igf);
    asked.igf = igf;
    const [retailer] = asked.retailers;
    return retailer
      ? ok(`ItGoesForward knows it as ${retailer.name ?? 'a retailer'}`)
      : failure('ItGoesForward accepts it, and has no retailer for it. Ask ItGoesForward to make one.');
  });
  const { igf, retailers } = asked;
  if (!igf) return key;
  return [
    ...key,
    ...(await check('IGF retailer', async () => retailers.flatMap(retailerFindings))),
    ...(await check('IGF events', async () => {
      const plan = currentPlan(igf, await igf.webhooks.all());
      const others = plan.filter(({ action }) => action !== 'keep').map(({ eventType }) => eventType);
      if (others.length === 0) return ok(`all ${plan.length} come to this bridge`);
      const subscribe = bridge.command('igf', 'subscribe');
      return failure(
        `it does not send ${others.join(', ')} to this bridge. This subscribes them: ${subscribe}`,
      );
    })),
  ];
}

function retailerFindings(retailer: Retailer): Found[] {
  const pages = Object.entries(links).filter(([field]) => !retailer.links[field]);
  const { matchingDays, handInDays } = retailer;
  const missing = [!matchingDays && 'matchingPeriod', !handInDays && 'handinPeriod'].filter(Boolean);
  return [
    ...pages.map(([field, mail]) =>
      warning(`the mail "${mail}" links to no page. Ask ItGoesForward to set ${field}.`),
    ),
    ...(pages.length === 0 ? [ok(`each of the ${Object.keys(links).length} mails links to a page`)] : []),
    missing.length > 0
      ? warning(`it has no ${missing.join(' and no ')}. Ask ItGoesForward to set it.`)
      : ok(`a listing waits ${matchingDays} days for a buyer, and the sender has ${handInDays} days`),
  ];
}
