import type { Stage } from "./screen.ts";

/** A file as it is handed to a file input. */
export interface PickedFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

export const pick = ({ page }: Stage, ...files: PickedFile[]): Promise<void> =>
  page.locator('input[type="file"]').first().setInputFiles(files);

/** A file whose contents nobody reads. */
export const fileOf = (name: string, mimeType: string, bytes = 2000): PickedFile => ({
  name,
  mimeType,
  buffer: Buffer.alloc(bytes),
});

/** A file beside the message. */
export const tile = ({ page }: Stage, phase: string) => page.locator(`li[data-phase="${phase}"]`);
