import { Link, useLocation } from "@tanstack/react-router";
import { Activity, House, type LucideIcon, MessageCircle, Settings, Wrench } from "lucide-react";
import type { ReactNode } from "react";
import { Brand } from "../components/brand.tsx";
import { LegalFooter } from "../components/legal-footer.tsx";
import { useUser } from "../features/account/auth-context.tsx";
import { ConnectionNotice } from "../features/subscription/components/connection-notice.tsx";
import { PremiumBadge } from "../features/subscription/components/premium-badge.tsx";
import { ReturnNotice } from "../features/subscription/components/return-notice.tsx";
import { StandingBanner } from "../features/subscription/components/standing-banner.tsx";
import { formats } from "../lib/format.ts";
import { words } from "../texts/everywhere.ts";
import { shellTexts } from "../texts/shell.ts";
import { subscriptionTexts } from "../texts/subscription.ts";

interface Place {
  to: "/" | "/liveassist" | "/quickfix" | "/settings" | "/operations";
  label: string;
  Icon: LucideIcon;
}

const PLACES: Place[] = [
  { to: "/", label: shellTexts.home, Icon: House },
  { to: "/liveassist", label: shellTexts.liveassist, Icon: MessageCircle },
  { to: "/quickfix", label: shellTexts.quickfix, Icon: Wrench },
  { to: "/settings", label: shellTexts.settings, Icon: Settings },
];
const FOR_ADMINS: Place = { to: "/operations", label: shellTexts.operations, Icon: Activity };

/** How the page stands in the frame: a column that scrolls with the window, or all of the height for what scrolls itself. */
const FRAMES = {
  page: {
    root: "min-h-dvh md:grid md:grid-cols-[15rem_minmax(0,1fr)]",
    main: "mx-auto w-full px-5 pt-4 pb-[calc(6.5rem+env(safe-area-inset-bottom))] md:pt-14 md:pb-20",
    header: "flex",
    notices: "contents",
    bar: "fixed inset-x-0 bottom-0 z-10",
  },
  whole: {
    root: "flex h-[var(--visible-height,100dvh)] flex-col overflow-hidden md:grid md:grid-cols-[15rem_minmax(0,1fr)]",
    main: "flex min-h-0 min-w-0 flex-1 flex-col overflow-x-hidden overflow-y-auto md:h-dvh",
    // On a phone every line belongs to the thread.
    header: "hidden md:flex",
    notices:
      "mx-auto max-h-[30dvh] w-full max-w-[45rem] shrink-0 overflow-y-auto px-5 in-data-keyboard:hidden [&>:not(:empty)]:mt-4",
    bar: "shrink-0 in-data-keyboard:hidden",
  },
};

/** The frame of the signed-in app: a quiet rail on a desktop, a bar at the thumb on a phone. */
export function Shell({ children }: { children: ReactNode }) {
  const place = useLocation({ select: ({ pathname }) => pathname });
  const isWhole = place === "/liveassist";
  const frame = isWhole ? FRAMES.whole : FRAMES.page;
  const width = place.startsWith("/operations") ? "max-w-[75rem]" : "max-w-[42.5rem]";
  return (
    <div className={frame.root}>
      <a
        href="#content"
        className="sr-only rounded-md bg-surface p-3 focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:z-20"
      >
        {words.skipToContent}
      </a>
      <header
        className={`${frame.header} sticky top-0 z-10 items-center justify-between gap-3 bg-ground/95 px-5 pt-[max(0.5rem,env(safe-area-inset-top))] pb-2 md:h-dvh md:flex-col md:items-stretch md:justify-start md:border-r md:border-line md:bg-transparent md:px-4 md:py-6`}
      >
        <Link to="/" className="flex min-h-11 items-center rounded-md md:px-3">
          <Brand compact />
        </Link>
        <div className="hidden md:mt-6 md:block md:flex-1">
          <Places className="grid gap-1" look="rail" />
        </div>
        <Whoami />
      </header>
      <main id="content" className={`${frame.main} ${isWhole ? "" : width}`}>
        <div className={frame.notices}>
          {isWhole ? null : <ConnectionNotice />}
          <ReturnNotice />
          <StandingBanner />
        </div>
        {children}
        {isWhole ? null : <LegalFooter />}
      </main>
      <div
        className={`${frame.bar} border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:hidden`}
      >
        <Places className="grid auto-cols-[minmax(max-content,1fr)] grid-flow-col" look="bar" />
      </div>
    </div>
  );
}

const LOOKS = {
  rail: "flex min-h-11 items-center gap-3 rounded-md px-3 text-muted hover:text-text data-[status=active]:bg-sunken data-[status=active]:font-medium data-[status=active]:text-text",
  bar: "flex min-h-14 flex-col items-center justify-center gap-0.5 px-0.5 text-small text-muted data-[status=active]:font-medium data-[status=active]:text-accent",
};

function Places({ className, look }: { className: string; look: keyof typeof LOOKS }) {
  const places = useUser().role === "admin" ? [...PLACES, FOR_ADMINS] : PLACES;
  return (
    <nav aria-label={shellTexts.navigation} className={className}>
      {places.map(({ to, label, Icon }) => (
        <Link key={to} to={to} activeOptions={{ exact: to !== "/operations" }} className={LOOKS[look]}>
          <Icon aria-hidden="true" className="size-5" strokeWidth={1.75} />
          {label}
        </Link>
      ))}
    </nav>
  );
}

/** Who is signed in, what they are, and how far they have come. */
function Whoami() {
  const user = useUser();
  return (
    <div className="flex min-w-0 items-center gap-x-2.5 md:flex-col md:items-start md:gap-y-1.5 md:px-3">
      <p className="min-w-0 truncate font-medium md:max-w-full" data-testid="user-name">
        {user.name}
      </p>
      <div className="flex shrink-0 items-center gap-2.5">
        <div role="status" className="empty:hidden">
          {user.entitlements.premium_badge ? <PremiumBadge /> : null}
        </div>
        <p className="text-small whitespace-nowrap text-muted tabular-nums" data-testid="user-xp">
          {subscriptionTexts.xp(formats.number(user.xp))}
        </p>
      </div>
    </div>
  );
}
