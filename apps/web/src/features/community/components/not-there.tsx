import { Link } from "@tanstack/react-router";
import { buttonLook } from "../../../components/button.tsx";
import { FullPageMessage } from "../../../components/full-page-message.tsx";
import { usePageTitle } from "../../../lib/use-page-title.ts";
import { words } from "../../../texts/everywhere.ts";

/** What the address names is not there, or not any more. */
export function NotThere({ title, text }: { title: string; text: string }) {
  usePageTitle(words.notFound.tab);
  return (
    <FullPageMessage
      inside
      title={title}
      text={text}
      actions={
        <Link to="/" className={buttonLook("primary")}>
          {words.goHome}
        </Link>
      }
    />
  );
}
