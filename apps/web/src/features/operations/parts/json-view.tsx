import { consoleTexts } from "../../../texts/operations-console.ts";

const texts = consoleTexts.json;
const OPEN_DEPTH = 2;

interface JsonViewProps {
  value: unknown;
  label: string;
  /** So many levels are unfolded at first. */
  openDepth?: number;
}

/** Anything JSON can say, to be read: what lies deep is folded. */
export function JsonView({ value, label, openDepth = OPEN_DEPTH }: JsonViewProps) {
  return (
    <section
      aria-label={label}
      className="overflow-x-auto rounded-md bg-sunken p-4 font-mono text-small leading-6"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
    >
      <Value name={null} value={value} left={openDepth} />
    </section>
  );
}

interface ValueProps {
  /** Of the field or the place in a list; null: it is the whole. */
  name: string | null;
  value: unknown;
  left: number;
}

function Value({ name, value, left }: ValueProps) {
  const key = name === null ? null : <span className="text-muted">{name}: </span>;
  const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
  if (entries.length === 0) {
    return (
      <p className="[overflow-wrap:anywhere]">
        {key}
        <Plain value={value} />
      </p>
    );
  }
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  return (
    <details open={left > 0}>
      <summary className="cursor-pointer text-muted">
        {key}
        {open} {texts.items(entries.length)} {close}
      </summary>
      <ul className="ml-1 border-l border-line pl-4">
        {entries.map(([inner, one]) => (
          <li key={inner}>
            <Value name={inner} value={one} left={left - 1} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function Plain({ value }: { value: unknown }) {
  if (typeof value === "string") return <span className="text-accent">{`"${value}"`}</span>;
  if (typeof value === "object" && value !== null)
    return <span className="text-muted">{Array.isArray(value) ? "[]" : "{}"}</span>;
  return <span className="text-text">{String(value)}</span>;
}
