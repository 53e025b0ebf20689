import { Outlet, useLocation, useRouter } from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import { Button } from "../components/button.tsx";
import { FullPageMessage } from "../components/full-page-message.tsx";
import { Splash } from "../components/splash.tsx";
import { useAuth } from "../features/account/auth-context.tsx";
import { signInSearchFor } from "../features/account/destination.ts";
import { words } from "../texts/everywhere.ts";
import { loadLanding, loadSignedIn } from "./load-parts.ts";

const SignedIn = lazy(loadSignedIn);
const Landing = lazy(loadLanding);

/** Pages behind a login. Who has none is sent to sign in, and nothing of the address is lost on the way. */
export function SignedInArea() {
  const auth = useAuth();
  const location = useLocation();
  if (auth.phase === "checking") return <Splash />;
  if (auth.phase === "unreachable") return <Unreachable />;
  if (auth.phase === "signed-out") {
    const plainFront = location.pathname === "/" && location.searchStr === "";
    if (plainFront && !auth.expired) return <Front />;
    return <ToSignIn />;
  }
  return (
    <Suspense fallback={<Splash />}>
      <SignedIn key={auth.user?.id}>
        <Outlet />
      </SignedIn>
    </Suspense>
  );
}

/** Goes once: the address it leaves is read from the router, whose own changes must not set it off again. */
function ToSignIn() {
  const router = useRouter();
  useEffect(() => {
    const { pathname, search } = router.state.location;
    if (pathname === "/sign-in") return;
    void router.navigate({ to: "/sign-in", search: { ...signInSearchFor(pathname, search) }, replace: true });
  }, [router]);
  return <Splash />;
}

function Front() {
  return (
    <Suspense fallback={<Splash />}>
      <Landing onEnter={(path) => location.assign(path)} />
    </Suspense>
  );
}

function Unreachable() {
  const { checkLogin } = useAuth();
  return (
    <FullPageMessage
      title={words.unreachable.title}
      text={words.unreachable.text}
      actions={<Button onClick={() => void checkLogin()}>{words.retry}</Button>}
    />
  );
}
