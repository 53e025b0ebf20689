/** A short good news at the edge of the screen; the part that shows it comes with the first one. */
export function showToast(message: string): void {
  void import("../components/toasts.tsx").then((toasts) => toasts.pushToast(message));
}
