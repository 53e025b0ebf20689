/** A source of time in milliseconds. */
export interface TimeSource {
  now(): number;
}

/** The time on the wall: signatures are made by it, whatever the emulator's clock says. */
export const WALL: TimeSource = { now: () => Date.now() };

/** Follows its source at a distance that only grows: the emulator's time never runs backwards. */
export interface ShiftedClock extends TimeSource {
  readonly offset: number;
  /** Jumps to an absolute time (ms); a time already passed is refused. */
  jumpTo(ms: number): void;
  /** Goes back to an earlier distance: the only way back, for snapshots. */
  restore(offset: number): void;
}

/** A clock that follows `source` with an offset in milliseconds. */
export function shiftedClock(source: TimeSource, offset = 0): ShiftedClock {
  let shift = offset;
  return {
    get offset() {
      return shift;
    },
    now: () => source.now() + shift,
    jumpTo(ms) {
      const now = source.now() + shift;
      if (ms < now) throw new RangeError(`The clock stands at ${now} and cannot go back to ${ms}.`);
      shift += ms - now;
    },
    restore(earlier) {
      shift = earlier;
    },
  };
}

/** As far as a clock goes in one step, in milliseconds: beyond it lie only seconds mistaken for milliseconds. */
export const LONGEST_ADVANCE = 100 * 366 * 86_400_000;
