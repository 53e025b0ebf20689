import { lazy, Suspense } from "react";
import { useSubscription } from "../subscription-context.tsx";

const ReturnWords = lazy(() => import("./return-words.tsx").then((part) => ({ default: part.ReturnWords })));

/** Meets whoever comes back from the payment page, on whichever page they then are. */
export function ReturnNotice() {
  const { checkoutReturn } = useSubscription();
  return checkoutReturn.phase.kind === "none" ? null : (
    <Suspense>
      <ReturnWords />
    </Suspense>
  );
}
