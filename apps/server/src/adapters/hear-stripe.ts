import { StripeError, type StripePort } from "@liveassist/api";

/** How Stripe took a call: it answered, it said no, or it could not be had. */
export type StripeOutcome = "ok" | "refused" | "unavailable";

/** Tells how each call to Stripe ends, and changes nothing about it. What is no error of Stripe's tells nothing. */
export function hearStripe(port: StripePort, heard: (outcome: StripeOutcome) => void): StripePort {
  return new Proxy(port, {
    get(target, key, receiver) {
      const value: unknown = Reflect.get(target, key, receiver);
      // A signature is checked here, and the account's number hides its failures.
      if (typeof value !== "function" || key === "verifyWebhook" || key === "accountId") return value;
      return (...args: unknown[]): unknown => {
        const answer: unknown = value.apply(target, args);
        if (answer instanceof Promise)
          answer.then(
            () => heard("ok"),
            (error: unknown) => tell(error, heard),
          );
        return answer;
      };
    },
  });
}

function tell(error: unknown, heard: (outcome: StripeOutcome) => void): void {
  if (error instanceof StripeError) heard(error.kind === "rejected" ? "refused" : "unavailable");
}
