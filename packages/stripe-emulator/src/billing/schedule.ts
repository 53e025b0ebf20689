import type { TableName } from "../store/tables.ts";
import { dueOf } from "./due.ts";
import { type Due, DueHeap, type Planned } from "./due-heap.ts";
import { clockOf, deleteTestClock, finishAdvance } from "./test-clock.ts";
import type { World } from "./world.ts";

const PLANNED_TABLES = ["sessions", "subscriptions", "invoices", "lateEvents", "discounts"] as const;
const EVERYBODY = "";

/**
 * What is due next, over all documents. Derived from the documents themselves, so nothing can be forgotten: each
 * change of one recomputes its own moment, and only its own. Documents of a test clock wait for that clock.
 */
export class Schedule {
  readonly #world: World;
  readonly #planned = new Map<string, Planned>();
  readonly #heaps = new Map<string, DueHeap>();
  #order = 0;

  constructor(world: World) {
    this.#world = world;
    this.rebuild([]);
    world.store.watch((table, id) => this.#update(table, id));
  }

  /** What is planned (`table/id`), in the order in which it was. */
  order(): string[] {
    return [...this.#planned.values()].toSorted((a, b) => a.order - b.order).map(({ key }) => key);
  }

  /** Plans everything anew, in this order and then that of the documents. */
  rebuild(order: readonly string[]): void {
    this.#planned.clear();
    this.#heaps.clear();
    const tables = [...PLANNED_TABLES, "testClocks"] as const;
    for (const key of order) {
      const table = tables.find((name) => key.startsWith(`${name}/`));
      if (table !== undefined) this.#update(table, key.slice(table.length + 1));
    }
    for (const table of tables) for (const row of this.#world.store.all(table)) this.#update(table, row.id);
  }

  /** The earliest; of equal ones the one that was planned first. */
  next(): Due | null {
    return this.#heaps.get(EVERYBODY)?.first() ?? null;
  }

  /** Runs all that is due up to `until` (unix seconds), in order, each at its own moment. For pure cores. */
  runUntil(until: number): void {
    this.#run(EVERYBODY, until);
  }

  #run(clock: string, until: number): void {
    for (;;) {
      const due = this.#heaps.get(clock)?.first() ?? null;
      if (due === null || due.at > until) return;
      this.#world.at(due.at, due.run);
    }
  }

  #update(table: TableName, id: string): void {
    if (table === "customers") this.#moveToClock(id);
    if (table === "testClocks") this.#plan(`testClocks/${id}`, EVERYBODY, this.#dueOfClock(id));
    const planned = table === "subscriptionNotes" ? "subscriptions" : table;
    if (!PLANNED_TABLES.some((name) => name === planned)) return;
    const due = dueOf(this.#world, planned, id);
    const clock = due === null ? null : clockOf(this.#world, planned, id);
    const overdue = due === null || clock === null ? null : this.#overdue(clock, due.at);
    // Before all else, those among themselves in the order of their moments.
    if (due !== null && overdue !== null)
      this.#plan(`${planned}/${id}`, EVERYBODY, { at: -overdue, run: () => this.#world.at(due.at, due.run) });
    else this.#plan(`${planned}/${id}`, clock, due);
  }

  /** What is due at a frozen clock's own moment, or so many seconds before it, need not wait for an advance. */
  #overdue(id: string, at: number): number | null {
    const clock = this.#world.store.get("testClocks", id);
    return clock?.status === "ready" && at <= clock.frozen_time ? clock.frozen_time - at : null;
  }

  #plan(key: string, clock: string | null, due: Due | null): void {
    const before = this.#planned.get(key);
    if (due === null) {
      this.#planned.delete(key);
      return;
    }
    if (before === undefined) this.#order += 1;
    const planned = { ...due, key, order: before?.order ?? this.#order };
    this.#planned.set(key, planned);
    const heap =
      this.#heaps.get(clock ?? EVERYBODY) ?? new DueHeap((row) => this.#planned.get(row.key) === row);
    this.#heaps.set(clock ?? EVERYBODY, heap);
    heap.push(planned);
  }

  /** A customer that was given a clock takes everything it has along. */
  #moveToClock(customer: string): void {
    const { store } = this.#world;
    if (clockOf(this.#world, "customers", customer) === null) return;
    for (const table of ["sessions", "subscriptions", "invoices", "discounts"] as const)
      for (const row of store.where(table, "customer", customer)) this.#update(table, row.id);
    for (const row of store.all("lateEvents")) this.#update("lateEvents", row.id);
  }

  #dueOfClock(id: string): Due | null {
    const clock = this.#world.store.get("testClocks", id);
    if (clock === undefined) return null;
    const target = clock.status_details.advancing?.target_frozen_time;
    if (target === undefined) return { at: clock.deletes_after, run: () => deleteTestClock(this.#world, id) };
    const advance = () => {
      this.#run(id, target);
      finishAdvance(this.#world, id, target);
    };
    return { at: this.#world.now(), run: advance };
  }
}
