import { stripeCustomers } from "@liveassist/db/schema";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { StripeError } from "../stripe-port.ts";
import { syncUser, syncUserAfresh } from "./sync-user.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

test.each([
  ["for all who ask meanwhile", syncUser],
  ["afresh", syncUserAfresh],
])(
  "a customer that Stripe does not speak of hides nothing that was paid on a newer one: %s",
  async (_, sync) => {
    const { actor, customerId: old } = await world.buyer();
    const { id: newer } = world.at.customer(actor.userId);
    await world.deps.db.insert(stripeCustomers).values({ customerId: newer, userId: actor.userId });
    world.at.invoice(world.at.subscribe(newer));
    const list = world.stripe.listSubscriptions.bind(world.stripe);
    const refusal = new StripeError("rejected", "Stripe 400", null);
    world.stripe.listSubscriptions = (id) => (id === old ? Promise.reject(refusal) : list(id));
    await expect(sync(world.deps, actor.userId)).rejects.toBe(refusal);
    expect(await world.row(actor.userId)).toMatchObject({ subscriptionStatus: "paid", xp: 250 });
  },
);
