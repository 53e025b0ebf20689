import type { AuthorView } from "@liveassist/api/contract";
import { useUser } from "../account/auth-context.tsx";

/** An author as this reader sees them: oneself as the auth context knows one, which is at once (requirements R7). */
export function useShownAuthor(author: AuthorView): AuthorView {
  const user = useUser();
  if (author.id !== user.id) return author;
  return { id: user.id, name: user.name, premium_badge: user.entitlements.premium_badge, xp: user.xp };
}
