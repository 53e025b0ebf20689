import { ArrowDown } from "lucide-react";
import { liveassistTexts } from "../../../texts/liveassist.ts";

interface ToEndButtonProps {
  hasNew: boolean;
  onPress: () => void;
}

/** The way back down, and a word when something new is there. */
export function ToEndButton({ hasNew, onPress }: ToEndButtonProps) {
  return (
    <button
      type="button"
      onClick={onPress}
      aria-label={hasNew ? undefined : liveassistTexts.toBottom}
      className="absolute bottom-3 left-1/2 flex min-h-11 min-w-11 -translate-x-1/2 animate-appear items-center justify-center gap-2 rounded-full border border-line bg-surface px-3 text-small font-medium shadow-lift hover:bg-sunken"
    >
      {hasNew ? <span>{liveassistTexts.newBelow}</span> : null}
      <ArrowDown aria-hidden="true" className="size-4.5" strokeWidth={1.75} />
    </button>
  );
}
