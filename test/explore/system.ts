import { staleAfterSeconds } from '../../lib/config/timing.ts';
import type { Actor } from './actors.ts';
import { Effects, partOf } from './effects.ts';
import { type Bounds, type Faults, faultNames } from './faults.ts';
import {
  canLoseAnswer,
  concernsNobodyElse,
  faultsAfter,
  type Happening,
  isOfIgf,
  outcomeOf,
  withPart,
} from './happening.ts';
import { type Invariant, invariants } from './invariants.ts';
import { type Answer, type Call, changesIgf, Knowledge } from './knowledge.ts';
import { actorsOf, type Scenario, worldBefore } from './scenario.ts';
import { hashOf } from './text.ts';
import type { ExploredWorld, Message, PartStates } from './world.ts';

/** What may happen next. */
export interface Option {
  readonly happens: Happening;
  readonly process?: Process;
  readonly call?: Call;
}

/** An attempt at a message or a command. */
export interface Process {
  readonly message: number;
  /** What it knows. */
  readonly knows: Knowledge;
  /** It has done nothing yet. */
  readonly isNew: boolean;
}

/** Everything that decides what can happen from here on. */
export interface System {
  readonly now: number;
  readonly round: number;
  readonly world: PartStates;
  readonly faults: Faults;
  /** They can go on. */
  readonly processes: readonly Process[];
  /** Calls of IGF that have no effect yet, although their processes got no answer. */
  readonly late: readonly Call[];
  /** Where preemptions are bounded: how many are left, and who went on last. */
  readonly turns?: { readonly left: number; readonly last?: number } | undefined;
}

/** One step, with what the process was answered. */
export interface Step extends Option {
  readonly round: number;
  readonly answer?: Answer;
}

/** A scenario that can go on from any state in which it was before. */
export class Explored {
  readonly #actors: readonly Actor[];
  readonly #world: ExploredWorld;
  readonly #effects: Effects;
  readonly #beginnings = new Map<string, Knowledge>();
  readonly #holds: readonly Invariant[];
  readonly #judged = new Map<string, readonly string[]>();
  readonly #faults: Faults;
  readonly #mostRounds: number;
  readonly #redrives: boolean;

  private constructor(
    world: ExploredWorld,
    actors: readonly Actor[],
    faults: Faults,
    holds: readonly Invariant[],
  ) {
    this.#world = world;
    this.#actors = actors;
    this.#effects = new Effects(world);
    this.#holds = holds;
    this.#faults = faults;
    // A round without a fault ends at least one message.
    this.#mostRounds = actors.length + faultNames.reduce((sum, name) => sum + faults[name], 0);
    this.#redrives = faults.refusals > 0;
  }

