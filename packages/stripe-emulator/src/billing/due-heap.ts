/** Something that happens by itself at a moment (unix seconds). */
export interface Due {
  at: number;
  run: () => void;
}

export interface Planned extends Due {
  key: string;
  /** Of equal moments the one that was planned first comes first. */
  order: number;
}

const SMALLEST_LIMIT = 256;

/** What is planned, earliest first. What was planned anew or given up is passed over when it comes up. */
export class DueHeap {
  readonly #rows: Planned[] = [];
  readonly #isValid: (planned: Planned) => boolean;
  /** With more rows than this, those that no longer count are thrown out. */
  #limit = SMALLEST_LIMIT;

  constructor(isValid: (planned: Planned) => boolean) {
    this.#isValid = isValid;
  }

  /** How many rows it holds, those that no longer count among them. */
  get size(): number {
    return this.#rows.length;
  }

  push(planned: Planned): void {
    this.#rows.push(planned);
    this.#rise(this.#rows.length - 1);
    if (this.#rows.length > this.#limit) this.#throwOut();
  }

  /** The earliest that still counts. */
  first(): Planned | null {
    for (;;) {
      const first = this.#rows[0];
      if (first === undefined) return null;
      if (this.#isValid(first)) return first;
      this.#dropFirst();
    }
  }

  #rise(from: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#swapIfEarlier(at, parent)) return;
      at = parent;
    }
  }

  /** A document that changes often, and is due late, would else leave a row behind with each change. */
  #throwOut(): void {
    const valid = this.#rows.filter((row) => this.#isValid(row));
    this.#rows.length = 0;
    for (const row of valid) this.#rise(this.#rows.push(row) - 1);
    this.#limit = Math.max(SMALLEST_LIMIT, 2 * valid.length);
  }

  #dropFirst(): void {
    const last = this.#rows.pop();
    if (last === undefined || this.#rows.length === 0) return;
    this.#rows[0] = last;
    let at = 0;
    for (;;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const child = right < this.#rows.length && this.#isEarlier(right, left) ? right : left;
      if (child >= this.#rows.length || !this.#swapIfEarlier(child, at)) return;
      at = child;
    }
  }

  #swapIfEarlier(child: number, parent: number): boolean {
    if (!this.#isEarlier(child, parent)) return false;
    const [a, b] = [this.#rows[child], this.#rows[parent]];
    if (a !== undefined && b !== undefined) [this.#rows[child], this.#rows[parent]] = [b, a];
    return true;
  }

  #isEarlier(one: number, other: number): boolean {
    const [a, b] = [this.#rows[one], this.#rows[other]];
    if (a === undefined || b === undefined) return false;
    return a.at < b.at || (a.at === b.at && a.order < b.order);
  }
}
