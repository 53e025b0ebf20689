import { Check } from "lucide-react";
import type { ReactNode } from "react";

/** A form's button, and beside it that it worked. */
export function SaveRow({ saved, children }: { saved: string | null; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-4">
      {children}
      <p role="status">
        {saved ? (
          <span className="inline-flex items-center gap-1.5 text-accent">
            <Check aria-hidden="true" className="size-5" />
            {saved}
          </span>
        ) : null}
      </p>
    </div>
  );
}
