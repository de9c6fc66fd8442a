import type { Policy } from '../../lib/config/policy.ts';
import { claimLeaseSeconds } from '../../lib/config/timing.ts';
import type { RejectedDelivery, RejectedItems } from '../../lib/quarantine/rejected-delivery.ts';
import type { Notice } from '../../lib/returns/notice.ts';
import { policy } from '../support/builders.ts';
import { FakeIgf } from '../support/doubles/fake-igf.ts';
import { FakeIgfLife } from '../support/doubles/fake-igf-life.ts';
import { inMemoryTable, type SavedTable } from '../support/doubles/in-memory-table.ts';
import { frozen } from '../support/frozen.ts';
import { type Faults, withoutFaults } from './faults.ts';
import { hashOf, textOf } from './text.ts';

/** What became of a message in the queue. `unsent`: what it reports has not happened yet. */
type Place = 'unsent' | 'queued' | 'deleted' | 'parked';

/** A message in the queue, or a command that a person types. */
export interface Message {
  /** Counted from 1. */
  readonly id: number;
  readonly place: Place;
  /** When it was put on the queue, in milliseconds since the epoch. */
  readonly sentAt: number;
  /** Since then. */
  readonly receives: number;
  /** All of them. */
  readonly attempts: number;
}

/** A part of the world in one state. Equal states have one id. */
export interface PartState {
  readonly id: string;
  readonly content: unknown;
}

/** How a part is stored and put back. */
interface Part<Content> {
  save(): Content;
  load(content: Content): void;
  /** Equal contents have one text. */
  text(content: Content): string;
}

const part = <Content>(definition: Part<Content>) => definition as Part<unknown>;

const itemIds = new WeakMap<object, string>();

/** An item of the table is never changed, so it is identified once. */
function idOfItem(item: object): string {
  const id = itemIds.get(item) ?? hashOf(textOf(item));
  itemIds.set(item, id);
  return id;
}

function textOfTable({ items, ...others }: SavedTable): string {
  const ids = [...items].map(([key, item]) => `${key} ${idOfItem(item)}`).sort();
  return `${ids.join('\n')}\n${textOf(others)}`;
}

export type PartName = keyof ExploredWorld['parts'];
/** The state of everything around the processes. */
export type PartStates = Readonly<Record<PartName, PartState>>;

/** Everything around the processes, in memory. A test may replace any part of it. */
export class ExploredWorld {
  readonly table = inMemoryTable();
  readonly igf = new FakeIgf();
  notices: readonly Notice[] = [];
  queue: readonly Message[] = [];
  /** The rejected deliveries in the table, by id. */
  rejected: ReadonlyMap<string, RejectedDelivery> = new Map();
  /** How many faults have happened, when the world is looked at. */
  happened: Faults = withoutFaults;
  /** Milliseconds since the epoch. */
  now = Date.parse('2024-03-11T12:00:00.000Z');
  claimLeaseMs = claimLeaseSeconds * 1000;
  /** When a message that is left is received again: when every claim has ended, or later. */
  roundMs = 0;
  policy: Policy = policy();

  /** What customers and carriers do. */
  readonly life = new FakeIgfLife(this.igf, () => this.now);

  readonly topic = {
    publish: async (notice: Notice): Promise<void> => {
      this.notices = [...this.notices, notice];
    },
  };

  /** The rejected deliveries, as `lib/quarantine/rejected-items.ts` stores them. */
  readonly quarantine: RejectedItems = {
    read: async (id) => this.rejected.get(id),
    write: async (delivery) => {
      if ((this.rejected.get(delivery.id)?.rev ?? 0) !== delivery.rev) return 'changed';
      this.rejected = new Map([...this.rejected, [delivery.id, { ...delivery, rev: delivery.rev + 1 }]]);
      return 'written';
    },
  };

  /** SQS, for the one who received the message `id`. */
  readonly messages = {
    delay: async (_id: number, _seconds: number) => undefined,
    park: async (id: number) => this.#move(id, 'parked'),
    delete: async (id: number) => {
      if (this.queue.some((message) => message.id === id && message.place === 'queued'))
        this.#move(id, 'deleted');
    },
    /** Puts a message on the queue that was not sent yet. */
    send: async (id: number) => this.#move(id, 'queued'),
  };

  readonly parts = {
    table: part({
      // No worker reads the records of deliveries, so they decide nothing.
      save: () => ({ ...this.table.save(), deliveries: [] }),
      load: (saved) => this.table.load(saved),
      text: textOfTable,
    }),
    igf: part({
      save: () => structuredClone({ state: this.igf.state, mostLive: this.igf.mostLive }),
      load: ({ state, mostLive }) => {
        Object.assign(this.igf.state, structuredClone(state));
        Object.assign(this.igf, { mostLive });
        this.igf.calls.length = 0;
      },
      text: textOf,
    }),
    topic: part({
      save: () => this.notices,
      load: (notices: readonly Notice[]) => {
        this.notices = notices;
      },
      text: textOf,
    }),
    messages: part({
      save: () => this.queue,
      load: (queue: readonly Message[]) => {
        this.queue = queue;
      },
      text: textOf,
    }),
    quarantine: part({
      save: () => this.rejected,
      load: (rejected: ExploredWorld['rejected']) => {
        this.rejected = rejected;
      },
      text: textOf,
    }),
  };

  /** The state of a part as it is now. */
  stateOf(name: PartName): PartState {
    const content = this.parts[name].save();
    return { id: hashOf(this.parts[name].text(content)), content };
  }

  states(): PartStates {
    const names = Object.keys(this.parts) as PartName[];
    return Object.fromEntries(names.map((name) => [name, this.stateOf(name)])) as unknown as PartStates;
  }

  /** Makes a call, such as `igf.listings.create`. @throws what the call throws */
  async call(name: string, args: readonly unknown[]): Promise<unknown> {
    const path = name.split('.');
    let target: unknown = this;
    for (const key of path.slice(0, -1)) target = Reflect.get(Object(target), key);
    const method = Reflect.get(Object(target), path.at(-1) ?? '') as (
      ...given: unknown[]
    ) => Promise<unknown>;
    return frozen(await method.apply(target, [...args]));
  }

  #move(id: number, place: Place): void {
    this.queue = this.queue.map((message) => (message.id === id ? { ...message, place } : message));
  }
}
