import type { MailedHappening } from "@liveassist/shared/happenings";
import { duplicatePayment } from "./duplicate-payment.ts";
import { endedUnpaid } from "./ended-unpaid.ts";
import { orderConfirmation } from "./order-confirmation.ts";
import { paymentFailed } from "./payment-failed.ts";
import type { About, MailText } from "./phrases.ts";
import { trialEnding } from "./trial-ending.ts";

/** The mail for each happening that is told by mail: a new one without a text does not compile. */
export const mailAbout: Readonly<Record<MailedHappening, (about: About) => MailText>> = {
  ordered: orderConfirmation,
  trial_ending: trialEnding,
  payment_failed: paymentFailed,
  ended_unpaid: endedUnpaid,
  duplicate_payment: duplicatePayment,
};
