import { useCallback, useEffect, useMemo, useState } from "react";
import { debugLog } from "../../lib/debug.ts";
import { type Failure, failureOf } from "../../lib/failure.ts";
import { forgetPickedFiles } from "../uploads/forget-picked-files.ts";
import { signOut as endLogin, fetchMe, hasLogin } from "./auth-client.ts";
import type { Auth, AuthPhase } from "./auth-context.tsx";
import { onLoginChangedElsewhere, rememberLogin, whileLeaving } from "./login-hint.ts";
import { forgetSessions, readSessionId, writeSessionId } from "./session-trace.ts";
import { newerUser, type User } from "./user.ts";

interface State {
  phase: AuthPhase;
  user: User | null;
  failure: Failure | null;
  expired: boolean;
}

const CHECKING: State = { phase: "checking", user: null, failure: null, expired: false };
const signedIn = (user: User): State => ({ phase: "signed-in", user, failure: null, expired: false });
const signedOut = (expired: boolean): State => ({ phase: "signed-out", user: null, failure: null, expired });

/** What the auth context gives; looks once at the start who is signed in. */
export function useAuthState(): Auth {
  const [state, setState] = useState(CHECKING);
  const [liveassistSessionId, setSessionId] = useState(readSessionId);

  const setLiveassistSessionId = useCallback((id: string | null) => {
    writeSessionId(id);
    setSessionId(id);
  }, []);

  const setUser = useCallback((change: User | ((user: User) => User)) => {
    setState((now) => {
      if (!now.user) return now;
      const next = newerUser(now.user, typeof change === "function" ? change(now.user) : change);
      if (next === now.user) return now;
      debugLog("setUser", next);
      return signedIn(next);
    });
  }, []);

  const refreshUser = useCallback(async () => {
    const user = await fetchMe();
    setUser(user);
    return user;
  }, [setUser]);

  const loginEnded = useCallback(() => {
    rememberLogin(null);
    setState((now) => signedOut(now.user !== null || now.expired));
  }, []);

  const checkLogin = useCallback(async () => {
    try {
      if (!(await hasLogin())) return loginEnded();
      const user = await fetchMe();
      rememberLogin(user.id);
      setState((now) => signedIn(newerUser(now.user, user)));
    } catch (thrown) {
      const failure = failureOf(thrown);
      if (failure.kind === "auth") loginEnded();
      else setState((now) => (now.user ? now : { ...CHECKING, phase: "unreachable", failure }));
    }
  }, [loginEnded]);

  useEffect(() => {
    void checkLogin();
  }, [checkLogin]);

  const unreachable = state.phase === "unreachable";
  useEffect(() => {
    if (!unreachable) return;
    const again = () => void checkLogin();
    const timer = setInterval(again, 10_000);
    addEventListener("online", again);
    return () => {
      clearInterval(timer);
      removeEventListener("online", again);
    };
  }, [unreachable, checkLogin]);

  const userId = state.user?.id ?? null;
  useEffect(() => {
    // Another tab signed out or became somebody else: nothing of this user may stay on the screen.
    return onLoginChangedElsewhere((other) => {
      if (other !== userId) location.reload();
    });
  }, [userId]);

  return useMemo(
    () => ({
      ...state,
      setUser,
      refreshUser,
      checkLogin,
      loginEnded,
      signOut: leave,
      liveassistSessionId,
      setLiveassistSessionId,
    }),
    [state, setUser, refreshUser, checkLogin, loginEnded, liveassistSessionId, setLiveassistSessionId],
  );
}

/** A whole new page after signing out: no cache, no socket and no draft of the last user can survive it. */
async function leave(): Promise<void> {
  await whileLeaving(endLogin);
  rememberLogin(null);
  forgetSessions();
  await forgetPickedFiles();
  location.replace("/");
}
