import { type CheckoutResult, type PayOptions, resultOf } from "../emulator.ts";
import { isIban } from "./bank-debits.ts";
import { answerChallenge, type Payer, payCheckout } from "./pay-checkout.ts";
import { saveBankDebit } from "./payment-methods.ts";
import { testCard } from "./test-cards.ts";
import type { World } from "./world.ts";

export interface Play extends PayOptions {
  /** The number of a card, or an IBAN; null: none. Default 4242 4242 4242 4242. */
  card?: string | null | undefined;
}

/** Pays a session as a customer would on its page, 3-D Secure included. */
export function playCheckout(world: World, id: string, play: Play = {}): CheckoutResult {
  const email = play.email ?? "person@example.com";
  const first = payCheckout(world, id, { ...meansOf(world, play), email });
  const passed = play.authentication !== "fail";
  const outcome =
    first.kind === "challenge" ? answerChallenge(world, id, { challenge: first.challenge, passed }) : first;
  world.store.commit();
  return resultOf(outcome);
}

/** A card typed, or a bank account in the euro area. */
function meansOf(world: World, { card: number, name }: Play): Pick<Payer, "card" | "method"> {
  if (number === null) return { card: null };
  if (number !== undefined && isIban(number)) return { card: null, method: saveBankDebit(world, number) };
  const card = testCard(number, world.now());
  return { card: { ...card, name: name ?? card.name } };
}
