import { afterAll, beforeAll, test } from "vitest";
import { atLine, atStripeCall } from "../support/kill-moments.ts";
import { type Killed, startToKill } from "../support/killed-server.ts";

let killed: Killed;

beforeAll(async () => {
  killed = await startToKill();
});

afterAll(() => killed.stop());

test.for([
  { when: "as the first event is stored, with others in flight", moment: atLine("webhook stored") },
  { when: "while it asks Stripe, after every 200", moment: atStripeCall("/v1/subscriptions", 2) },
  { when: "between the commit and the push", moment: atLine("customer synced") },
])("killed $when, nothing acknowledged is lost and each tab is told exactly once", async ({ moment }) => {
  await killed.round(moment, 3);
});
