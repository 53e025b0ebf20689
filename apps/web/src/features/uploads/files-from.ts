/**
 * The files in what was pasted or dropped, in order; folders are left out. Empty when there is only text, so that a
 * paste handler can let the text through: `const files = filesFrom(event.clipboardData); if (files.length) …`.
 */
export function filesFrom(data: DataTransfer | null): File[] {
  if (!data) return [];
  // A copied table brings a picture of itself along with its text: the text is meant.
  const meansText = data.types.includes("text/plain") && data.types.includes("text/html");
  if (meansText) return [];
  return [...data.items].flatMap((item) => {
    if (item.kind !== "file" || item.webkitGetAsEntry?.()?.isDirectory) return [];
    const file = item.getAsFile();
    return file ? [file] : [];
  });
}
