import type Stripe from "stripe";
import { openDispute } from "./disputes.ts";
import { warnOfFraud } from "./fraud-warnings.ts";
import { cardBehaviour } from "./test-cards.ts";
import type { World } from "./world.ts";

/** What a test card brings about after its money was taken: a dispute or a warning, with the charge or a second later. */
export function followCharge(world: World, charge: Stripe.Charge, { atOnce }: { atOnce: boolean }): void {
  const { disputed, warned } = behaviourOf(world, charge);
  if (disputed === undefined && warned === undefined) return;
  if (atOnce) bringAbout(world, charge);
  else {
    const type = "charge.dispute.created";
    world.store.put("lateEvents", { id: world.id("late"), at: world.now() + 1, type, object: charge.id });
  }
}

/** The cardholder disputes, or the bank warns of fraud, once. */
export function bringAbout(world: World, charge: Stripe.Charge): void {
  const { disputed, warned } = behaviourOf(world, charge);
  if (disputed !== undefined && !charge.disputed) openDispute(world, charge, disputed);
  if (warned === true) warnOfFraud(world, charge);
}

function behaviourOf(world: World, charge: Stripe.Charge) {
  return cardBehaviour(world.store.get("cards", String(charge.payment_method))?.number ?? "");
}
