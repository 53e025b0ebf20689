import { buildPendingCharge, type ChargeInput } from "../objects/charge.ts";
import { debitBehaviour } from "./bank-debits.ts";
import type { Verdict } from "./judge-card.ts";
import { giveMandate } from "./mandates.ts";
import type { World } from "./world.ts";

const SLOW_SECONDS = 180;

/** Asks a bank for the money of an intent; it answers later. */
export function startDebit(world: World, input: Omit<ChargeInput, "decline">): Verdict {
  const { intent, method, number, customer } = input;
  const mandate = giveMandate(world, method, { reusable: intent.setup_future_usage === "off_session" });
  const built = buildPendingCharge(world, { ...input, decline: null }, mandate.id);
  const charge = world.store.put("charges", built);
  world.emit("charge.pending", charge);
  const processing = world.change("paymentIntents", intent.id, {
    status: "processing",
    latest_charge: charge.id,
    payment_method: method.id,
    customer,
    next_action: null,
    last_payment_error: null,
  });
  world.emit("payment_intent.processing", processing);
  const wait = debitBehaviour(number).slow === true ? SLOW_SECONDS : world.settings.bankDebitSeconds;
  const at = world.now() + wait;
  const type = "payment_intent.processing";
  world.store.put("lateEvents", { id: world.id("late"), at, type, object: intent.id });
  return { kind: "processing" };
}
