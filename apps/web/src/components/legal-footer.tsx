import { Link } from "@tanstack/react-router";
import { LegalLinks } from "./legal-links.tsx";

/** Stands at the end of every page inside the app. */
export function LegalFooter() {
  return (
    <footer className="mt-12 border-t border-line pt-3">
      <LegalLinks
        link={(to, label, className) => (
          <Link to={to} className={className}>
            {label}
          </Link>
        )}
      />
    </footer>
  );
}
