import { afterAll, beforeAll, test } from "vitest";
import { after, atLine, atStripeCall } from "../support/kill-moments.ts";
import { type Killed, type Moment, startToKill } from "../support/killed-server.ts";

const ROUNDS = 100;
const LINES = ["webhook stored", "customer synced", "events processed", "pushed"];
const CALLS = ["/v1/checkout/sessions", "/v1/subscriptions", "/v1/invoices", "/v1/"];

/** The moments take turns, and move on from turn to turn. */
function momentOf(round: number): Moment {
  const turn = Math.floor(round / 10);
  if (round % 10 < 4) return atLine(LINES[round % 4] ?? "pushed", 1 + turn);
  if (round % 10 < 8) return atStripeCall(CALLS[round % 4] ?? "/v1/", 1 + turn);
  return after(3 * round);
}

let killed: Killed;

beforeAll(async () => {
  killed = await startToKill();
});

afterAll(() => killed.stop());

test(`killed ${ROUNDS} times at moments spread over the whole way, it never loses or doubles anything`, {
  timeout: 1_500_000,
}, async () => {
  for (let round = 0; round < ROUNDS; round++) await killed.round(momentOf(round), 4);
});
