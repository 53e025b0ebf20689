import type { ReactNode } from "react";

/** The two answers of a dialog: side by side, below each other on a phone. */
export const DialogButtons = ({ children }: { children: ReactNode }) => (
  <div className="flex flex-col gap-2 sm:flex-row-reverse sm:justify-start">{children}</div>
);