  static async of(scenario: Scenario, { workers, preemptions, ...faults }: Bounds) {
    const world = await worldBefore(scenario);
    const actors = actorsOf(scenario, workers);
    world.queue = actors.slice(0, -1).map(({ isSent }, at) => ({
      ...{ id: at + 1, sentAt: world.now, receives: 0, attempts: 0 },
      place: isSent ? 'unsent' : 'queued',
    }));
    const explored = new Explored(world, actors, faults, [...invariants, ...scenario.holds]);
    const turns = preemptions === undefined ? undefined : { left: preemptions };
    const before: System = {
      ...{ now: world.now, round: 0, world: world.states(), faults, processes: [], late: [], turns },
    };
    return { explored, start: await explored.#nextRound(before) };
  }

  /**
   * Options without a fault come first, so that a history of first options has none. Two kinds of options are left out,
   * because others lead to the same end: a call that concerns no other process happens at once; and of several processes
   * that have done nothing yet with the same message, the first begins.
   */
  options(system: System): Option[] {
    const { processes, faults, late } = system;
    const can = this.#inTurn(
      system,
      processes.filter((process) => this.#canGoOn(process, system)),
    );
    const own = can.find(({ knows }) => concernsNobodyElse.test(knows.call?.name ?? ''));
    const going = own ? [own] : can.filter((process, at) => this.#isFirstOfItsKind(process, can, at));
    const some = (happens: Happening, left: number, isPossible: (name: string) => boolean): Option[] =>
      left > 0
        ? going.flatMap((process) => {
            const { call } = process.knows;
            return call && isPossible(call.name) ? [{ happens, process, call }] : [];
          })
        : [];
    const isAlways = () => true;
    return [
      ...some('answered', 1, isAlways),
      ...(own ? [] : late.map((call): Option => ({ happens: 'commits', call }))),
      ...some('dies', faults.crashes, isAlways),
      ...some('answer-lost', faults.lostAnswers, canLoseAnswer),
      ...some('turned-away', faults.turnedAway, (name) => !concernsNobodyElse.test(name)),
      ...some('no-answer', faults.turnedAway, isOfIgf),
      ...some('refused', faults.refusals, changesIgf),
      ...some('answer-late', faults.lateCommits, changesIgf),
      ...(own || !this.#canOutlive(system) ? [] : [{ happens: 'claims-end' as const }]),
    ];
  }

  /** @returns the state afterwards, and what the process was answered */
  async step(system: System, option: Option): Promise<{ after: System; answer?: Answer }> {
    const { happens, process, call } = option;
    if (happens === 'claims-end') return { after: await this.#endClaims(system) };
    if (!call) throw new Error('Only time passes without a call.');
    if (happens === 'commits') {
      const { after } = await this.#effects.of(call, system.world[partOf(call)]);
      const late = system.late.toSpliced(system.late.indexOf(call), 1);
      return { after: await this.#goOn({ ...system, late, world: withPart(system.world, call, after) }) };
    }
    if (!process) throw new Error('A call has a process.');
    const faults = faultsAfter(system.faults, happens);
    const others = system.processes.filter((other) => other !== process);
    if (happens === 'dies') return { after: await this.#goOn({ ...system, faults, processes: others }) };
    const { world, answer, late = [] } = await outcomeOf(happens, call, system.world, this.#effects);
    const going = process.knows.after(answer, system.now);
    const knows = going instanceof Promise ? await going : going;
    const processes = system.processes.flatMap((other) =>
      other !== process ? other : knows.call ? { ...process, knows, isNew: false } : [],
    );
    const turns = this.#turnsAfter(system, process);
    const after = { ...system, faults, world, processes, late: [...system.late, ...late], turns };
    return { after: await this.#goOn(after), answer };
  }

  /** Those who may go on while no preemption is left: the last one, if it can. */
  #inTurn({ turns }: System, can: readonly Process[]): readonly Process[] {
    const last = turns?.left === 0 ? can.filter(({ message }) => message === turns.last) : [];
    return last.length > 0 ? last : can;
  }

  #turnsAfter(system: System, { message }: Process): System['turns'] {
    const { turns, processes } = system;
    if (!turns) return undefined;
    const couldGoOn = processes.some((other) => other.message === turns.last && this.#canGoOn(other, system));
    return { left: turns.left - (couldGoOn && message !== turns.last ? 1 : 0), last: message };
  }

  /** Equal states have one key: the same choices lead on from them. */
  keyOf({ now, round, world, faults, processes, late, turns }: System): string {
    const parts = Object.values(world).map(({ id }) => id);
    const left = faultNames.map((name) => faults[name]).join();
    const known = processes.map(({ message, knows }) => `${message}${knows.id}`);
    const turn = turns ? `${turns.left} ${turns.last}` : '';
    return hashOf(
      String(now),
      String(round),
      turn,
      left,
      ...parts,
      '',
      ...known,
      '',
      ...late.map(({ id }) => id),
    );
  }

  /** Which invariants are violated in this state, in words. */
  violations(system: System): readonly string[] {
    const { world: states, now, faults } = system;
    const happened = Object.fromEntries(faultNames.map((name) => [name, this.#faults[name] - faults[name]]));
    const key = `${now} ${Object.values(happened)} ${Object.values(states).map(({ id }) => id)}`;
    const known = this.#judged.get(key);
    if (known) return known;
    const queue = messagesIn(states).map(
      (message): Message => (this.#isPossible(message, states) ? message : { ...message, place: 'unsent' }),
    );
    const looked: ExploredWorld = Object.create(this.#effects.worldIn(states), {
      ...Object.getOwnPropertyDescriptors({ now, happened, queue }),
    });
    const violations = this.#holds.flatMap((invariant) => invariant(looked));
    this.#judged.set(key, violations);
    return violations;
  }

  /** A new process goes on when what it reports has happened. */
  #canGoOn({ isNew, message }: Process, { world }: System): boolean {
    if (!isNew) return true;
    const known = messagesIn(world).find(({ id }) => id === message);
    return known?.place === 'queued' && this.#isPossible(known, world);
  }

  /** What a message reports has happened. */
  #isPossible = ({ id }: Message, world: PartStates): boolean => this.#actor(id).when?.(igfIn(world)) ?? true;

  #isFirstOfItsKind = (process: Process, all: readonly Process[], at: number): boolean =>
    !process.isNew ||
    all.findIndex(({ message, isNew }) => isNew && this.#actor(message) === this.#actor(process.message)) ===
      at;

  /** No call is underway that its claim must outlast. */
  #canOutlive = ({ faults, processes, late }: System): boolean =>
    faults.outlived > 0 &&
    late.length === 0 &&
    processes.some(({ isNew }) => !isNew) &&
    !processes.some(({ knows }) => knows.mayCall);

  #actor(message: number): Actor {
    const actor = this.#actors[message - 1];
    if (!actor) throw new Error(`There is no message ${message}.`);
    return actor;
  }

  /** The next round begins when nobody can go on. A call that comes late has its effect before. */
  async #goOn(system: System): Promise<System> {
    if (system.late.length > 0 || system.processes.some((process) => this.#canGoOn(process, system)))
      return system;
    const { claimLeaseMs, roundMs } = this.#world;
    const waitMs = this.#isReconcilers(system) ? staleMs : Math.max(claimLeaseMs + 1000, roundMs);
    return this.#nextRound({ ...system, now: system.now + waitMs });
  }

  async #nextRound(system: System): Promise<System> {
    if (system.round >= this.#mostRounds) return { ...system, processes: [] };
    const messages = messagesIn(system.world);
    const isLeft = (message: Message) =>
      message.place === 'queued' && this.#isPossible(message, system.world);
    const next = messages.some(isLeft) ? system : (this.#redriven(system) ?? this.#reconciled(system));
    if (!next) return { ...system, processes: [] };
    return this.#received({ ...next, round: system.round + 1, processes: [] });
  }

  #redriven(system: System): System | undefined {
    const messages = messagesIn(system.world);
    if (!this.#redrives || !messages.some(({ place }) => place === 'parked')) return undefined;
    const redriven = messages.map(
      (message): Message =>
        message.place === 'parked'
          ? { ...message, place: 'queued', sentAt: system.now, receives: 0 }
          : message,
    );
    return { ...system, world: withMessages(system.world, redriven) };
  }

  /**
   * A message that two processes have is over when one of them finds nothing to do, also if the other one then dies. What
   * that one left is the reconciler's, once it is old enough.
   */
  #reconciled(system: System): System | undefined {
    const isOutlived = system.faults.outlived < this.#faults.outlived;
    if (!isOutlived || this.#isReconcilers(system) || this.violations(system).length === 0) return undefined;
    const now = system.now + staleMs;
    const run = { id: this.#actors.length, place: 'queued' as const, sentAt: now, receives: 0, attempts: 0 };
    return { ...system, now, world: withMessages(system.world, [...messagesIn(system.world), run]) };
  }

  /** Everything else is over, and the reconciler runs. */
  #isReconcilers = ({ world }: System): boolean => messagesIn(world).length === this.#actors.length;

  /** Every message that is left is received, also by a second process while the first one still runs. */
  async #received(system: System): Promise<System> {
    const messages = messagesIn(system.world).map((message) =>
      message.place === 'queued' || message.place === 'unsent'
        ? { ...message, receives: message.receives + 1, attempts: message.attempts + 1 }
        : message,
    );
    const world = withMessages(system.world, messages);
    const begun = messages.flatMap((message) =>
      message.place === 'queued' || message.place === 'unsent' ? this.#begin(message, system.now) : [],
    );
    return { ...system, world, processes: [...system.processes, ...(await Promise.all(begun))] };
  }

  #endClaims(system: System): Promise<System> {
    const processes = system.processes.filter(({ isNew }) => !isNew);
    const faults = faultsAfter(system.faults, 'claims-end');
    return this.#received({
      ...system,
      faults,
      processes,
      now: system.now + this.#world.claimLeaseMs + 1000,
    });
  }

  async #begin(message: Message, now: number): Promise<Process> {
    const id = hashOf(JSON.stringify(message), String(now));
    const program = this.#actor(message.id).attempt(this.#world, message, now);
    const knows = this.#beginnings.get(id) ?? (await Knowledge.begin(id, program, now));
    this.#beginnings.set(id, knows);
    return { message: message.id, knows, isNew: true };
  }
}

const staleMs = staleAfterSeconds * 1000;

const messagesIn = ({ messages }: PartStates) => messages.content as readonly Message[];

const withMessages = (world: PartStates, content: readonly Message[]): PartStates => ({
  ...world,
  messages: { id: hashOf(JSON.stringify(content)), content },
});

const igfIn = ({ igf }: PartStates) => (igf.content as { state: ExploredWorld['igf']['state'] }).state;
