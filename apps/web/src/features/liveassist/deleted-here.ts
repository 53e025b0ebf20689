const deleted = new Set<string>();

/** Notes that this page is deleting a session: its end is no news then, and nothing is asked about it any more. */
export const noteDeleted = (sessionId: string): void => void deleted.add(sessionId);

/** The deletion failed: it is still there. */
export const noteKept = (sessionId: string): void => void deleted.delete(sessionId);

export const isDeletedHere = (sessionId: string): boolean => deleted.has(sessionId);
