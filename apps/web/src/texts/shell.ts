/** Words of the frame around the signed-in pages. */
export const shellTexts = {
  navigation: "Main",
  home: "Home",
  liveassist: "LiveAssist",
  quickfix: "QuickFix",
  operations: "Operations",
  settings: "Settings",
} as const;
