import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type SearchParser,
  type SearchSerializer,
} from "@tanstack/react-router";
import { NotFound, RouteCrashed } from "./route-states.tsx";
import { SignedInArea } from "./signed-in-area.tsx";
import { VisitorArea } from "./visitor-area.tsx";

type StringSearch = Record<string, string>;

/** Search parameters stay the strings they are: a token of digits must not turn into a number. */
const parseSearch: SearchParser = (search) => Object.fromEntries(new URLSearchParams(search));
const stringifySearch: SearchSerializer = (search) => {
  const entries = Object.entries(search).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return entries.length === 0 ? "" : `?${new URLSearchParams(entries)}`;
};
const validateSearch = (search: Record<string, unknown>): StringSearch => search as StringSearch;

const rootRoute = createRootRoute({ validateSearch, notFoundComponent: NotFound });

const signedIn = createRoute({ getParentRoute: () => rootRoute, id: "signed-in", component: SignedInArea });
const visitor = createRoute({ getParentRoute: () => rootRoute, id: "visitor", component: VisitorArea });

const routeTree = rootRoute.addChildren([
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/terms",
    component: lazyRouteComponent(() => import("../features/legal/terms-page.tsx"), "TermsPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/privacy",
    component: lazyRouteComponent(() => import("../features/legal/privacy-page.tsx"), "PrivacyPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/seller",
    component: lazyRouteComponent(() => import("../features/legal/seller-page.tsx"), "SellerPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/account-deleted",
    component: lazyRouteComponent(
      () => import("../features/account/components/account-deleted-page.tsx"),
      "AccountDeletedPage",
    ),
  }),
  signedIn.addChildren([
    createRoute({
      getParentRoute: () => signedIn,
      path: "/",
      component: lazyRouteComponent(() => import("../features/home/home-page.tsx"), "HomePage"),
    }),
    createRoute({
      getParentRoute: () => signedIn,
      path: "/liveassist",
      component: lazyRouteComponent(
        () => import("../features/liveassist/liveassist-page.tsx"),
        "LiveAssistPage",
      ),
    }),
    createRoute({
      getParentRoute: () => signedIn,
      path: "/quickfix",
      component: lazyRouteComponent(() => import("../features/quickfix/quickfix-page.tsx"), "QuickFixPage"),
    }),
    createRoute({
      getParentRoute: () => signedIn,
      path: "/posts/$postId",
      component: lazyRouteComponent(() => import("../features/community/post-page.tsx"), "PostPage"),
    }),
    createRoute({
      getParentRoute: () => signedIn,
      path: "/people/$userId",
      component: lazyRouteComponent(() => import("../features/community/profile-page.tsx"), "ProfilePage"),
    }),
    // One route for the whole console: what lies behind it is told apart by its own code.
    createRoute({
      getParentRoute: () => signedIn,
      path: "/operations/{-$section}/{-$item}",
      component: lazyRouteComponent(
        () => import("../features/operations/operations-page.tsx"),
        "OperationsPage",
      ),
    }),
    createRoute({
      getParentRoute: () => signedIn,
      path: "/settings",
      component: lazyRouteComponent(() => import("../features/settings/settings-page.tsx"), "SettingsPage"),
    }),
    createRoute({
      getParentRoute: () => signedIn,
      path: "/withdraw",
      component: lazyRouteComponent(() => import("../features/withdrawal/withdraw-page.tsx"), "WithdrawPage"),
    }),
  ]),
  visitor.addChildren([
    createRoute({
      getParentRoute: () => visitor,
      path: "/sign-in",
      component: lazyRouteComponent(
        () => import("../features/account/components/sign-in-page.tsx"),
        "SignInPage",
      ),
    }),
    createRoute({
      getParentRoute: () => visitor,
      path: "/sign-up",
      component: lazyRouteComponent(
        () => import("../features/account/components/sign-up-page.tsx"),
        "SignUpPage",
      ),
    }),
    createRoute({
      getParentRoute: () => visitor,
      path: "/forgot-password",
      component: lazyRouteComponent(
        () => import("../features/account/components/forgot-password-page.tsx"),
        "ForgotPasswordPage",
      ),
    }),
  ]),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/reset-password",
    component: lazyRouteComponent(
      () => import("../features/account/components/reset-password-page.tsx"),
      "ResetPasswordPage",
    ),
  }),
]);

export const router = createRouter({
  routeTree,
  parseSearch,
  stringifySearch,
  defaultPreload: "intent",
  defaultErrorComponent: RouteCrashed,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
