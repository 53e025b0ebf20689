import { type InputHTMLAttributes, useId } from "react";
import { classNames } from "../lib/class-names.ts";

interface TextFieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
}

/** A labelled input; its error takes the hint's place, is tied to it and spoken. */
export function TextField({ label, hint, error, ...input }: TextFieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block font-medium">
        {label}
      </label>
      <input
        {...input}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        className={classNames(
          "block min-h-11 w-full rounded-md border bg-surface px-3.5 py-2 text-text placeholder:text-muted",
          "transition-colors duration-150 hover:border-text/60",
          error ? "border-danger" : "border-line-strong",
        )}
      />
      {note ? (
        <p
          id={`${id}-note`}
          className={classNames("mt-1.5 text-small", error ? "text-danger" : "text-muted")}
        >
          {note}
        </p>
      ) : null}
    </div>
  );
}
