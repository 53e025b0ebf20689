import { classNames } from "../../../lib/class-names.ts";

const segments = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** The first letter of a name, as a face. */
export function Avatar({ name, large = false }: { name: string; large?: boolean }) {
  const [first] = segments.segment(name.trim());
  return (
    <span
      aria-hidden="true"
      className={classNames(
        "grid shrink-0 place-items-center rounded-full bg-accent-soft font-medium text-accent select-none",
        large ? "size-16 text-title" : "size-10",
      )}
    >
      {first?.segment.toLocaleUpperCase()}
    </span>
  );
}
