import type { Story } from "../story.ts";
import { catalogueStories } from "./catalogue.ts";
import { checkoutStories } from "./checkout.ts";
import { customerStories } from "./customers.ts";
import { discountStories } from "./discounts.ts";
import { invoiceItemStories } from "./invoice-items.ts";
import { invoiceStories } from "./invoices.ts";
import { invoiceByHandStories } from "./invoices-by-hand.ts";
import { moneyBackStories } from "./money-back.ts";
import { paymentIntentStories } from "./payment-intents.ts";
import { portalStories } from "./portal.ts";
import { singlePaymentStories } from "./single-payments.ts";
import { subscriptionStories } from "./subscriptions.ts";
import { testClockStories } from "./test-clocks.ts";
import { webhookStories } from "./webhooks.ts";

/** Together they call every method that the emulator answers, and bring every object into the states that matter. */
export const STORIES: readonly Story[] = [
  ...catalogueStories,
  ...checkoutStories,
  ...customerStories,
  ...discountStories,
  ...invoiceItemStories,
  ...invoiceByHandStories,
  ...invoiceStories,
  ...moneyBackStories,
  ...paymentIntentStories,
  ...portalStories,
  ...singlePaymentStories,
  ...subscriptionStories,
  ...testClockStories,
  ...webhookStories,
];
