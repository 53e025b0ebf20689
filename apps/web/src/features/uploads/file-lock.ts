/**
 * A file belongs to one tab at a time, or two would send it. Resolves when it is this tab's, with how to let go of it; a tab
 * that is closed lets go. Browsers without locks give it at once. Rejects when the signal aborts the wait.
 */
export function lockFile(id: string, signal: AbortSignal): Promise<() => void> {
  return new Promise((resolve, reject) => {
    if (!("locks" in navigator)) return resolve(() => undefined);
    navigator.locks
      .request(`liveassist-file:${id}`, { signal }, () => new Promise<void>((letGo) => resolve(letGo)))
      .catch(reject);
  });
}
