/** Query keys of the console as one administrator sees it; everything under the first is renewed after an action. */
export const consoleKeys = {
  all: (userId: string) => ["console", userId] as const,
  /** `about` names the call and its filters. */
  of: (userId: string, ...about: readonly unknown[]) => ["console", userId, ...about] as const,
};

/** How often what is looked at is asked for again. */
export const LOOK_MS = 3_000;
