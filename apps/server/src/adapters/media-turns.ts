/** Lets at most so many pieces of work run at once; the others wait in the order in which they came. */
export function takeTurns(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      // The place goes straight to the next one, so that nobody who comes in between can take it.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}

/** Runs work under a key, such as a user, one after the other; keys do not wait for each other. */
export type InTurnOf = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/** A line for each key: who brings much waits behind themselves, and nobody else does. */
export function takeTurnsEach(): InTurnOf {
  const lines = new Map<string, { readonly inTurn: ReturnType<typeof takeTurns>; waiting: number }>();
  return async (key, work) => {
    const line = lines.get(key) ?? { inTurn: takeTurns(1), waiting: 0 };
    lines.set(key, line);
    line.waiting += 1;
    try {
      return await line.inTurn(work);
    } finally {
      line.waiting -= 1;
      if (line.waiting === 0) lines.delete(key);
    }
  };
}
