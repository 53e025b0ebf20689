import { useEffect } from "react";
import { hasLogin } from "./auth-client.ts";

const EVERY_MS = 60 * 60_000;

/** Keeps a login alive while the page is used: asking for it renews one about to expire (requirements R26). */
export function useLoginRenewal(active: boolean, ended: () => void): void {
  useEffect(() => {
    if (!active) return;
    let last = Date.now();
    const renew = async () => {
      if (document.hidden || Date.now() - last < EVERY_MS) return;
      last = Date.now();
      // Without a network the login is as it was; the next look tells.
      const still = await hasLogin().catch(() => true);
      if (!still) ended();
    };
    const look = () => void renew();
    const timer = setInterval(look, 60_000);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [active, ended]);
}
