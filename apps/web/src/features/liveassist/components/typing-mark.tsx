/** Three breathing dots; what they mean is said in words beside them. */
export function TypingMark() {
  return (
    <span aria-hidden="true" className="inline-flex h-6 items-center gap-1.5">
      {[0, 200, 400].map((delay) => (
        <span
          key={delay}
          className="size-2 animate-pulse rounded-full bg-muted"
          style={{ animationDelay: `${delay}ms` }}
        />
      ))}
    </span>
  );
}
