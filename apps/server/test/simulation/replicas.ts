/** An answer of Stripe's that may come again although the world has moved on. */
interface Remembered {
  readonly body: string;
  readonly step: number;
}

/** Answers to lists, so that a stale one can be given. */
export class Replicas {
  readonly #answers = new Map<string, Remembered[]>();
  /** Which customer's list was stale, from which step, at which step. */
  readonly used: { readonly customer: string; readonly from: number; readonly step: number }[] = [];

  remember(url: string, answer: Remembered): void {
    const known = this.#answers.get(url) ?? [];
    this.#answers.set(url, [...known.slice(-4), answer]);
  }

  /** The oldest answer we still have to this question; null: none. It is about this customer. */
  stale(url: string, customer: string, step: number): string | null {
    const oldest = this.#answers.get(url)?.[0];
    if (!oldest) return null;
    this.used.push({ customer, from: oldest.step, step });
    return oldest.body;
  }
}
