import { CrashWorld } from './crash-world.ts';
import type { Effects } from './effects.ts';
import { form, pointsToKillAt } from './points-to-kill-at.ts';
import type { SenderName } from './queues.ts';
import { runWithCrash } from './run-scenario.ts';
import { type CrashScenario, crashScenarios } from './scenarios.ts';

/** A test for each scenario of a sender's worker: wherever it is killed, the effects are those of a worker that lived. */
export function describeCrashes(sender: SenderName): void {
  let crash: CrashWorld;
  const reached = new Set<string>();
  let allPoints = 0;
  let allKills = 0;

  beforeAll(async () => {
    crash = await CrashWorld.start();
  });
  afterAll(async () => {
    if (!crash) return;
    const ours = crash.sites.length;
    report(
      `${sender}: ${allPoints} points, killed ${allKills} times (${form}), at ${reached.size} of ${ours} awaits`,
    );
    await crash.close();
  });

  test.each(crashScenarios.filter((scenario) => scenario.sender === sender))('$name', async (scenario) => {
    const { effects: alive, points } = await runWithCrash(crash, scenario);
    const { notices = 0, parked = 0, ...end } = scenario.end;
    expect(alive).toMatchObject({ ...end, parked, left: {} });
    expect(alive.notices).toHaveLength(notices);
    for (const { site } of points) reached.add(site.replace(/^\w+ /, ''));

    const kills = pointsToKillAt(points, scenario.name);
    for (const killAt of kills) {
      const { effects } = await runWithCrash(crash, scenario, killAt);
      const place = points[killAt - 1]?.site ?? 'after its answer';
      expectSame(withoutRepeats(effects, scenario), alive, `It was killed ${place}.`);
      expect([place, effects.parked <= 2 * parked]).toEqual([place, true]);
      expect([place, effects.notices.length <= 2 * notices]).toEqual([place, true]);
    }
    allPoints += points.length + 1;
    allKills += kills.length;
    report(`${sender}: ${scenario.name}: ${points.length + 1} points, killed ${kills.length} times`);
  });
}

/** A crash may repeat a notice, a parked message, and a call that changed nothing. */
function withoutRepeats(effects: Effects, { end, refused }: CrashScenario): Effects {
  const once = (call: string, index: number, all: readonly string[]) =>
    call !== refused || all.indexOf(call) === index;
  return {
    ...effects,
    notices: [...new Set(effects.notices)],
    parked: Math.min(effects.parked, end.parked ?? 0),
    changes: effects.changes.filter(once),
  };
}

function expectSame(effects: Effects, alive: Effects, message: string): void {
  try {
    expect(effects).toEqual(alive);
  } catch (error) {
    throw new Error(`${message}\n${(error as Error).message}`);
  }
}

/** Figures, past jest's own output. */
export const report = (line: string): void => void process.stdout.write(`crash points, ${line}\n`);
