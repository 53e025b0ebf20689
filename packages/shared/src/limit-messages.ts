/** The words of the limits, which clients may show as they are (requirements, HTTP contract). */
export const LIMIT_MESSAGES = {
  IMAGE_DAY_LIMIT: "Daily image limit reached. Upgrade to send more images.",
  VIDEO_REQUIRES_PREMIUM: "Video upload requires Premium",
} as const;

/** Why a text is too long, in code points. */
export const tooLong = (most: number): string =>
  `The message is too long: at most ${most} characters on your plan.`;
