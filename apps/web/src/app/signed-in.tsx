import { QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useAuth } from "../features/account/auth-context.tsx";
import { SubscriptionProvider } from "../features/subscription/subscription-context.tsx";
import { openTrpc, trpc } from "../lib/trpc.ts";
import { makeQueryClient } from "./query-client.ts";
import { Shell } from "./shell.tsx";

/** The signed-in app: one cache and one socket per user, gone with them. */
export function SignedIn({ children }: { children: ReactNode }) {
  const { loginEnded, checkLogin } = useAuth();
  const [queries] = useState(() => makeQueryClient(loginEnded));
  const [{ client }] = useState(() => openTrpc(() => void checkLogin()));
  return (
    <trpc.Provider client={client} queryClient={queries}>
      <QueryClientProvider client={queries}>
        <SubscriptionProvider>
          <Shell>{children}</Shell>
        </SubscriptionProvider>
      </QueryClientProvider>
    </trpc.Provider>
  );
}
