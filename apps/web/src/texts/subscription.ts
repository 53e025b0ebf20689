/** Words of plans, payments and everything around them. Money and dates come in already written. */
export const subscriptionTexts = {
  plan: "LiveAssist Permission",
  premium: "Premium",
  xp: (xp: string) => `${xp} XP`,
  perMonth: (price: string) => `${price}/month`,
  inclVat: "incl. VAT",
  gives: [
    "Unlimited images, every day",
    "Video upload",
    "The full chat: long messages, long answers, tools",
    "The Premium badge by your name",
  ],
  enable: "Enable LiveAssist Permission",
  trialOffer: (days: number, price: string) => `${days}-day free trial — then ${price}/month`,
  plainOffer: (price: string) => `${price}/month incl. VAT. Cancel any time.`,
  announcements: {
    "trial-started": (days: number | null) =>
      days === null ? "Your trial has begun" : `Your ${days}-day trial has begun`,
    "premium-activated": "Premium activated — +250 XP awarded",
  },
  usageCount: (used: string, limit: string, time: string) => `${used} of ${limit} images, resets at ${time}`,
  usageUnlimited: "Unlimited images",
} as const;
