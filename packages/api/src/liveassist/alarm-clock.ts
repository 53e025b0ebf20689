/** Pauses that somebody can end early. */
export interface AlarmClock {
  /** Resolves after so many milliseconds, or when it is rung. */
  pause(ms: number): Promise<void>;
  /** Ends the pause that is or the one that comes next. */
  ring(): void;
  /** Whether it was rung since this was last asked. */
  rang(): boolean;
}

/** An alarm clock of its own for each loop. */
export function startAlarmClock(): AlarmClock {
  let isRung = false;
  let asked = false;
  let wake = (): void => {};
  return {
    pause(ms) {
      if (isRung) {
        isRung = false;
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          wake = () => {};
          resolve();
        }, ms);
        wake = () => {
          clearTimeout(timer);
          isRung = false;
          resolve();
        };
      });
    },
    ring() {
      isRung = true;
      asked = true;
      wake();
      wake = () => {};
    },
    rang() {
      const was = asked;
      asked = false;
      return was;
    },
  };
}
