import type { Core } from "../../src/core.ts";
import type { TableName } from "../../src/store/tables.ts";

/** Draws from numbers that were drawn before, so that a failing life can be made smaller. */
export class Pick {
  readonly core: Core;
  readonly #numbers: readonly number[];
  #place = 0;

  constructor(core: Core, numbers: readonly number[]) {
    this.core = core;
    this.#numbers = numbers;
  }

  /** A whole number from 0 up to below `end`. */
  below(end: number): number {
    const drawn = this.#numbers[this.#place % this.#numbers.length] ?? 0;
    this.#place += 1;
    return drawn % Math.max(1, end);
  }

  one<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }

  /** The value, or nothing at all. */
  maybe<T>(value: T): T | undefined {
    return this.below(2) === 0 ? undefined : value;
  }

  /** The id of some document, more often of one of the newest; of none now and then, and where there is none yet. */
  id(table: TableName): string {
    const rows = this.core.store.all(table);
    const among = this.below(2) === 0 ? rows.slice(-3) : rows;
    return this.below(20) === 19 ? "none_1234" : (this.one(among)?.id ?? "none_1234");
  }

  /** Unix seconds, some days from now. */
  moment(days: number): number {
    return Math.floor(this.core.now() / 1000) + this.below(days * 24) * 3600;
  }
}
