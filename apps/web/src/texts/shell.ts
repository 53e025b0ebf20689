/** Words of the frame around the signed-in pages. */
export const shellTexts = {
  navigation: "Main",
  home: "Home",
  settings: "Settings",
} as const;
