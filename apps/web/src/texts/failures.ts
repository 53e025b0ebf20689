import type { Failure } from "../lib/failure.ts";

/** What went wrong, what it means for the user, and what to press. */
export function failureText(failure: Failure): { title: string; text: string } {
  switch (failure.kind) {
    case "auth":
      return { title: "You are signed out", text: "Your login has ended. Sign in again to go on." };
    case "network":
      return {
        title: "No connection",
        text: "We could not reach LiveAssist. Check your network and try again; nothing was changed.",
      };
    case "server":
      return serverText(failure);
    case "refused":
      return { title: "That did not work", text: failure.message };
  }
}

function serverText(failure: Failure): { title: string; text: string } {
  if (failure.code === "STRIPE_UNAVAILABLE") {
    return {
      title: "The payment service does not answer",
      text: "Nothing was charged and nothing was changed. Try again in a moment.",
    };
  }
  if (failure.code === "RATE_LIMITED") {
    return { title: "A little too fast", text: "Wait a minute, then try again." };
  }
  return {
    title: "Something went wrong on our side",
    text: "Nothing was lost or changed. Try again in a moment.",
  };
}
