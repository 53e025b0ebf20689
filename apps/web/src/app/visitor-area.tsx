import { Outlet, useRouter, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import { Splash } from "../components/splash.tsx";
import { useAuth } from "../features/account/auth-context.tsx";
import { destinationAfterSignIn, readEntrySearch } from "../features/account/destination.ts";
import { loadSignedIn } from "./load-parts.ts";

/** Pages for who is not signed in; whoever is, or becomes so here, goes on to where they were heading. */
export function VisitorArea() {
  const { phase } = useAuth();
  const router = useRouter();
  const search = useSearch({ strict: false });
  const target = destinationAfterSignIn(readEntrySearch(search));
  useEffect(() => {
    if (phase === "signed-in") router.history.replace(target);
    else void loadSignedIn();
  }, [phase, router, target]);
  return phase === "signed-in" ? <Splash /> : <Outlet />;
}
