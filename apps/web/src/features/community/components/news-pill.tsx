import { ArrowUp } from "lucide-react";
import { communityTexts } from "../../../texts/community.ts";

/** Says that others have posted meanwhile, and leads there when pressed. Takes no room, so nothing moves. */
export function NewsPill({ count, onPress }: { count: number; onPress: () => void }) {
  return (
    <div
      role="status"
      className="pointer-events-none sticky top-[4.25rem] z-[5] -mb-11 grid h-11 justify-items-center md:top-4"
    >
      {count === 0 ? null : (
        <button
          type="button"
          data-testid="new-posts"
          onClick={onPress}
          className="pointer-events-auto -mt-2 inline-flex min-h-11 animate-appear items-center gap-2 rounded-full bg-accent px-5 font-medium text-on-accent shadow-lift transition-colors duration-150 hover:bg-accent-strong"
        >
          <ArrowUp aria-hidden="true" className="size-4" />
          {communityTexts.feed.news(count)}
        </button>
      )}
    </div>
  );
}
