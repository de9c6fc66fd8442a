import { type Answer, answerOf, type Call, failureOf } from './knowledge.ts';
import type { ExploredWorld, PartName, PartState } from './world.ts';

/** What a call does to its part of the world. */
export interface Effect {
  readonly answer: Answer;
  readonly after: PartState;
}

export const partOf = (call: Call): PartName => call.name.slice(0, call.name.indexOf('.')) as PartName;

/** It changes nothing. */
export const isRead = (name: string): boolean =>
  /^(table|quarantine)\.(read|find|list|has)|^igf\.\w+\.(get|of[A-Z]\w*|all|forwardable)$/.test(name);

/** The effects of calls. Nothing but the state of its part decides what a call does, so each is tried once. */
export class Effects {
  readonly #world: ExploredWorld;
  /** The states that the parts of the world are in now. */
  readonly #loaded = new Map<PartName, string>();
  readonly #known = new Map<string, Effect>();
  readonly #states = new Map<string, PartState>();

  constructor(world: ExploredWorld) {
    this.#world = world;
  }

  of(call: Call, state: PartState): Effect | Promise<Effect> {
    return this.#known.get(call.id + state.id) ?? this.#tried(call, state);
  }

  async #tried(call: Call, state: PartState): Promise<Effect> {
    const name = partOf(call);
    this.#load(name, state);
    const answer = await this.#world.call(call.name, call.args).then(answerOf, failureOf);
    const found = isRead(call.name) ? state : this.#world.stateOf(name);
    const after = this.#states.get(found.id) ?? found;
    this.#states.set(after.id, after);
    this.#loaded.set(name, after.id);
    const effect = { answer, after };
    this.#known.set(call.id + state.id, effect);
    return effect;
  }

  #load(name: PartName, { id, content }: PartState): void {
    if (this.#loaded.get(name) !== id) this.#world.parts[name].load(content);
    this.#loaded.set(name, id);
  }

  /** The world in these states, to look at. */
  worldIn(states: Readonly<Record<PartName, PartState>>): ExploredWorld {
    for (const name of Object.keys(states) as PartName[]) this.#load(name, states[name]);
    return this.#world;
  }
}
