import { RouterProvider } from "@tanstack/react-router";
import { router } from "./router.tsx";

/** Everything that has an address of its own, under the router. */
export function Routed() {
  return <RouterProvider router={router} />;
}
