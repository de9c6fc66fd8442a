import { startDeadlineMs } from '../../support/world.ts';
import { CrashWorld } from './crash-world.ts';
import { play, pointsToDieAt } from './deaths.ts';
import type { Outside } from './outside.ts';
import type { SenderName } from './queues.ts';
import { type Scenario, scenarios } from './scenarios.ts';

/** A test for each scenario of a sender's worker: wherever it dies, the world ends as if it had lived. */
export function describeDeaths(sender: SenderName): void {
  let crash: CrashWorld;
  const reached = new Set<string>();
  let points = 0;
  let killed = 0;

  beforeAll(async () => {
    crash = await CrashWorld.start();
  }, startDeadlineMs);
  afterAll(async () => {
    if (!crash) return;
    const ours = crash.sites.length;
    report(`${sender}: ${points} points, killed ${killed} times, at ${reached.size} of ${ours} awaits`);
    await crash.close();
  });

  it.each(scenarios.filter((scenario) => scenario.sender === sender))(
    '$name',
    async (scenario) => {
      const { outside: alive, declinedShipments } = await play(crash, scenario);
      const { notices = 0, parked = 0, ...end } = scenario.end;
      expect(alive).toMatchObject({ ...end, parked, left: {} });
      expect(alive.notices).toHaveLength(notices);
      for (const { site } of declinedShipments) reached.add(site.replace(/^\w+ /, ''));

      const deaths = pointsToDieAt(declinedShipments);
      for (const dieAt of deaths) {
        const { outside } = await play(crash, scenario, dieAt);
        const place = declinedShipments[dieAt - 1]?.site ?? 'after its answer';
        expectSame(folded(outside, scenario), alive, `It died ${place}.`);
        expect([place, outside.parked <= 2 * parked]).toEqual([place, true]);
        expect([place, outside.notices.length <= 2 * notices]).toEqual([place, true]);
      }
      points += declinedShipments.length + 1;
      killed += deaths.length;
      report(
        `${sender}: ${scenario.name}: ${declinedShipments.length + 1} points, killed ${deaths.length} times`,
      );
    },
    10 * 60_000,
  );
}

/** What a death may double: what people were told, what was parked, and a call that changed nothing. */
function folded(outside: Outside, { end, refused }: Scenario): Outside {
  const once = (call: string, index: number, all: readonly string[]) =>
    call !== refused || all.indexOf(call) === index;
  return {
    ...outside,
    notices: [...new Set(outside.notices)],
    parked: Math.min(outside.parked, end.parked ?? 0),
    changes: outside.changes.filter(once),
  };
}

function expectSame(outside: Outside, alive: Outside, message: string): void {
  try {
    expect(outside).toEqual(alive);
  } catch (error) {
    throw new Error(`${message}\n${(error as Error).message}`);
  }
}

/** Figures, past jest's own output. */
export const report = (line: string): void => void process.stdout.write(`crash points, ${line}\n`);
