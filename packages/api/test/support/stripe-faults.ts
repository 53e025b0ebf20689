import { StripeError, type StripePort } from "../../src/stripe-port.ts";

export type StripeMethod = Exclude<keyof StripePort, "verifyWebhook">;

/** A call that is under way for as long as the test likes. */
export interface Held {
  /** Resolves when the call has done its work at Stripe and its answer is on the way. */
  readonly reached: Promise<void>;
  /** Lets the answer arrive. */
  release(): void;
}

interface Fault {
  readonly error: Error;
  /** Stripe did what was asked; only its answer got lost. */
  readonly afterwards: boolean;
}

type Hold = { readonly hold: () => Promise<void> };

/** Failures to inject into the next calls of a method, each used once, in the order they were asked for. */
export class StripeFaults {
  /** Every call so far, in order. */
  readonly calls: StripeMethod[] = [];
  private readonly next = new Map<StripeMethod, (Fault | Hold)[]>();
  private outage: Error | null = null;

  /** Every call fails from now on, until `recover`. */
  goDown(): void {
    this.outage = new StripeError("unavailable", "Stripe network: down", null);
  }

  recover(): void {
    this.outage = null;
  }

  /** The next call of a method fails: `unavailable` as a 5xx would, `rejected` as a 4xx would. */
  fail(
    method: StripeMethod,
    kind: "unavailable" | "rejected" = "unavailable",
    { afterwards = false }: { afterwards?: boolean } = {},
  ): void {
    this.add(method, { error: new StripeError(kind, `Stripe: ${method} ${kind}`, null), afterwards });
  }

  /** The next call of a method does its work, and its answer waits until released. */
  hold(method: StripeMethod): Held {
    const reached = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    const hold = (): Promise<void> => {
      reached.resolve();
      return released.promise;
    };
    this.add(method, { hold });
    return { reached: reached.promise, release: released.resolve };
  }

  count(method: StripeMethod): number {
    return this.calls.filter((call) => call === method).length;
  }

  /** Runs a call with whatever was asked for it. The answer is a copy: the world may change while it travels. */
  async run<T>(method: StripeMethod, work: () => T): Promise<T> {
    this.calls.push(method);
    const fault = this.next.get(method)?.shift();
    if (this.outage) throw this.outage;
    if (fault && "error" in fault && !fault.afterwards) throw fault.error;
    const answer = structuredClone(work());
    if (fault && "error" in fault) throw fault.error;
    if (fault) await fault.hold();
    return answer;
  }

  private add(method: StripeMethod, fault: Fault | Hold): void {
    this.next.set(method, [...(this.next.get(method) ?? []), fault]);
  }
}
