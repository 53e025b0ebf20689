/** `until` is the first moment that is too late, a midnight: the last day to withdraw is the one before (ISO in and out). */
export const lastDayOf = (until: string): string => new Date(Date.parse(until) - 1).toISOString();
