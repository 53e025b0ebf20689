import { createContext, type ReactNode, useContext } from "react";
import type { Failure } from "../../lib/failure.ts";
import { useAuthState } from "./use-auth-state.ts";
import type { User } from "./user.ts";

export type AuthPhase = "checking" | "signed-out" | "signed-in" | "unreachable";

export interface Auth {
  phase: AuthPhase;
  /** Set while and only while the phase is `signed-in`. */
  user: User | null;
  /** Why the first look failed, while `unreachable`. */
  failure: Failure | null;
  /** True when a login ended by itself, so that the sign-in page can say so. */
  expired: boolean;
  /** Takes over a newer state of the user; an older one is ignored. */
  setUser: (change: User | ((user: User) => User)) => void;
  /** Reads `/me` again and takes it over; throws what the request throws. */
  refreshUser: () => Promise<User>;
  /** Looks from the beginning: after a sign-in, or to try again. */
  checkLogin: () => Promise<void>;
  /** The server no longer knows this login. */
  loginEnded: () => void;
  signOut: () => Promise<void>;
  /** The LiveAssist session that is open, kept over reloads (requirements R27); null until one is chosen. */
  liveassistSessionId: string | null;
  setLiveassistSessionId: (id: string | null) => void;
}

const AuthContext = createContext<Auth | null>(null);

/** Holds who is signed in, for the whole app (requirements R24). */
export function AuthProvider({ children }: { children: ReactNode }) {
  return <AuthContext value={useAuthState()}>{children}</AuthContext>;
}

export function useAuth(): Auth {
  const auth = useContext(AuthContext);
  if (!auth) throw new Error("useAuth needs an AuthProvider above it");
  return auth;
}

/** The signed-in user; only for what stands inside the signed-in part of the app. */
export function useUser(): User {
  const { user } = useAuth();
  if (!user) throw new Error("useUser is for the signed-in part of the app");
  return user;
}
