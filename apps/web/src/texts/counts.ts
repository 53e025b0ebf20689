/** "1 day", "5 days": numbers with their noun. */
export const dayCount = (days: number): string => (days === 1 ? "1 day" : `${days} days`);
