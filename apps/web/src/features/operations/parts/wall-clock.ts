const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;

/** Calls back every second while the page is looked at; one timer for however many ask. */
export function everySecond(changed: () => void): () => void {
  listeners.add(changed);
  timer ??= setInterval(() => {
    if (!document.hidden) for (const listener of listeners) listener();
  }, 1000);
  return () => {
    listeners.delete(changed);
    if (listeners.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
}
