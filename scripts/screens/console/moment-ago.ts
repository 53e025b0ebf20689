const MINUTE = 60_000;

/** So many minutes before now, ISO; a half minute more, so that no picture shows another number a second later. */
export const ago = (minutes: number): string => new Date(Date.now() - (minutes + 0.4) * MINUTE).toISOString();
export const secondsAgo = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();
export const ahead = (minutes: number): string => ago(-minutes - 0.9);
export const HOUR = 60;
export const DAY = 24 * HOUR;
