/** A word about somebody, beside their name. */
export const Tag = ({ children }: { children: string }) => (
  <span className="rounded-full bg-sunken px-2 py-0.5 text-small text-muted whitespace-nowrap">
    {children}
  </span>
);
