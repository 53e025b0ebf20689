import type { ReactNode } from "react";
import { Card } from "../../../components/card.tsx";
import { DetailList } from "../../../components/detail-list.tsx";
import { formats } from "../../../lib/format.ts";
import { peopleTexts, userTexts } from "../../../texts/operations-users.ts";
import { Copyable } from "../parts/copyable.tsx";
import { Moment } from "../parts/moment.tsx";
import { SectionLink } from "../parts/section-link.tsx";
import type { WholeUser } from "./hooks.ts";
import { PlanPill } from "./plan-pill.tsx";
import { planWords } from "./plan-words.ts";

const timeOf = (at: string | null): ReactNode =>
  at === null ? <span className="text-muted">{userTexts.never}</span> : <Moment at={at} />;

/** Who they are and what they have. */
export function UserFacts({ user }: { user: WholeUser }) {
  const { id, stripe_status, trial_used_at, open_flags } = user;
  return (
    <Card title={userTexts.facts} aside={<PlanPill plan={user.subscription_status} />}>
      <DetailList
        details={[
          { name: userTexts.plan, value: planWords(user, formats) },
          {
            name: userTexts.stripe,
            value: stripe_status === "none" ? peopleTexts.noStatus : stripe_status,
          },
          {
            name: userTexts.trialUsed,
            value: trial_used_at ? userTexts.trialUsedOn(formats.date(trial_used_at)) : userTexts.trialOpen,
          },
          {
            name: userTexts.flags,
            value:
              open_flags === 0 ? (
                userTexts.noFlags
              ) : (
                <SectionLink section="flags" search={{ user: id }}>
                  {userTexts.someFlags(formats.number(open_flags))}
                </SectionLink>
              ),
          },
          { name: userTexts.images, value: formats.number(user.image_counter) },
          {
            name: userTexts.xp,
            value: (
              <SectionLink section="xp" search={{ user: id }}>
                {userTexts.xpLedger(formats.number(user.xp))}
              </SectionLink>
            ),
          },
          { name: userTexts.pushed, value: timeOf(user.last_pushed_at) },
          { name: userTexts.confirmed, value: timeOf(user.last_confirmed_at) },
          { name: userTexts.version, value: formats.number(user.version) },
          { name: userTexts.since, value: formats.date(user.created_at) },
          { name: userTexts.id, value: <Copyable id={id} label={userTexts.id} /> },
        ]}
      />
      <p className="mt-4">
        <SectionLink section="events" search={{ user: id }}>
          {userTexts.events}
        </SectionLink>
      </p>
    </Card>
  );
}
