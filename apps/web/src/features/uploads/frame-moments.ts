/**
 * The moments (ms) at which stills are taken of a video that lasts `seconds`: evenly spread, in the middle of equal parts, so
 * that neither a black beginning nor a faded end is taken. About one a second for short ones, `most` at most.
 */
export function frameMoments(seconds: number, most: number): number[] {
  if (!Number.isFinite(seconds) || seconds <= 0) return [0];
  const count = Math.max(1, Math.min(most, Math.ceil(seconds)));
  return Array.from({ length: count }, (_, index) => Math.round(((index + 0.5) / count) * seconds * 1000));
}

/** The size of a still: as the picture is, and no side longer than `longest` pixels. */
export function frameSize(
  width: number,
  height: number,
  longest: number,
): { readonly width: number; readonly height: number } {
  const scale = Math.min(1, longest / Math.max(width, height, 1));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
