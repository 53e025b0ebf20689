type Json = Record<string, unknown>;

const html = (value: unknown): string =>
  String(value ?? "").replaceAll(
    /[&<>"]/g,
    (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign] ?? sign,
  );
const block = (title: string, schema: unknown): string =>
  schema === undefined ? "" : `<h4>${title}</h4><pre>${html(JSON.stringify(schema, null, 2))}</pre>`;

function bodyOf(part: unknown): unknown {
  const content = (part as { content?: Record<string, { schema?: unknown }> } | undefined)?.content;
  return content?.["application/json"]?.schema;
}

function section(path: string, method: string, operation: Json): string {
  const responses = operation["responses"] as Record<string, Json>;
  const answers = Object.entries(responses)
    .map(([status, answer]) => `<li><b>${html(status)}</b> ${html(answer["description"])}</li>`)
    .join("");
  const needsLogin = operation["security"] === undefined;
  return `<section><h3><span>${html(method.toUpperCase())}</span> <code>${html(path)}</code></h3>
<p>${html(operation["summary"])}${needsLogin ? " <em>Signed in.</em>" : ""}</p>
${block("Body", bodyOf(operation["requestBody"]))}${block("Answer", bodyOf(responses["200"]))}<ul>${answers}</ul></section>`;
}

const STYLE = `:root{color-scheme:light dark;--line:#8884}body{font:16px/1.55 system-ui,sans-serif;max-width:46rem;margin:3rem auto;padding:0 1.25rem}
h1{font-size:1.7rem}h2{margin-top:3rem;text-transform:capitalize}section{border-top:1px solid var(--line);padding:1rem 0}
h3{font-size:1rem;margin:.3rem 0;overflow-wrap:anywhere}h3 span{font-size:.8rem;letter-spacing:.06em;margin-right:.4rem}
h4{font-size:.8rem;margin:1rem 0 .2rem}pre{overflow:auto;padding:.8rem;border:1px solid var(--line);border-radius:12px;font-size:.8rem}
code,pre{font-family:ui-monospace,monospace}ul{padding-left:1.1rem}em{opacity:.75}`;

/** The OpenAPI document as a page to read: no script, nothing from elsewhere. */
export function docsPage(document: Json): string {
  const info = document["info"] as Json;
  const groups = new Map<string, string[]>();
  for (const [path, methods] of Object.entries(document["paths"] as Record<string, Record<string, Json>>)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = String((operation["tags"] as string[])[0]);
      groups.set(tag, [...(groups.get(tag) ?? []), section(path, method, operation)]);
    }
  }
  const body = [...groups].map(([tag, parts]) => `<h2>${html(tag)}</h2>${parts.join("")}`).join("");
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>LiveAssist API</title><style>${STYLE}</style></head><body><h1>LiveAssist API</h1><p>${html(info["description"])}</p>
<p>As a document: <a href="/docs/json">/docs/json</a> (OpenAPI 3.1).</p>
<h2>Errors</h2>${block("Every error answer", (document["components"] as { schemas: Json }).schemas["Error"])}${body}</body></html>`;
}
