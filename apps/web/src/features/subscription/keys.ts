/** Query keys of one user's subscription; everything under the first is renewed together (requirements R26). */
export const subscriptionKeys = {
  all: (userId: string) => ["subscription", userId] as const,
  status: (userId: string) => ["subscription", userId, "status"] as const,
  offer: (userId: string) => ["subscription", userId, "offer"] as const,
  confirm: (userId: string, sessionId: string) => ["subscription", userId, "confirm", sessionId] as const,
};
