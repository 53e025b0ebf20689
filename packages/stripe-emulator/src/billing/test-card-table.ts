import { DECLINES } from "./declines.ts";
import type { TestCard } from "./test-cards.ts";

/** A Visa that pays without 3-D Secure, unless said otherwise. */
function card(number: string, name: string, does: Partial<TestCard> & { label: string }): TestCard {
  return { brand: "visa", authentication: "never", ...does, number, token: `pm_card_${name}` };
}

const fraudulent = { reason: "fraudulent", inquiry: false };
const refused = {
  generic: { refused: DECLINES.generic },
  noFunds: { refused: DECLINES.noFunds },
  lost: { refused: DECLINES.lost },
  stolen: { refused: DECLINES.stolen },
} as const;

/** Every test card the emulator knows (https://docs.stripe.com/testing). */
export const TEST_CARDS: readonly TestCard[] = [
  card("4242424242424242", "visa", { label: "Success", aliases: ["us", "visa_us"] }),
  card("5555555555554444", "mastercard", { label: "Success, Mastercard", brand: "mastercard" }),
  card("4000056655665556", "visa_debit", { label: "Success, debit", funding: "debit" }),
  card("5200828282828210", "mastercard_debit", {
    label: "Success, Mastercard debit",
    brand: "mastercard",
    funding: "debit",
  }),
  card("5105105105105100", "mastercard_prepaid", {
    label: "Success, Mastercard prepaid",
    brand: "mastercard",
    funding: "prepaid",
  }),
  card("378282246310005", "amex", {
    label: "Success, American Express",
    brand: "amex",
    aliases: ["amex_threeDSecureNotSupported"],
  }),
  card("6011111111111117", "discover", { label: "Success, Discover", brand: "discover" }),
  card("3056930009020004", "diners", { label: "Success, Diners Club", brand: "diners" }),
  card("3566002020360505", "jcb", { label: "Success, JCB", brand: "jcb", country: "JP" }),
  card("6200000000000005", "unionpay", { label: "Success, UnionPay", brand: "unionpay", country: "CN" }),
  card("4000007520000008", "se", { label: "Success, Swedish", country: "SE", aliases: ["visa_se"] }),
  card("4000002760000016", "de", { label: "Success, German", country: "DE" }),
  card("4000008260000000", "gb", { label: "Success, British", country: "GB" }),

  card("4000000000000002", "visa_chargeDeclined", {
    label: "Declined",
    ...refused.generic,
    aliases: ["chargeDeclined"],
  }),
  card("4000000000009995", "visa_chargeDeclinedInsufficientFunds", {
    label: "Insufficient funds",
    ...refused.noFunds,
    aliases: ["chargeDeclinedInsufficientFunds"],
  }),
  card("4000000000009987", "visa_chargeDeclinedLostCard", {
    label: "Lost card",
    ...refused.lost,
    aliases: ["chargeDeclinedLostCard"],
  }),
  card("4000000000009979", "visa_chargeDeclinedStolenCard", {
    label: "Stolen card",
    ...refused.stolen,
    aliases: ["chargeDeclinedStolenCard"],
  }),
  card("4000000000000069", "chargeDeclinedExpiredCard", {
    label: "Expired card",
    refused: DECLINES.expired,
    aliases: ["visa_chargeDeclinedExpiredCard"],
  }),
  card("4000000000000127", "chargeDeclinedIncorrectCvc", {
    label: "Wrong security code",
    refused: DECLINES.badCvc,
    aliases: ["visa_chargeDeclinedIncorrectCvc"],
  }),
  card("4000000000000119", "chargeDeclinedProcessingError", {
    label: "Processing error",
    refused: DECLINES.processing,
    aliases: ["visa_chargeDeclinedProcessingError"],
  }),
  card("4000000000006975", "visa_chargeDeclinedVelocityLimitExceeded", {
    label: "Velocity limit",
    refused: DECLINES.velocity,
    aliases: ["chargeDeclinedVelocityLimitExceeded"],
  }),
  card("4100000000000019", "radarBlock", {
    label: "Blocked as fraud",
    refused: DECLINES.fraudulent,
    risk: "highest",
    aliases: ["chargeDeclinedFraudulent", "visa_chargeDeclinedFraudulent"],
  }),

  card("4000000000000341", "chargeCustomerFail", {
    label: "Can be saved, every charge fails",
    chargeRefused: DECLINES.generic,
    aliases: ["visa_chargeCustomerFail"],
  }),
  card("4000002500003155", "authenticationRequiredOnSetup", {
    label: "3-D Secure, first use",
    authentication: "first",
  }),
  card("4000002760003184", "authenticationRequired", {
    label: "3-D Secure, every payment",
    authentication: "always",
  }),
  card("4000003800000446", "authenticationRequiredSetupForOffSession", {
    label: "3-D Secure, already set up",
    authentication: "on_session",
  }),
  card("4000008260003178", "authenticationRequiredChargeDeclinedInsufficientFunds", {
    label: "3-D Secure, then insufficient funds",
    authentication: "always",
    refusedAfterChallenge: DECLINES.noFunds,
  }),
  card("4000000000003220", "threeDSecure2Required", {
    label: "3-D Secure 2 required",
    authentication: "always",
    country: "IE",
    aliases: ["threeDSecureRequired"],
  }),
  card("4000008400001629", "threeDSecureRequiredChargeDeclined", {
    label: "3-D Secure, then declined",
    authentication: "always",
    refusedAfterChallenge: DECLINES.generic,
  }),
  card("4000008400001280", "threeDSecureRequiredProcessingError", {
    label: "3-D Secure cannot be reached",
    ...refused.generic,
  }),
  card("4000000000003055", "threeDSecureOptional", {
    label: "3-D Secure when asked for",
    authentication: "on_request",
  }),

  card("4000000000000259", "createDispute", {
    label: "Pays, then disputed as fraudulent",
    disputed: fraudulent,
  }),
  card("4000000000002685", "createDisputeProductNotReceived", {
    label: "Pays, then disputed as not received",
    disputed: { reason: "product_not_received", inquiry: false },
  }),
  card("4000000000001976", "createDisputeInquiry", {
    label: "Pays, then the bank inquires",
    disputed: { reason: "fraudulent", inquiry: true },
  }),
  card("4000000000005423", "createIssuerFraudRecord", {
    label: "Pays, then an early fraud warning",
    warned: true,
  }),
  card("4000000000007726", "pendingRefund", {
    label: "Pays, refunds take a while",
    refunds: "succeed_later",
  }),
  card("4000000000005126", "refundFail", {
    label: "Pays, refunds fail after a while",
    refunds: "fail_later",
  }),
  card("4000000000000077", "bypassPending", { label: "Pays, available at once", available: true }),
  card("4000003720000278", "bypassPendingInternational", {
    label: "Pays from abroad, available at once",
    available: true,
    country: "IE",
  }),

  card("4000000000009235", "riskLevelElevated", { label: "Pays, elevated risk", risk: "elevated" }),
  card("4000000000004954", "riskLevelHighest", { label: "Pays, highest risk", risk: "highest" }),
  card("4000000000000101", "cvcCheckFail", {
    label: "Pays, security code check fails",
    failedChecks: ["cvc"],
  }),
  card("4000000000000036", "avsZipFail", {
    label: "Pays, postal code check fails",
    failedChecks: ["postal_code"],
  }),
  card("4000000000000028", "avsLine1Fail", { label: "Pays, street check fails", failedChecks: ["line1"] }),
  card("4000000000000010", "avsFail", {
    label: "Pays, address checks fail",
    failedChecks: ["postal_code", "line1"],
  }),
];
