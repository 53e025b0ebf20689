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

/** What is planned, earliest first. What was planned anew or given up is passed over when it comes up. */
export class DueHeap {
  readonly #rows: Planned[] = [];
  readonly #isValid: (planned: Planned) => boolean;

  constructor(isValid: (planned: Planned) => boolean) {
    this.#isValid = isValid;
  }

  push(planned: Planned): void {
    this.#rows.push(planned);
    let at = this.#rows.length - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#swapIfEarlier(at, parent)) return;
      at = parent;
    }
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
