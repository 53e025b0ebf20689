/** The app's parts, each its own download. */
export const loadLanding = () =>
  import("../features/landing/landing-page.tsx").then((part) => ({ default: part.LandingPage }));

export const loadRouted = () => import("./routed.tsx").then((part) => ({ default: part.Routed }));

export const loadSignedIn = () => import("./signed-in.tsx").then((part) => ({ default: part.SignedIn }));
