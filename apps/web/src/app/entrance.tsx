import { lazy, Suspense, useState } from "react";
import { Splash } from "../components/splash.tsx";
import { useAuth } from "../features/account/auth-context.tsx";
import { loginHint } from "../features/account/login-hint.ts";
import { loadSite } from "../lib/site.ts";
import { loadLanding, loadRouted, loadSignedIn } from "./load-parts.ts";

const Landing = lazy(loadLanding);
const Routed = lazy(loadRouted);

const isPlainFront = (): boolean => location.pathname === "/" && !location.search.includes("subscription=");

/** Visitors of the front page get the landing page alone; the router and the app come only for who goes in. */
export function Entrance() {
  const { phase } = useAuth();
  const [inside, setInside] = useState(() => !isPlainFront());
  if (inside || phase === "signed-in" || phase === "unreachable") {
    return (
      <Suspense fallback={<Splash />}>
        <Routed />
      </Suspense>
    );
  }
  if (phase === "checking" && loginHint() !== null) return <Splash />;
  const enter = (path: string) => {
    history.pushState(null, "", path);
    setInside(true);
  };
  return (
    <Suspense fallback={<Splash />}>
      <Landing onEnter={enter} />
    </Suspense>
  );
}

// What will be needed is fetched while the login is being looked up, not after.
if (isPlainFront() && loginHint() === null) {
  void loadLanding();
  loadSite().catch(() => undefined);
} else {
  void loadRouted();
  if (loginHint() !== null) void loadSignedIn();
}
