import { classNames } from "../lib/class-names.ts";
import { words } from "../texts/everywhere.ts";

/** The mark: an L that looks at something. */
export function BrandMark({ className }: { className?: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 32 32" className={classNames("size-8 shrink-0", className)}>
      <rect width="32" height="32" rx="9" fill="oklch(0.425 0.076 165)" />
      <path
        d="M10 8.5v11.2c0 2 1.3 3.3 3.3 3.3H21"
        fill="none"
        stroke="oklch(0.985 0.006 84)"
        strokeWidth="3.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <circle cx="20.6" cy="11.8" r="3.2" fill="oklch(0.8 0.14 78)" />
    </svg>
  );
}

/** Mark and name together; `compact` leaves the name to screen readers on a phone. */
export function Brand({ compact = false }: { compact?: boolean }) {
  return (
    <span className="inline-flex items-center gap-2.5">
      <BrandMark />
      <span className={classNames("text-lead font-semibold tracking-tight", compact && "max-md:sr-only")}>
        {words.product}
      </span>
    </span>
  );
}
