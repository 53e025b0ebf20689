import type { Profile } from "@liveassist/api/contract";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { PageHeading } from "../../../components/page-heading.tsx";
import { Skeleton } from "../../../components/skeleton.tsx";
import { formats } from "../../../lib/format.ts";
import { words } from "../../../texts/everywhere.ts";
import { peopleTexts } from "../../../texts/people.ts";
import { subscriptionTexts } from "../../../texts/subscription.ts";
import { useUser } from "../../account/auth-context.tsx";
import { PremiumBadge } from "../../subscription/components/premium-badge.tsx";
import { useShownAuthor } from "../use-shown-author.ts";
import { Avatar } from "./avatar.tsx";

const texts = peopleTexts.profile;

/** Who this is: name, badge, XP, and since when. */
export function ProfileHead({ profile }: { profile: Profile }) {
  const { name, premium_badge, xp } = useShownAuthor(profile);
  const [hadBadge] = useState(premium_badge);
  const own = useUser().id === profile.id;
  const facts = [
    texts.since(formats.date(profile.member_since)),
    texts.posts(profile.post_count, formats.number(profile.post_count)),
  ];
  return (
    <div className="flex items-start gap-4 sm:gap-5" data-testid="profile">
      <Avatar name={name} large />
      <PageHeading tab={name} title={name}>
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          {premium_badge ? <PremiumBadge calm={hadBadge} testId="author-badge" /> : null}
          <span className="tabular-nums" data-testid="author-xp">
            {subscriptionTexts.xp(formats.number(xp))}
          </span>
        </div>
        <p className="mt-1.5 text-small">{facts.join(" · ")}</p>
        {own ? (
          <p className="text-small">
            {texts.own}{" "}
            <Link
              to="/settings"
              className="inline-flex min-h-11 items-center font-medium text-accent underline-offset-4 hover:underline"
            >
              {texts.settings}
            </Link>
          </p>
        ) : null}
      </PageHeading>
    </div>
  );
}

export function ProfileHeadSkeleton() {
  return (
    <div role="status" className="flex items-start gap-4 sm:gap-5">
      <span className="sr-only">{words.loading}</span>
      <Skeleton className="size-16 rounded-full!" />
      <div>
        <Skeleton className="h-7 w-40" />
        <Skeleton className="mt-3 h-4 w-24" />
        <Skeleton className="mt-3 h-4 w-52" />
      </div>
    </div>
  );
}
