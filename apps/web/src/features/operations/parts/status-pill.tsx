import { Circle, CircleAlert, CircleCheck, CircleDashed, LoaderCircle, type LucideIcon } from "lucide-react";
import { classNames } from "../../../lib/class-names.ts";

export type PillTone = "good" | "problem" | "attention" | "busy" | "calm";

const LOOKS: Record<PillTone, { look: string; Icon: LucideIcon }> = {
  good: { look: "text-accent bg-accent-soft", Icon: CircleCheck },
  problem: { look: "text-danger bg-danger-soft", Icon: CircleAlert },
  attention: { look: "text-text bg-sunken", Icon: CircleAlert },
  busy: { look: "text-text bg-sunken", Icon: LoaderCircle },
  calm: { look: "text-muted bg-sunken", Icon: CircleDashed },
};

/** A state in a word and a mark; its colour only repeats what they say. */
export function StatusPill({ tone, children }: { tone: PillTone; children: string }) {
  const { look, Icon = Circle } = LOOKS[tone];
  return (
    <span
      className={classNames(
        "inline-flex items-center gap-1.5 rounded-full py-0.5 pr-2.5 pl-2 text-small font-medium whitespace-nowrap",
        look,
      )}
    >
      <Icon aria-hidden="true" className="size-3.5 shrink-0" />
      {children}
    </span>
  );
}
