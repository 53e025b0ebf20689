/** Query keys of one user's LiveAssist; nothing of one user can be found under another's. */
export const liveassistKeys = {
  sessions: (userId: string) => ["liveassist", userId, "sessions"] as const,
  search: (userId: string, query: string) => ["liveassist", userId, "sessions", query] as const,
  choice: (userId: string) => ["liveassist", userId, "choice"] as const,
  thread: (userId: string, sessionId: string) => ["liveassist", userId, "thread", sessionId] as const,
};
