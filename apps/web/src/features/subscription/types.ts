import type { SubscriptionStatus } from "@liveassist/api/contract";

export type { Billing, Offer, Withdrawal } from "@liveassist/api/contract";
export type Status = SubscriptionStatus;
