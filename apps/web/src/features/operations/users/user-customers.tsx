import type { ReactNode } from "react";
import { Card } from "../../../components/card.tsx";
import { DetailList } from "../../../components/detail-list.tsx";
import { formats } from "../../../lib/format.ts";
import { userTexts } from "../../../texts/operations-users.ts";
import { Copyable } from "../parts/copyable.tsx";
import { Moment } from "../parts/moment.tsx";
import { SectionLink } from "../parts/section-link.tsx";
import { StatusPill } from "../parts/status-pill.tsx";
import type { WholeUser } from "./hooks.ts";

const texts = userTexts.subscription;

/** What Stripe has of theirs. */
export function UserCustomers({ user: { customers, subscriptions } }: { user: WholeUser }) {
  return (
    <>
      <Card title={userTexts.customers}>
        {customers.length === 0 ? <p className="text-muted">{userTexts.noCustomers}</p> : null}
        <ul className="grid gap-3">
          {customers.map(({ customer_id, observed_at, deleted_at }) => (
            <li key={customer_id}>
              <Copyable id={customer_id} label={userTexts.customerId} />
              <p className="text-small text-muted">
                {deleted_at ? (
                  <>
                    {userTexts.customerDeleted} <Moment at={deleted_at} />
                  </>
                ) : observed_at ? (
                  <>
                    {userTexts.customerSeen} <Moment at={observed_at} />
                  </>
                ) : (
                  userTexts.customerUnseen
                )}
                {" · "}
                <SectionLink section="events" search={{ customer: customer_id }}>
                  {userTexts.customerEvents}
                </SectionLink>
              </p>
            </li>
          ))}
        </ul>
      </Card>
      <Card title={userTexts.subscriptions}>
        {subscriptions.length === 0 ? <p className="text-muted">{userTexts.noSubscriptions}</p> : null}
        <ul className="grid gap-5">
          {subscriptions.map((subscription) => (
            <li key={subscription.subscription_id}>
              <Subscription subscription={subscription} />
            </li>
          ))}
        </ul>
      </Card>
    </>
  );
}

function Subscription({ subscription }: { subscription: WholeUser["subscriptions"][number] }) {
  const { subscription_id, status, ended_at, observed_at } = subscription;
  const moments = [
    [texts.firstPaid, subscription.first_paid_at],
    [texts.paidUntil, subscription.paid_until],
    [texts.trialUntil, subscription.trial_ends_at],
    [texts.ends, subscription.cancel_at],
    [texts.ended, ended_at],
  ] as const;
  const details: { name: string; value: ReactNode }[] = moments.flatMap(([name, at]) =>
    at === null ? [] : [{ name, value: formats.dateTime(at) }],
  );
  details.push({ name: texts.observed, value: <Moment at={observed_at} /> });
  return (
    <>
      <div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1">
        <Copyable id={subscription_id} label={userTexts.subscriptionId} />
        <StatusPill tone={ended_at ? "calm" : status === "past_due" ? "attention" : "good"}>
          {status}
        </StatusPill>
      </div>
      <div className="text-small">
        <DetailList details={details} />
      </div>
    </>
  );
}
