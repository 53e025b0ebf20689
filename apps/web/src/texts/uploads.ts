import { LIMIT_MESSAGES } from "@liveassist/shared/limit-messages";

/** Words of files beside a text, and of the limits on them. Times come in already written. */
export const uploadTexts = {
  files: "Files to send",
  addPicture: "Add pictures",
  addVideo: "Add a video",
  takePicture: "Take a picture",
  videoNeedsPremium: LIMIT_MESSAGES.VIDEO_REQUIRES_PREMIUM,
  videoUpTo: (mb: string) => `Add a video, up to ${mb} MB`,
  drop: "Drop pictures or videos to add them",
  dropPictures: "Drop pictures to add them",
  pasted: "Pasted picture",
  remove: (name: string) => `Remove ${name}`,
  retry: "Try again",
  retryFile: (name: string) => `Try again: ${name}`,
  upgrade: "Upgrade",
  videoMark: "Video",
  progress: (name: string) => `Uploading ${name}`,
  phases: {
    waiting: "Waiting…",
    preparing: "Reading the video…",
    uploading: (percent: string) => percent,
    checking: "Checking…",
    ready: "Ready to send",
  },
  held: {
    "day-limit": (time: string | null) =>
      time === null ? "Waits for Premium or for tomorrow" : `Waits for Premium, or until ${time}`,
    premium: () => LIMIT_MESSAGES.VIDEO_REQUIRES_PREMIUM,
  },
  news: {
    uploaded: (name: string) => `${name} uploaded`,
    started: (name: string) => `Uploading ${name}`,
    failed: (name: string, problem: string) => `${name}: ${problem}`,
    held: (name: string) => `${name} waits. ${LIMIT_MESSAGES.IMAGE_DAY_LIMIT}`,
    heldVideo: (name: string) => `${name} waits. ${LIMIT_MESSAGES.VIDEO_REQUIRES_PREMIUM}`,
  },
  problems: {
    tooMany: (most: number) =>
      `At most ${most} files go with one message. Send these first, then add this one.`,
    tooManyInPost: (most: number) => `At most ${most} pictures go with one post.`,
    unreadable: "The file can no longer be read; it may have been moved or changed. Add it again.",
    network: "The connection was lost. It goes on by itself when the network is back, or press Try again.",
    server: "Something went wrong on our side. Nothing was lost; try again in a moment.",
    tooFast: "Too many uploads in a short time. Wait a minute, then try again.",
    signedOut: "Your login has ended. Sign in again; the file is kept.",
    unsupported: "This kind of file is not supported. Send a JPEG, PNG, WebP or GIF picture.",
    tooLarge: "The file is too large.",
    refused: "The file was not taken.",
  },
  noStills: "No stills could be taken from this video here, so the assistant cannot look into it.",
  limit: {
    title: "No images left today",
    reason: LIMIT_MESSAGES.IMAGE_DAY_LIMIT,
    resets: (most: string, time: string) => `The Free plan has ${most} images a day. It resets at ${time}.`,
    kept: (count: number) =>
      count === 1
        ? "Your picture is kept. It is sent up by itself as soon as you have Premium or the day has turned."
        : `Your ${count} pictures are kept. They are sent up by themselves as soon as you have Premium or the day has turned.`,
    pending: "We are checking your payment. Your picture goes by itself as soon as it is through.",
    upgrade: "Upgrade",
    textOnly: "Continue with text only",
  },
  usage: (used: string, most: string, time: string) => `${used} of ${most} images today, resets at ${time}`,
} as const;
