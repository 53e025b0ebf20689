// What runs in a page of the browser, as text: the bench itself knows no document.

/** Resolves with the times (ms) of all frames drawn for so long. */
export const watchFrames = (forMs: number): string => `new Promise((done) => {
  const times = [];
  const onFrame = (at) => {
    times.push(at);
    if (at - times[0] < ${forMs}) requestAnimationFrame(onFrame);
    else done(times);
  };
  requestAnimationFrame(onFrame);
})`;

/** Resolves in the frame after a word stood in the thread, with its time (epoch ms). */
export const seenAt = (word: string): string => `new Promise((done) => {
  const look = () => {
    if (!document.querySelector("[data-testid=thread]")?.textContent.includes(${JSON.stringify(word)})) return;
    observer.disconnect();
    requestAnimationFrame(() => done(performance.timeOrigin + performance.now()));
  };
  const observer = new MutationObserver(look);
  observer.observe(document.body, { childList: true, subtree: true, characterData: true });
  look();
})`;

/** Adds a word to the element \`#text\` every so many milliseconds. */
export const writeWords = (everyMs: number): string =>
  `void setInterval(() => document.querySelector("#text").append("word "), ${everyMs})`;
