/** Statuses that the types know and the stories never show, each with the reason. */
export const UNREACHED: Record<string, string> = {};
