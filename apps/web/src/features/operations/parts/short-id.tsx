const SHOWN = 8;

/** The beginning of a long id of ours, which is enough to tell two apart; the whole of it on hover and for screen readers. */
export function ShortId({ id }: { id: string }) {
  if (id.length <= SHOWN + 2) return <code className="font-mono text-[0.8125rem]">{id}</code>;
  return (
    <code title={id} className="font-mono text-[0.8125rem] whitespace-nowrap">
      <span aria-hidden="true">{id.slice(0, SHOWN)}…</span>
      <span className="sr-only">{id}</span>
    </code>
  );
}
