// The stories are told twice: with JavaScript and without. The runner names the browser and the portal:
// AVP_BROWSER (path of a Chromium), AVP_SERVER_BIN (path of av-portal).
import { defineConfig } from "@playwright/test";

const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export default defineConfig({
  testDir: "stories",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  reporter: "list",
  timeout: 180_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  use: {
    browserName: "chromium",
    launchOptions: { executablePath: process.env.AVP_BROWSER ?? "/usr/bin/chromium", args: quiet },
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    timezoneId: "Europe/Berlin",
    viewport: { width: 1280, height: 900 },
  },
  projects: [
    { name: "js", grepInvert: /@without-js/, use: { javaScriptEnabled: true } },
    { name: "nojs", grepInvert: /@needs-js/, use: { javaScriptEnabled: false } },
  ],
});
