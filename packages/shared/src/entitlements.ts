import { limitsOf, type Plan, type PlanPolicy } from "./plans.ts";

/** What a user may do now, as `/api/users/me` shows it. */
export interface Entitlements {
  readonly premium_badge: boolean;
  readonly video_upload: boolean;
  readonly unlimited_images: boolean;
  /** Longest message in Unicode code points. */
  readonly message_max_length: number;
}

/** Computes a plan's entitlements (requirements R4, R5); never stored, always derived. */
export function entitlementsOf(plan: Plan, policy: PlanPolicy): Entitlements {
  const limits = limitsOf(plan, policy);
  return {
    premium_badge: plan !== "free",
    video_upload: limits.video,
    unlimited_images: limits.imagesPerDay === null,
    message_max_length: limits.messageCodePoints,
  };
}
