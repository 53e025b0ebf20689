import type { KeyboardEvent } from "react";

/** Ctrl or Cmd with Enter: in a post a plain Enter begins a new line. Not while a word is still being composed. */
export const isSendKey = ({ key, ctrlKey, metaKey, nativeEvent }: KeyboardEvent): boolean =>
  key === "Enter" && (ctrlKey || metaKey) && !nativeEvent.isComposing;
