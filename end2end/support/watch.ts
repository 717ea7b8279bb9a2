// Nothing may go wrong behind the scenes: no error in the console, no breach of the content security policy, no file
// that is not there, no answer 5xx.
import type { BrowserContext } from "@playwright/test";

export function watch(context: BrowserContext): string[] {
  const wrong: string[] = [];
  context.on("console", (message) => {
    if (message.type() !== "error") return;
    // A page that answers 422 says so in the console too; files that fail are told below.
    if (message.text().startsWith("Failed to load resource: the server responded with a status of")) return;
    wrong.push(`console: ${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => wrong.push(`script: ${error.error().message}`));
  context.on("response", (response) => {
    const request = response.request();
    const limit = request.resourceType() === "document" ? 500 : 400;
    if (response.status() >= limit) wrong.push(`${response.status()} ${request.method()} ${response.url()}`);
  });
  return wrong;
}
