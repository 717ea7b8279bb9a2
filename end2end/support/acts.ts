// What people do on pages, in more than one story.
import { type Locator, type Page, type Response, expect } from "@playwright/test";
import type { Mailbox } from "./mail.ts";
import { type Lang, say } from "./words.ts";

export const BOXES = ["read", "authority", "business", "own_permission", "electronic"];

/** The main part of the page, without frame and navigation. */
export const main = (page: Page): Locator => page.locator("#main");

export const button = (page: Page, lang: Lang, key: string): Locator =>
  main(page).getByRole("button", { name: say(lang, key), exact: true });

/** A field by its name; the id of a field is its name. */
export const field = (page: Page, name: string): Locator => page.locator(`#${name}`);

export const radio = (page: Page, name: string, value: string): Locator =>
  page.locator(`input[name="${name}"][value="${value}"]`);

/** Presses a button that sends a form; the answer of the page that comes next. */
export async function press(page: Page, what: Locator): Promise<Response> {
  const answer = page.waitForResponse((r) => r.request().isNavigationRequest() && !isRedirect(r));
  await what.click();
  const response = await answer;
  await page.waitForLoadState("load");
  return response;
}

const isRedirect = (r: Response): boolean => r.status() >= 300 && r.status() < 400;

/** What just happened, on top of the page. */
export async function expectFlash(page: Page, lang: Lang, name: string): Promise<void> {
  // A message that is missing is told, but the story goes on.
  const flash = page.getByRole("status").filter({ hasText: say(lang, `flash-${name}`) });
  await expect.soft(flash, `the message flash-${name}`).toBeVisible({ timeout: 3000 });
}

/** The summary names these fields, leads to each, and has the focus; each field says what is wrong itself. */
export async function expectSummary(page: Page, fields: string[]): Promise<void> {
  const summary = page.locator(".summary");
  await expect(summary).toBeFocused();
  const links = await summary.getByRole("link").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
  expect([...links].sort()).toEqual(fields.map((f) => `#${f}`).sort());
  for (const name of fields) {
    await expect(page.locator(`[id="${name}"]`)).toHaveCount(1);
    await expect(page.locator(`[id="${name}-error"]`)).toBeVisible();
  }
}

/** Ticks or unticks a box by its label, as people do. */
export async function tick(page: Page, id: string, on = true): Promise<void> {
  await page.locator(`[id="${id}"]`).setChecked(on);
}

export interface Signing {
  lang: Lang;
  name: string;
  function: string;
  email: string;
  mail: Mailbox;
}

/** Asks for a code on the signing page and reads it in the mail. */
export async function askForCode(page: Page, who: Signing): Promise<string> {
  const answer = await press(page, button(page, who.lang, "sign-code-send"));
  expect(answer.status()).toBe(200);
  await expect(main(page).getByText(say(who.lang, "sign-code-sent", { email: who.email }))).toBeVisible();
  return who.mail.code(who.email);
}

/** Fills in the signing form; presses nothing. */
export async function fillSigning(page: Page, who: Signing, code: string): Promise<void> {
  await field(page, "full_name").fill(who.name);
  await field(page, "function").fill(who.function);
  for (const box of BOXES) await tick(page, `box_${box}`);
  await field(page, "code").fill(code);
}

/** Reads and signs, on the signing page. */
export async function sign(page: Page, who: Signing): Promise<void> {
  const code = await askForCode(page, who);
  await fillSigning(page, who, code);
  await press(page, button(page, who.lang, "sign-button"));
  await expectFlash(page, who.lang, "contract-signed");
}

/** Sets the first password behind a link of an invitation. */
export async function setPassword(page: Page, lang: Lang, password: string): Promise<void> {
  await field(page, "password").fill(password);
  await field(page, "password_repeat").fill(password);
  await press(page, button(page, lang, "welcome-button"));
}

/** Logs in on the log-in page. */
export async function logIn(page: Page, lang: Lang, email: string, password: string): Promise<Response> {
  await page.goto(`/${lang}/login`);
  await field(page, "email").fill(email);
  await field(page, "password").fill(password);
  return press(page, button(page, lang, "login-button"));
}

/** The state of a contract on its page. */
export async function expectState(page: Page, lang: Lang, state: string): Promise<void> {
  await expect(page.locator(".head .badge")).toHaveText(say(lang, `state-${state}`));
}

/** The answer of the gate on the page. */
export async function expectVerdict(page: Page, lang: Lang, verdict: "permitted" | "advice" | "refused"): Promise<void> {
  await expect(page.locator(".answer__word")).toHaveText(say(lang, `verdict-${verdict}`));
}
