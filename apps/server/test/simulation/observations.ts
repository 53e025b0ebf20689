/** When an observation began: in which step it drew its number, and what time its process thought it was (ms). */
export interface Beginning {
  readonly step: number;
  readonly askedAt: number;
}

/** Which observation stands for each customer, as the simulation saw it happen. */
export class Observations {
  readonly #begun = new Map<number, Beginning>();
  readonly #standing = new Map<string, { seq: number; writtenAt: number }>();

  beginningOf(seq: number): Beginning | null {
    return this.#begun.get(seq) ?? null;
  }

  drawn(seq: number, beginning: Beginning): void {
    this.#begun.set(seq, beginning);
  }

  /** A customer's row shows this number. Answers what is wrong with that, or null. */
  shown(customer: string, seq: number, step: number): string | null {
    const before = this.#standing.get(customer);
    if (before?.seq === seq) return null;
    if (before && before.seq > seq)
      return `observation ${before.seq} of ${customer} was overwritten by the older ${seq}`;
    if (!this.#begun.has(seq)) return `observation ${seq} of ${customer} was never drawn`;
    this.#standing.set(customer, { seq, writtenAt: step });
    return null;
  }

  /** The steps between which Stripe answered the observation that stands; null: the customer was never observed. */
  windowOf(customer: string): { from: number; to: number; askedAt: number } | null {
    const standing = this.#standing.get(customer);
    const begun = standing && this.#begun.get(standing.seq);
    return begun ? { from: begun.step, to: standing.writtenAt, askedAt: begun.askedAt } : null;
  }
}
