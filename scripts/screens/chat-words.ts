/** What is said in the pictured chats. */
export const SAID = {
  plant: "The leaves of my monstera turn yellow from the edge. What is wrong?",
  plantAnswer: `That looks like **too much water**, not too little: the yellow begins at the edge of the older leaves, and the soil in the photo is dark and wet.

1. Let the upper five centimetres of soil dry before you water again.
2. Empty the saucer half an hour after watering.
3. Cut off leaves that are more yellow than green; they do not come back.

If it does not get better in three weeks, look at the roots: brown and soft means repotting. More on the [causes of yellow leaves](https://en.wikipedia.org/wiki/Chlorosis).`,
  rename: "How do I rename all .jpeg files in a folder to .jpg?",
  renameAnswer: `In the folder, in a terminal:

\`\`\`bash
for file in *.jpeg; do
  mv -n -- "$file" "\${file%.jpeg}.jpg"
done
\`\`\`

\`-n\` never overwrites a file that is there already. What the parts do:

| Part | Meaning |
|---|---|
| \`*.jpeg\` | every file with that ending |
| \`\${file%.jpeg}\` | its name without the ending |

> Try it on a copy of the folder first.`,
  stain: "How do I get red wine out of linen?",
  stainHalf: `Be quick, and do not rub. While it is still wet:

- Press a dry cloth on it, so that it takes up as much as it can.
- Pour **cold** water through the cloth from behind, then `,
  stainAnswer: `Be quick, and do not rub. While it is still wet:

- Press a dry cloth on it, so that it takes up as much as it can.
- Pour **cold** water through the cloth from behind.
- Then soap, and only then the machine, at 30 degrees.`,
  thanks: "Thank you! And how often should I water it now?",
  thanksAnswer:
    "About once in ten days in winter, and once a week in summer. Put a finger into the soil: water only when the upper five centimetres are dry.",
  washerAnswer: `**E18** means that the water does not leave in time. In the video the pump hums, so it runs, but something blocks it:

1. Open the small door at the bottom right and let the water out into a bowl.
2. Turn out the filter and look behind it: a coin or a sock is the usual guest.
3. Turn the small wheel behind it with a pencil. It should move in jerks.`,
  draft:
    "My washing machine stops in the middle and shows E18. I have cleaned the filter already, and the water goes away when I turn the drum by hand.\n\nIt began after I washed a blanket; since then it hums for a minute before it gives up, and there is a smell of wet dog that was not there before. The hose at the back looks fine, it is not bent, and the drain in the wall took a whole bucket without a sound.\n\nWhat else can I check before I call somebody?",
  draftMore:
    " And if it is the pump: can I change it myself, what does one cost for a machine that is nine years old, and is it worth it at all?",
};
