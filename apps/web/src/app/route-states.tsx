import { type ErrorComponentProps, Link, useRouter } from "@tanstack/react-router";
import { Button, buttonLook } from "../components/button.tsx";
import { FullPageMessage } from "../components/full-page-message.tsx";
import { usePageTitle } from "../lib/use-page-title.ts";
import { words } from "../texts/everywhere.ts";

export function NotFound() {
  usePageTitle(words.notFound.tab);
  return (
    <FullPageMessage
      title={words.notFound.title}
      text={words.notFound.text}
      actions={
        <Link to="/" className={buttonLook("primary")}>
          {words.goHome}
        </Link>
      }
    />
  );
}

/** One route's accident stays that route's: it can be tried again without a reload. */
export function RouteCrashed({ reset }: ErrorComponentProps) {
  const router = useRouter();
  const again = () => {
    reset();
    void router.invalidate();
  };
  return (
    <FullPageMessage
      inside
      title={words.crashed.title}
      text={words.crashed.text}
      actions={
        <>
          <Button onClick={again}>{words.retry}</Button>
          <a href="/" className={buttonLook("secondary")}>
            {words.goHome}
          </a>
        </>
      }
    />
  );
}
