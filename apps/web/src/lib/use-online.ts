import { useSyncExternalStore } from "react";

function subscribe(changed: () => void): () => void {
  addEventListener("online", changed);
  addEventListener("offline", changed);
  return () => {
    removeEventListener("online", changed);
    removeEventListener("offline", changed);
  };
}

/** Whether the browser has any network at all; true says nothing about our server. */
export const useOnline = (): boolean => useSyncExternalStore(subscribe, () => navigator.onLine);
