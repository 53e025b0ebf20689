import type { Contract } from "@liveassist/shared/withdrawal";
import { money } from "../billing/mail-texts/phrases.ts";
import type { Settings } from "../deps.ts";
import type { Mail } from "../mail-port.ts";
import type { Refund } from "../stripe-port.ts";
import { SERVICE } from "./read-withdrawal.ts";

interface Received {
  readonly name: string;
  readonly email: string;
  readonly receivedAt: Date;
  readonly contracts: readonly Pick<Contract, "id" | "concludedAt">[];
}

/** The receipt that the law asks for: content of the statement, date and time, on something that lasts (EU 2023/2673, art. 11a). */
export function receiptMail(settings: Settings, received: Received): Mail {
  const { name, email, receivedAt, contracts } = received;
  const lines = contracts.map(
    ({ id, concludedAt }) =>
      `“I hereby give notice that I withdraw from my contract for the provision of the following service: ${SERVICE}, monthly subscription ${id}, ordered on ${inWords(new Date(concludedAt), settings)}.”`,
  );
  const text = [
    `We have received your withdrawal from the contract. It was received on ${inWords(receivedAt, settings)}.`,
    [`What you stated:`, `Name: ${name}`, `E-mail: ${email}`, ...lines].join("\n"),
    "Your subscription is being cancelled at once. If you have paid for it, that is given back in full, the way you paid it, and you get another mail when it is done; in a free trial there is nothing to give back. You need to do nothing more.",
    sender(settings),
  ].join("\n\n");
  return { to: email, subject: "Receipt: your withdrawal from the contract", text };
}

/** Says that the money is on its way back. */
export function refundMail(settings: Settings, done: { email: string; refund: Refund; at: Date }): Mail {
  const { email, refund, at } = done;
  const text = [
    `We have given back ${money(refund.amountOre, refund.currency)} on ${inWords(at, settings)}, the way you paid it. Your bank usually shows it within 5 to 10 days.`,
    `Refund number: ${refund.refundId}`,
    "Your subscription is cancelled; nothing more will be charged.",
    sender(settings),
  ].join("\n\n");
  return { to: email, subject: "Your refund is on its way", text };
}

const sender = ({ seller, appUrl }: Settings): string =>
  seller
    ? [seller.name, `Organisation number ${seller.orgNo}`, seller.address, seller.email, appUrl].join("\n")
    : `LiveAssist\n${appUrl}`;

/** A moment with its zone, to the second: a receipt has to say when. */
const inWords = (at: Date, { quotaTimezone: timeZone }: Settings): string =>
  new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "long", timeZone }).format(at);
