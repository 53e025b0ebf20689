/** The part of the day an hour (0–23) lies in, for a greeting. */
export function dayPart(hour: number): "morning" | "day" | "evening" | "night" {
  if (hour >= 5 && hour < 10) return "morning";
  if (hour >= 10 && hour < 17) return "day";
  return hour >= 17 && hour < 23 ? "evening" : "night";
}
