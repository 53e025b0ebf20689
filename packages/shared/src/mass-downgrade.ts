/** Fewer than this are everyday life: people cancel. */
const MANY = 20;
/** Beyond this share of the payers it looks like a mistake of somebody's, a wrong key or a half answer. */
const SHARE = 0.05;

/**
 * True when one walk would take Premium from so many at once that it must stop instead: more than 20 that are over 5 % of
 * the payers (requirements R21). `payers`: everybody whose stored plan is not free.
 */
export const isMassDowngrade = (downgrades: number, payers: number): boolean =>
  downgrades > MANY && downgrades > payers * SHARE;
