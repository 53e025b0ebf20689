import { type RefObject, type TextareaHTMLAttributes, useLayoutEffect } from "react";

interface GrowingFieldProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  ref: RefObject<HTMLTextAreaElement | null>;
  value: string;
}

/** A text field as tall as its text, up to a good part of the window. */
export function GrowingField({ ref, value, ...rest }: GrowingFieldProps) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: its height follows from its text.
  useLayoutEffect(() => {
    const field = ref.current;
    if (!field) return;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
  }, [ref, value]);
  useLayoutEffect(() => {
    // What one is here for is under the fingers; a touch screen's keyboard would hide the thread.
    const field = ref.current;
    if (!field || !matchMedia("(pointer: fine)").matches) return;
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  }, [ref]);
  return (
    <textarea
      {...rest}
      ref={ref}
      value={value}
      rows={1}
      enterKeyHint="send"
      autoComplete="off"
      className="block max-h-[min(18rem,35dvh)] w-full resize-none overflow-y-auto bg-transparent px-4 pt-3 pb-2 outline-none placeholder:text-muted"
    />
  );
}
