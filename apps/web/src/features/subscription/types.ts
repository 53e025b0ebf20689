import type { SubscriptionStatus } from "@liveassist/api/contract";

export type { Offer } from "@liveassist/api/contract";
export type Status = SubscriptionStatus;
