import type { Ref } from "react";
import type { Attachments } from "../attachment.ts";

/** The look of the small buttons beside a text field. */
export const ATTACH_BUTTON =
  "grid size-11 shrink-0 place-items-center rounded-md text-muted transition-colors duration-150 hover:bg-sunken hover:text-text aria-disabled:cursor-not-allowed aria-disabled:*:opacity-60";

interface FileInputProps {
  ref: Ref<HTMLInputElement>;
  accept: string;
  add: Attachments["add"];
  camera?: boolean;
}

/** Emptied after each pick, so that the same file can be picked again. */
export function FileInput({ ref, accept, add, camera = false }: FileInputProps) {
  return (
    <input
      ref={ref}
      type="file"
      hidden
      aria-hidden="true"
      tabIndex={-1}
      accept={accept}
      multiple={!camera}
      {...(camera ? { capture: "environment" as const } : {})}
      onChange={({ target }) => {
        add([...(target.files ?? [])]);
        target.value = "";
      }}
    />
  );
}
