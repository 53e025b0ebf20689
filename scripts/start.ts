// npm start, npm run dev: see scripts/start/launch.ts. This file loads nothing before it knows that it can.
const OLDEST_NODE = 26;

const version = Number.parseInt(process.versions.node, 10);
if (version < OLDEST_NODE) {
  console.error(
    `Node ${process.versions.node} is too old for this script. Run npm start: it brings its own Node.`,
  );
  process.exit(1);
}
try {
  const { run } = await import("./start/run.ts");
  process.exit(await run(process.argv.slice(2)));
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  const missing = code === "ERR_MODULE_NOT_FOUND" && /package/.test(message);
  console.error(missing ? "Not everything is installed. Run npm start: it installs first." : error);
  process.exit(1);
}
