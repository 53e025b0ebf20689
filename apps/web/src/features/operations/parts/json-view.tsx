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
      <Value value={value} left={openDepth} />
    </section>
  );
}

function Value({ value, left }: { value: unknown; left: number }) {
  if (typeof value !== "object" || value === null) return <Plain value={value} />;
  const entries = Object.entries(value);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  if (entries.length === 0) return <span className="text-muted">{`${open}${close}`}</span>;
  return (
    <details open={left > 0} className="inline-block align-top">
      <summary className="cursor-pointer text-muted">
        {open} {texts.items(entries.length)} {close}
      </summary>
      <ul className="ml-1 border-l border-line pl-4">
        {entries.map(([name, inner]) => (
          <li key={name}>
            <span className="text-muted">{name}: </span>
            <Value value={inner} left={left - 1} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function Plain({ value }: { value: unknown }) {
  const isText = typeof value === "string";
  return (
    <span className={isText ? "text-accent" : "text-text"}>{isText ? `"${value}"` : String(value)}</span>
  );
}
