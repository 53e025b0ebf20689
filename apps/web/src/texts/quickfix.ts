interface Starter {
  title: string;
  /** One sentence about what one gets. */
  about: string;
  /** What stands ready in the new session; short enough for every plan. */
  prompt: string;
}

const starters = {
  error: {
    title: "An error message",
    about: "What it means, and what to press.",
    prompt:
      "I get this error message. What does it mean in plain words, and what should I do now, step by step? The photo shows my screen.",
  },
  appliance: {
    title: "A machine that blinks",
    about: "Washing machine, heating or router: read its code.",
    prompt:
      "This machine shows a code or blinks, and does not do what it should. What is wrong, what can I safely try myself, and when should I call somebody? The photo shows the display and the model.",
  },
  plant: {
    title: "A sick plant",
    about: "Spots, flies or drooping leaves: what it lacks.",
    prompt:
      "My plant is not well. Which plant is it, what is the most likely cause, and what should I do this week? The photo shows the leaves and the soil.",
  },
  bike: {
    title: "A bike part",
    about: "What it is called, and what fits in its place.",
    prompt:
      "What is this part of my bike called, is it worn, and what exactly do I have to buy to replace it? The photo shows the part and the numbers on it.",
  },
  bill: {
    title: "A bill or a letter",
    about: "What they want, by when, and whether it is right.",
    prompt:
      "Explain this letter to me: what do they want, by when, what happens if I do nothing, and does anything in it look wrong? I have covered what is private in the photo.",
  },
  stain: {
    title: "A stain",
    about: "Get it out without harming what is below.",
    prompt:
      "How do I get this stain out without harming the material? Tell me what to try first, and what I must not do. The photo shows the stain and the label.",
  },
  wall: {
    title: "Something for the wall",
    about: "Which plug and screw hold it, in this wall.",
    prompt:
      "I want to hang this up. Which plug and screw do I need for this wall, how deep do I drill, and what should I check before? The photo shows the thing and the wall.",
  },
  fridge: {
    title: "A full fridge",
    about: "Dinner from what is there.",
    prompt:
      "What can I cook tonight from what is in the photo, in 30 minutes? Give me two ideas with the steps, and say what has to be used up first.",
  },
  maths: {
    title: "A maths problem",
    about: "The way to the answer, not only the answer.",
    prompt:
      "Help me understand this problem. Show me the way step by step, say why each step is allowed, and let me try the last one myself. The photo shows the task.",
  },
  sign: {
    title: "A sign or a menu",
    about: "What it says, and what it means for me.",
    prompt:
      "What does this say, and what does it mean for me? Translate it into English, and explain what a visitor would not know. The photo shows it.",
  },
} as const satisfies Record<string, Starter>;

/** Words of QuickFix; the problems one can start from stand in one table. */
export const quickfixTexts = {
  tab: "QuickFix",
  title: "QuickFix",
  lead: "Choose what is nearest. A new session opens with the question written for you: add a photo, change the words if you like, and send.",
  list: "Problems to start from",
  opening: "Opening a session…",
  other: "Something else",
  otherAbout: "Begin with an empty page.",
  starters,
} as const;

export type StarterId = keyof typeof starters;
