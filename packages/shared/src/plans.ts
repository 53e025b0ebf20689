/** The three plans a user can be on; `subscription_status` on the wire (requirements R9). */
export const PLANS = ["free", "trial", "paid"] as const;
export type Plan = (typeof PLANS)[number];

/** True for every plan that gives what was paid for: a trial counts as paid (requirements R4, R6). */
export const isPremium = (plan: Plan): boolean => plan !== "free";

/** Which of two plans is better for the user: the greater number. */
export const RANK_OF_PLAN: Readonly<Record<Plan, number>> = { paid: 2, trial: 1, free: 0 };

/** What a plan allows. Images are per day (null: unlimited), text in code points, replies in output tokens. */
export interface PlanLimits {
  readonly imagesPerDay: number | null;
  readonly video: boolean;
  readonly messageCodePoints: number;
  readonly replyTokens: number;
  readonly replySteps: number;
  readonly tools: boolean;
}

/** The free plan's daily images can be set by `FREE_IMAGES_PER_DAY`; everything else is requirements R4 and R5. */
export interface PlanPolicy {
  readonly freeImagesPerDay: number;
}

const PREMIUM: PlanLimits = {
  imagesPerDay: null,
  video: true,
  messageCodePoints: 8000,
  replyTokens: 2000,
  replySteps: 5,
  tools: true,
};

/** The limits of a plan (requirements R4, R5). */
export function limitsOf(plan: Plan, policy: PlanPolicy): PlanLimits {
  switch (plan) {
    case "paid":
    case "trial":
      return PREMIUM;
    case "free":
      return {
        imagesPerDay: policy.freeImagesPerDay,
        video: false,
        messageCodePoints: 500,
        replyTokens: 300,
        replySteps: 1,
        tools: false,
      };
  }
}
