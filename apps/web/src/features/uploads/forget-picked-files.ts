/** Deletes what was picked and not sent from this device: after signing out, nothing of a user stays behind. Never rejects. */
export async function forgetPickedFiles(): Promise<void> {
  const { keptFiles } = await import("./keep-files.ts").catch(() => ({ keptFiles: null }));
  await keptFiles?.forgetAll();
}
