import type { FoundPost } from "../assistant-port.ts";
import type { Deps } from "../deps.ts";

/** Posts that match words, best first, as this reader may see them. */
export async function searchPosts(
  _deps: Deps,
  _input: { readonly readerId: string; readonly query: string; readonly limit: number },
): Promise<FoundPost[]> {
  throw new Error("not built yet");
}
