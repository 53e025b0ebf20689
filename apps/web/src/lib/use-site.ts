import type { Site } from "@liveassist/api/contract";
import { useEffect, useState } from "react";
import { backoffMs } from "./backoff.ts";
import { loadSite } from "./site.ts";

const TRIES = 4;

interface SiteView {
  /** Null until it is known. */
  site: Site | null;
  /** Asked several times without an answer. */
  failed: boolean;
  retry: () => void;
}

/** Price, trial and seller for pages without a login; without react-query, which visitors do not load. */
export function useSite(): SiteView {
  const [site, setSite] = useState<Site | null>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (site || tries >= TRIES) return;
    let gone = false;
    const ask = () =>
      loadSite().then(
        (answer) => !gone && setSite(answer),
        () => !gone && setTries(tries + 1),
      );
    const timer = setTimeout(ask, tries === 0 ? 0 : backoffMs(tries - 1, 8000));
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [site, tries]);
  return { site, failed: site === null && tries >= TRIES, retry: () => setTries(0) };
}
