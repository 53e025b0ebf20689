/** Waits so many ms, and for a network where the browser says that there is none. Rejects when the signal is aborted. */
export async function waitToTry(ms: number, signal: AbortSignal): Promise<void> {
  if (!navigator.onLine) await online(signal);
  await passed(ms, signal);
}

const online = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    addEventListener("online", () => resolve(), { once: true, signal });
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });

const passed = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal.addEventListener("abort", stop, { once: true });
  });
