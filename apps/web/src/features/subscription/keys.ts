/** Query keys of one user's subscription; everything under the first is renewed together (requirements R26). */
export const subscriptionKeys = {
  all: (userId: string) => ["subscription", userId] as const,
  status: (userId: string) => ["subscription", userId, "status"] as const,
  offer: (userId: string) => ["subscription", userId, "offer"] as const,
  billing: (userId: string) => ["subscription", userId, "billing"] as const,
  withdrawal: (userId: string) => ["subscription", userId, "withdrawal"] as const,
  /** Apart from the rest: a renewed status is no reason to confirm once more. */
  confirm: (userId: string, sessionId: string) => ["checkout-return", userId, sessionId] as const,
};
