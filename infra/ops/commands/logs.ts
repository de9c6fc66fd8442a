import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { z } from 'zod';
import { interruptible, UsageError } from '../../cli/command-line.ts';
import { narration } from '../../cli/narration.ts';
import { type Since, since } from '../../cli/since.ts';
import { noteFailedCalls } from '../aws/aws-error.ts';
import { clientSettings } from '../aws/client-settings.ts';
import type { PlaceOptions } from '../aws/open-bridge.ts';
import { bridgeCommand } from '../command.ts';
import { sinceOption } from '../lists.ts';
import { linesOf } from '../logs/of-order.ts';
import { followLogs, type LogLine, readLogs } from '../logs/read-logs.ts';
import { list, text } from '../result-fields.ts';

const Line = z.object({
  id: text("CloudWatch's id of the line"),
  at: text('when it was written'),
  source: text('the function that wrote it'),
  text: text('the line, mostly JSON'),
});
type Line = z.infer<typeof Line>;
const Logs = z.object({ lines: list(Line.shape, 'the lines, oldest first') });

interface LogsOptions extends PlaceOptions {
  readonly follow?: true;
  readonly order?: string;
  readonly since: Since;
  readonly json?: true;
}

export const logsCommand = bridgeCommand<LogsOptions, typeof Logs>({
  name: 'logs',
  summary: 'print what happens in a stage, line by line, as npm start does',
  description: `Reads the logs of a deployed stage in CloudWatch, and prints a line for each step of each webhook. With
    --follow it goes on until Ctrl-C. CloudWatch shows a line some seconds after it was written. The access log of the
    API is not among them: a request that no function got is only there (/aws/vendedlogs/<stack>/access).`,
  examples: [
    'npx bridge logs --follow --stage prod',
    'npx bridge logs --order 000000549 --since 36h --stage prod',
    "npx bridge logs --since 1h --json --stage prod | jq -r '.lines[].text'",
  ],
  result: Logs,
  parameters: (command) =>
    command
      .option('-f, --follow', 'go on with what happens from now on, until Ctrl-C')
      .option('--order <order>', "only lines about this order, by Winkelstraat's number")
      .addOption(sinceOption('written').default(since('10m'), '10m')),
  check({ local, follow, json }) {
    if (local) throw new UsageError('npm start prints these lines itself: logs needs a deployed stage.');
    if (follow && json) throw new UsageError('--json prints one document, and --follow has no end.');
  },
  async run({ bridge, options, print }) {
    const { stackName, stage, now } = bridge;
    const client = noteFailedCalls(new CloudWatchLogsClient(clientSettings(stage)));
    const from = Date.parse(options.since(now()));
    const wanted =
      options.order === undefined ? (lines: readonly LogLine[]) => lines : linesOf(options.order);
    try {
      if (!options.follow) {
        return { result: { lines: wanted(await readLogs(client, stackName, from)).map(written) } };
      }
      const narrate = narrator(new Date(from).toISOString(), print);
      await interruptible(async (signal) => {
        for await (const lines of followLogs(client, stackName, from, signal)) {
          wanted(lines).map(written).forEach(narrate);
        }
      });
    } finally {
      client.destroy();
    }
  },
  format({ lines }) {
    const printed: string[] = [];
    lines.forEach(narrator(lines[0]?.at ?? '', (line) => printed.push(line)));
    return printed.length > 0 ? printed : ['No line was written.'];
  },
});

const written = (line: LogLine): Line => ({ ...line, at: new Date(line.at).toISOString() });

/** Prints lines that were written after `begin`, each as `npm start` does, with the time at which it was written. */
function narrator(begin: string, write: (line: string) => void): (line: Line) => void {
  let at = begin;
  const { functionLog } = narration({ write, colours: false, now: () => Date.parse(at) });
  return (line) => {
    at = line.at;
    functionLog(line.source, line.text);
  };
}
