import { createContext, type MouseEvent, type ReactNode, useContext } from "react";
import type { LegalPath } from "../../../components/legal-links.tsx";

/** How the page hands over to the app without a reload. */
export const EntryContext = createContext<(path: string) => void>((path) => location.assign(path));

interface EnterLinkProps {
  to: "/sign-in" | "/sign-up" | LegalPath;
  className: string;
  children: ReactNode;
}

const loadEntry = () => void import("../../../app/routed.tsx");

/** A real link into the app; the app is fetched when a pointer or the focus comes near. */
export function EnterLink({ to, className, children }: EnterLinkProps) {
  const enter = useContext(EntryContext);
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    enter(to);
  };
  return (
    <a href={to} className={className} onClick={follow} onPointerEnter={loadEntry} onFocus={loadEntry}>
      {children}
    </a>
  );
}
