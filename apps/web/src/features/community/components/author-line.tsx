import type { AuthorView } from "@liveassist/api/contract";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { formats } from "../../../lib/format.ts";
import { subscriptionTexts } from "../../../texts/subscription.ts";
import { PremiumBadge } from "../../subscription/components/premium-badge.tsx";
import { useShownAuthor } from "../use-shown-author.ts";
import { Avatar } from "./avatar.tsx";

/** Who wrote it, with badge and XP; leads to their profile. */
export function AuthorLine({ author, headingId }: { author: AuthorView; headingId: string }) {
  const { id, name, premium_badge, xp } = useShownAuthor(author);
  const [hadBadge] = useState(premium_badge);
  return (
    <Link
      to="/people/$userId"
      params={{ userId: id }}
      className="group flex min-h-11 min-w-0 items-center gap-3 rounded-md"
    >
      <Avatar name={name} />
      <span className="flex min-w-0 flex-wrap items-center gap-x-2.5 gap-y-0.5">
        <span
          id={headingId}
          className="font-medium underline-offset-4 [overflow-wrap:anywhere] group-hover:underline"
        >
          {name}
        </span>
        {premium_badge ? <PremiumBadge calm={hadBadge} testId="author-badge" /> : null}
        <span className="text-small whitespace-nowrap text-muted tabular-nums" data-testid="author-xp">
          {subscriptionTexts.xp(formats.number(xp))}
        </span>
      </span>
    </Link>
  );
}
