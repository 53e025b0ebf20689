/** How much room a text has left, in Unicode code points (requirements R5); negative when it is too long. */
export function roomLeft(text: string, most: number): number {
  let length = 0;
  for (const _ of text.trim()) length++;
  return most - length;
}

/** The counter is shown in the last fifth only: before that it tells nobody anything. */
export const isNearLimit = (left: number, most: number): boolean => left <= most / 5;
