import type { LucideIcon } from "lucide-react";
import type { Ref } from "react";

interface IconButtonProps {
  label: string;
  Icon: LucideIcon;
  onPress: () => void;
  /** Pointer or focus come near: time to fetch what the press needs. */
  onNear?: () => void;
  ref?: Ref<HTMLButtonElement>;
}

/** A quiet button of one icon, with a name. */
export function IconButton({ label, Icon, onPress, onNear, ref }: IconButtonProps) {
  return (
    <button
      ref={ref}
      type="button"
      aria-label={label}
      title={label}
      onClick={onPress}
      onPointerEnter={onNear}
      onFocus={onNear}
      className="grid size-11 shrink-0 place-items-center rounded-md text-muted transition-colors duration-150 hover:bg-sunken hover:text-text"
    >
      <Icon aria-hidden="true" className="size-[1.125rem]" strokeWidth={1.75} />
    </button>
  );
}
