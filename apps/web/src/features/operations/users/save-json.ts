/** Puts a value into a file of the browser's downloads. */
export function saveJson(name: string, value: unknown): void {
  const address = URL.createObjectURL(
    new Blob([JSON.stringify(value, null, 2)], { type: "application/json" }),
  );
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // Firefox reads it only after the press has ended.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
