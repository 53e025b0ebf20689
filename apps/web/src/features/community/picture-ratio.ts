import type { UploadView } from "@liveassist/api/contract";

const TALLEST = 4 / 5;
const WIDEST = 2;

/** Width over height to show one picture with: its own, within what leaves room for the words around it. */
export function ratioOf({ width, height }: Pick<UploadView, "width" | "height">): number {
  if (!width || !height) return 4 / 3;
  return Math.min(WIDEST, Math.max(TALLEST, width / height));
}
