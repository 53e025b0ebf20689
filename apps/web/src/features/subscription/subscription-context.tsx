import { isPremium } from "@liveassist/shared/plans";
import type { UseQueryResult } from "@tanstack/react-query";
import {
  createContext,
  lazy,
  type ReactNode,
  Suspense,
  useContext,
  useEffect,
  useRef,
  useState,
} from "react";
import { useAuth, useUser } from "../account/auth-context.tsx";
import { useStatus, useWithdrawal } from "./hooks.ts";
import { tellsNews } from "./merged-status.ts";
import { type Standing, standingOf } from "./standing.ts";
import type { Status, Withdrawal } from "./types.ts";
import { useAnnouncements } from "./use-announcements.ts";
import { type CheckoutReturn, useCheckoutReturn } from "./use-checkout-return.ts";
import { useLiveUpdates } from "./use-live-updates.ts";
import { usePolling } from "./use-polling.ts";
import { useUsageNews } from "./use-usage-news.ts";

interface SubscriptionView {
  status: UseQueryResult<Status>;
  /** The one state to show; null until the status is known. */
  standing: Standing | null;
  /** Undefined until it is known, and for who never had a subscription. */
  withdrawal: Withdrawal | undefined;
  checkoutReturn: CheckoutReturn;
  /** The live connection is away; `exhausted` when asking instead has been given up too. */
  connection: { down: boolean; exhausted: boolean };
  openUpgrade: () => void;
}

const SubscriptionContext = createContext<SubscriptionView | null>(null);

const loadDialog = () =>
  import("./components/upgrade-dialog.tsx").then((part) => ({ default: part.UpgradeDialog }));
const UpgradeDialog = lazy(loadDialog);

/** Keeps the subscription true on every page: live updates, polling without them, the return from checkout, good news. */
export function SubscriptionProvider({ children }: { children: ReactNode }) {
  const [upgrading, setUpgrading] = useState(false);
  const status = useStatus();
  const { down } = useLiveUpdates();
  const checkoutReturn = useCheckoutReturn(status.data);
  const { phase } = checkoutReturn;
  const confirming = phase.kind === "confirming" || phase.kind === "finishing";
  const exhausted = usePolling(down || confirming || status.data?.pending === true, status.refetch);
  useUserFollows(status);
  useUsageNews();
  useAnnouncements(checkoutReturn.returned);
  const bought = status.data !== undefined && status.data.stripe_status !== "none";
  const { data: withdrawal, isStale } = useWithdrawal(bought);
  // Old news of a withdrawal must not hide what somebody has bought since.
  const premium = status.data !== undefined && isPremium(status.data.subscription_status);
  const withdrawn = withdrawal?.state === "received" && !(premium && isStale);

  const known = status.data ? standingOf(status.data, withdrawn) : null;
  const standing: Standing | null = confirming || phase.kind === "failed" ? { kind: "pending" } : known;
  const openUpgrade = () => setUpgrading(true);
  const connection = { down, exhausted };
  const value = { status, standing, withdrawal, checkoutReturn, connection, openUpgrade };
  return (
    <SubscriptionContext value={value}>
      {children}
      {upgrading ? (
        <Suspense>
          <UpgradeDialog onClose={() => setUpgrading(false)} />
        </Suspense>
      ) : null}
    </SubscriptionContext>
  );
}

/** A status that was asked for may know more than the user's record: then that is read again. */
function useUserFollows({ data, dataUpdatedAt }: UseQueryResult<Status>): void {
  const user = useUser();
  const { refreshUser } = useAuth();
  const followed = useRef(0);
  useEffect(() => {
    if (!data || followed.current === dataUpdatedAt) return;
    followed.current = dataUpdatedAt;
    if (tellsNews(data, user)) refreshUser().catch(() => undefined);
  }, [data, dataUpdatedAt, user, refreshUser]);
}

export function useSubscription(): SubscriptionView {
  const view = useContext(SubscriptionContext);
  if (!view) throw new Error("useSubscription is for the signed-in part of the app");
  return view;
}

/** Fetches the dialog before it is asked for, when a pointer or the focus comes near. */
export const prepareUpgrade = (): void => void loadDialog();
