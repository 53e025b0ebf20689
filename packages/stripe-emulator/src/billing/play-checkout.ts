import { type CheckoutResult, type PayOptions, resultOf } from "../emulator.ts";
import { answerChallenge, payCheckout } from "./pay-checkout.ts";
import { testCard } from "./test-cards.ts";
import type { World } from "./world.ts";

export interface Play extends PayOptions {
  /** A number; null: no card. Default 4242 4242 4242 4242. */
  card?: string | null | undefined;
}

/** Pays a session as a customer would on its page, 3-D Secure included. */
export function playCheckout(world: World, id: string, play: Play = {}): CheckoutResult {
  const card = play.card === null ? null : testCard(play.card ?? undefined, world.now());
  const typed = card === null ? null : { ...card, name: play.name ?? card.name };
  const first = payCheckout(world, id, { card: typed, email: play.email ?? "person@example.com" });
  const passed = play.authentication !== "fail";
  const outcome =
    first.kind === "challenge" ? answerChallenge(world, id, { challenge: first.challenge, passed }) : first;
  world.store.commit();
  return resultOf(outcome);
}
