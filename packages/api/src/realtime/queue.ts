/** What waits between whoever tells news, which never waits, and one socket, which may be slow. */
export interface Queue<T> {
  push(item: T): void;
  /** The oldest item, or the next to come; null: closed, and nothing is left. */
  next(): Promise<T | null>;
  close(): void;
}

/** Opens a queue that closes when the signal fires, and says so once. For one reader. */
export function openQueue<T extends object>(signal: AbortSignal | undefined, onClose: () => void): Queue<T> {
  const items: T[] = [];
  let waiting: ((item: T | null) => void) | null = null;
  let closed = false;
  const answer = (item: T | null): boolean => {
    const resolve = waiting;
    waiting = null;
    resolve?.(item);
    return resolve !== null;
  };
  const close = (): void => {
    if (closed) return;
    closed = true;
    signal?.removeEventListener("abort", close);
    onClose();
    answer(null);
  };
  if (signal?.aborted) close();
  else signal?.addEventListener("abort", close);
  return {
    close,
    push(item) {
      if (!closed && !answer(item)) items.push(item);
    },
    next() {
      const item = items.shift();
      if (item !== undefined) return Promise.resolve(item);
      if (closed) return Promise.resolve(null);
      return new Promise((resolve) => {
        waiting = resolve;
      });
    },
  };
}
