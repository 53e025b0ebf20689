/**
 * The files in what was pasted or dropped, in order; folders are left out. Empty when there is only text, so that a
 * paste handler can let the text through: `const files = filesFrom(event.clipboardData); if (files.length) …`.
 */
export function filesFrom(data: DataTransfer | null): File[] {
  if (!data) return [];
  // A copied table brings a picture of itself along with its text: the text is meant.
  const has = (type: string) => data.types.includes(type);
  const meansText = has("text/plain") && has("text/html") && !has("text/uri-list");
  if (meansText) return [];
  return [...data.items].flatMap((item) => {
    if (item.kind !== "file" || item.webkitGetAsEntry?.()?.isDirectory) return [];
    const file = item.getAsFile();
    return file ? [file] : [];
  });
}
