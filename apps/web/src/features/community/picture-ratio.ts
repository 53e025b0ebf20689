import type { UploadView } from "@liveassist/api/contract";

const TALLEST = 4 / 5;
const WIDEST = 2;

/** Width over height to show one picture with: its own, within what leaves room for the words around it. */
function ratioOf({ width, height }: Pick<UploadView, "width" | "height">): number {
  if (!width || !height) return 4 / 3;
  return Math.min(WIDEST, Math.max(TALLEST, width / height));
}

/** Width over height of the `at`th of a post's small pictures: one alone keeps its own, of three the first is wide. */
export function ratioIn(shown: readonly Pick<UploadView, "width" | "height">[], at: number): number {
  const [only] = shown;
  if (only && shown.length === 1) return ratioOf(only);
  if (shown.length === 3 && at === 0) return WIDEST;
  return shown.length === 2 ? 1 : 4 / 3;
}
