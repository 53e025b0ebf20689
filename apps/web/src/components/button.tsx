import type { ButtonHTMLAttributes, ReactNode } from "react";
import { classNames } from "../lib/class-names.ts";
import { Spinner } from "./spinner.tsx";

type Look = "primary" | "secondary" | "quiet" | "danger";

const LOOKS: Record<Look, string> = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong",
  secondary: "bg-surface text-text border border-line-strong/60 hover:bg-sunken",
  quiet: "text-accent hover:bg-accent-soft",
  danger: "bg-danger text-on-danger hover:bg-danger-strong",
};

/** The look of a button, for links that act like one. Targets are 44 px high at least. */
export const buttonLook = (look: Look, wide = false): string =>
  classNames(
    "inline-flex min-h-11 items-center justify-center gap-2 rounded-md px-4 py-2 text-center text-balance font-medium",
    "transition-colors duration-150 aria-disabled:cursor-not-allowed aria-disabled:opacity-70",
    LOOKS[look],
    wide && "w-full",
  );

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: Look;
  wide?: boolean;
  /** Shows that it works, and takes no second press; it stays focusable. */
  busy?: boolean;
  children: ReactNode;
}

/** A button that can be busy. While busy it keeps its focus and its width, and presses do nothing. */
export function Button({ look = "primary", wide, busy = false, onClick, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={classNames(buttonLook(look, wide), rest.className)}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {busy ? <Spinner /> : null}
      {children}
    </button>
  );
}
