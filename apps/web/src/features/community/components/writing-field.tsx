import { type KeyboardEvent, type Ref, useId } from "react";
import { classNames } from "../../../lib/class-names.ts";
import { formats } from "../../../lib/format.ts";
import { communityTexts } from "../../../texts/community.ts";

const TELL_FROM = 200;

interface WritingFieldProps {
  label: string;
  showLabel?: boolean;
  value: string;
  onChange: (value: string) => void;
  maxLength: number;
  placeholder?: string;
  error?: string | undefined;
  readOnly?: boolean;
  onKeyDown?: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
  ref?: Ref<HTMLTextAreaElement>;
  /** It stands in a frame of its own. */
  bare?: boolean;
  /** Only a line high while it is empty. */
  low?: boolean;
}

/** A text of several lines that grows with its words, and says when little room is left. */
export function WritingField(props: WritingFieldProps) {
  const {
    label,
    showLabel = false,
    value,
    onChange,
    maxLength,
    error,
    bare = false,
    low = false,
    ref,
    ...rest
  } = props;
  const id = useId();
  const left = maxLength - value.length;
  const note = error ?? (left <= TELL_FROM ? communityTexts.composer.left(formats.number(left)) : null);
  return (
    <div>
      <label htmlFor={id} className={showLabel ? "mb-1.5 block font-medium" : "sr-only"}>
        {label}
      </label>
      <textarea
        {...rest}
        ref={ref}
        id={id}
        value={value}
        rows={low ? 1 : 2}
        maxLength={maxLength}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={error ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        className={classNames(
          "block field-sizing-content max-h-[50dvh] w-full resize-none rounded-md text-text placeholder:text-muted",
          low ? "min-h-9" : "min-h-[4.5rem]",
          bare
            ? "bg-transparent outline-none"
            : "border bg-surface px-3.5 py-2 transition-colors duration-150 hover:border-text/60",
          !bare && (error ? "border-danger" : "border-line-strong"),
        )}
      />
      {note ? (
        <p
          id={`${id}-note`}
          role={error ? "alert" : undefined}
          className={classNames("mt-1.5 text-small tabular-nums", error ? "text-danger" : "text-muted")}
        >
          {note}
        </p>
      ) : null}
    </div>
  );
}
