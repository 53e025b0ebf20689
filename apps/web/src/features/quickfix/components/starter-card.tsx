import type { LucideIcon } from "lucide-react";
import { Spinner } from "../../../components/spinner.tsx";

interface StarterCardProps {
  title: string;
  about: string;
  Icon: LucideIcon;
  opening: boolean;
  onPress: () => void;
}

/** One problem to start from. */
export function StarterCard({ title, about, Icon, opening, onPress }: StarterCardProps) {
  return (
    <button
      type="button"
      onClick={onPress}
      aria-busy={opening || undefined}
      className="flex h-full w-full items-start gap-4 rounded-md border border-line bg-surface p-4 text-left transition-colors duration-150 hover:border-accent"
    >
      <span className="grid size-11 shrink-0 place-items-center rounded-md bg-accent-soft text-accent">
        {opening ? <Spinner /> : <Icon aria-hidden="true" className="size-[1.375rem]" strokeWidth={1.75} />}
      </span>
      <span className="min-w-0">
        <span className="block font-medium">{title}</span>
        <span className="mt-0.5 block text-small text-pretty text-muted">{about}</span>
      </span>
    </button>
  );
}
