import { Option } from 'commander';
import { z } from 'zod';
import { UsageError } from '../../cli/command-line.ts';
import { plural } from '../../cli/output.ts';
import { stageNamed } from '../aws/deployed-stage.ts';
import { addPlaceOptions, type OpenBridge, type PlaceOptions, withBridge } from '../aws/open-bridge.ts';
import { commandsOn } from '../command.ts';
import { checkAccount } from '../doctor/check-account.ts';
import { checkIgf } from '../doctor/check-igf.ts';
import { checkRunning } from '../doctor/check-running.ts';
import { checkSecrets, type TypedSecret, typedSecrets } from '../doctor/check-secrets.ts';
import { checkWebhook } from '../doctor/check-webhook.ts';
import { Finding, findingLine, findings } from '../doctor/finding.ts';
import { flag, list } from '../result-fields.ts';

const Examination = z.object({
  ok: flag('whether all findings are ok'),
  findings: list(Finding.shape, 'in the order of the checks'),
});

interface DoctorOptions extends PlaceOptions {
  readonly setSecret?: TypedSecret;
}

/** How long the worker of the test webhook may take: it may have to start, and its queue may be long. */
const webhookWithinMs = 60_000;

/** A bridge is opened after its account was checked. */
const stageCommand = commandsOn<PlaceOptions, object>(addPlaceOptions, (_options, work) => work({}));

export const doctorCommand = stageCommand<DoctorOptions, typeof Examination>({
  name: 'doctor',
  summary: 'check all that code cannot know: account, keys, mails, alarms, ItGoesForward',
  description: `Checks the credentials, the region, the mails, Lambda's quota, the secrets, the key at ItGoesForward,
    the retailer's pages and periods there, its events, the alarms and the DLQs. Then it sends a webhook with
    Winkelstraat's key, waits until it is in the table, and removes it. Each line is ok, a warning or a failure, with
    what to do. On a terminal it asks for a secret without a value.`,
  exit1: 'there are warnings or failures',
  examples: [
    'npx bridge doctor --stage prod',
    'npx bridge doctor --stage prod --set-secret igf-key',
    'npx bridge doctor --local',
  ],
  result: Examination,
  parameters: (command) =>
    command.addOption(
      new Option('--set-secret <name>', 'first store this secret, typed or from stdin').choices(
        Object.keys(typedSecrets),
      ),
    ),
  by: 'who stores a secret',
  dryRun: 'store no secret, and send no webhook',
  check({ local, table, setSecret }) {
    if (table !== undefined) throw new UsageError('doctor checks a whole stage: leave --table out.');
    if (local && setSecret)
      throw new UsageError(
        'npm start gives the local bridge its keys: set WINKELSTRAAT_API_KEY or IGF_API_KEY.',
      );
  },
  async run({ options, isPreview, isJson }) {
    const { setSecret, local } = options;
    const all: Finding[] = local ? [] : await checkAccount(stageNamed(options.stage));
    const mayAsk = !isPreview && !local && !isJson && process.stdin.isTTY;
    const examine = async (bridge: OpenBridge): Promise<void> => {
      const { stackName, mode } = bridge;
      all.push({ level: 'ok', check: 'stack', text: `${stackName}, mode ${mode}` });
      all.push(...(await checkSecrets(bridge, { mayAsk, replaced: isPreview ? undefined : setSecret })));
      all.push(...(await checkIgf(bridge)), ...(await checkRunning(bridge)));
      if (!isPreview) all.push(...(await checkWebhook(bridge, webhookWithinMs)));
    };
    if (all[0]?.level !== 'failure') {
      all.push(
        ...(await findings('stack', async () => {
          await withBridge(options, examine);
          return [];
        })),
      );
    }
    const ok = all.every(({ level }) => level === 'ok');
    return { result: { ok, findings: all }, exitCode: ok ? 0 : 1 };
  },
  format: ({ findings: all }) => {
    const bad = all.filter(({ level }) => level !== 'ok').length;
    return [...all.map(findingLine), bad === 0 ? 'All is well.' : `${plural(bad, 'finding')} to look at.`];
  },
});
