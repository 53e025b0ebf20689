import "./markdown.css";
import { memo } from "react";
import { type Components, Streamdown } from "streamdown";
import { liveassistTexts } from "../../../texts/liveassist.ts";
import { CodeBlock } from "./code-block.tsx";
import { ReplyLink } from "./reply-link.tsx";

/** Plain elements with our own look. No picture is ever fetched because a model named its address. */
const COMPONENTS: Components = {
  a: ({ href, children }) => <ReplyLink href={href}>{children}</ReplyLink>,
  img: ({ alt }) => <em>{liveassistTexts.reply.picture(alt ?? "")}</em>,
  pre: ({ children }) => <CodeBlock>{children}</CodeBlock>,
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table has to be scrolled by keyboard, too.
    <div className="reply-table" tabIndex={0}>
      <table>{children}</table>
    </div>
  ),
  code: "code",
  // The page has one h1; what a reply calls one stands below it.
  h1: "h2",
  h2: "h3",
  h3: "h4",
  h4: "h5",
  h5: "h6",
  h6: "h6",
  blockquote: "blockquote",
  hr: "hr",
  li: "li",
  ol: "ol",
  ul: "ul",
  p: "p",
  section: "section",
  strong: "strong",
  sub: "sub",
  sup: "sup",
  tbody: "tbody",
  td: "td",
  th: "th",
  thead: "thead",
  tr: "tr",
};

/** None: raw HTML is never parsed, it is shown as the text it is. All else is made by the components above. */
const NO_PLUGINS: never[] = [];

interface MarkdownProps {
  text: string;
  /** It still grows: unfinished signs are completed, and only the last block is made anew. */
  growing: boolean;
}

/** A reply's Markdown, safe while it streams. */
export const Markdown = memo(function Markdown({ text, growing }: MarkdownProps) {
  return (
    <Streamdown
      className="reply-text"
      components={COMPONENTS}
      rehypePlugins={NO_PLUGINS}
      parseIncompleteMarkdown={growing}
      controls={false}
      lineNumbers={false}
    >
      {text}
    </Streamdown>
  );
});
