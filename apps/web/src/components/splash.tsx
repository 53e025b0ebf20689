import { words } from "../texts/everywhere.ts";
import { BrandMark } from "./brand.tsx";

/** What stands while the app comes; invisible at first, so a quick start shows nothing at all. */
export function Splash() {
  return (
    <div role="status" className="grid min-h-dvh animate-late place-items-center">
      <span className="animate-pulse">
        <BrandMark className="size-12" />
      </span>
      <span className="sr-only">{words.loading}</span>
    </div>
  );
}
