/** How long a test waits for a condition. A busy machine may stand still for the second that is Vitest's default. */
export const PATIENCE_MS = 5_000;
