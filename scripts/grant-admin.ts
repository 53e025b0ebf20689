// npm run grant-admin -- <email>: makes an existing account an admin, in DATABASE_URL or in the data folder's database.
import { fileURLToPath } from "node:url";
import { grantAdmin } from "./start/grant-admin.ts";
import { readSettings } from "./start/settings.ts";

const [email, ...more] = process.argv.slice(2);
if (!email || more.length > 0 || email.startsWith("-")) {
  console.error("Say which account: npm run grant-admin -- someone@example.com");
  process.exit(1);
}
try {
  const root = fileURLToPath(new URL("..", import.meta.url));
  console.log(await grantAdmin(readSettings(process.env, root, false), email));
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
