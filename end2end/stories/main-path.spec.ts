// The main job: imported, invited, requested, examined, offered, read and signed, countersigned; and the gate opens.
import {
  BOXES, askForCode, button, expectFlash, expectState, expectSummary, expectVerdict, field, fillSigning, main, press, radio,
  setPassword, tick,
} from "../support/acts.ts";
import { PASSWORD, Portal } from "../support/portal.ts";
import { lookAt } from "../support/axe.ts";
import { enter } from "../support/house.ts";
import { type APIRequestContext, expect, test } from "../support/test.ts";
import { LANGS, type Lang, pattern, say } from "../support/words.ts";
import { readFileSync } from "node:fs";

const HEAD =
  "customer_number;legal_name;street;postal_code;city;country;email;language;phones;domains;service_contract;hosting;" +
  "professional_secrecy;privacy_contact_name;privacy_contact_email;signatory_name;signatory_email;signatory_function";
const LONG = "Genossenschaft für Fischräucherei, Netzflickerei, Bootsverleih und Hafenlogistik an der unteren Warnow eG";

const csv = (lines: string[]) => ({
  name: "kunden.csv",
  mimeType: "text/csv",
  buffer: Buffer.from(`\uFEFF${[HEAD, ...lines].join("\r\n")}\r\n`, "utf8"),
});

const right = (lang: Lang) =>
  `K77001;"${LONG}";Am Strom 1;18119;Rostock;DE;info@raeucherei.example;${lang};+49 381 5550100|+49 171 5550101;` +
  "raeucherei.example;no;no;no;Jördis Nöhring;datenschutz@raeucherei.example;Hein Mück;hein@raeucherei.example;Vorstand";
const second = "K77002;Takelwerk GmbH;Kai 2;18119;Rostock;DE;info@takelwerk.example;de;;;yes;yes;no;;;;;";
const wrong = [
  "K77003;Takelwerk GmbH;Kai 2;18119;Rostock;XX;info@takelwerk.example;de;;;yes;yes;no;;;;;",
  "K77004;;Kai 2;18119;Rostock;DE;kein-at-zeichen;de;;;yes;yes;no;;;;;",
];

/** What a program is told about the customer. */
async function evaluation(request: APIRequestContext, portal: Portal, key: string) {
  const answer = await request.post(`${portal.url}/access/v1/evaluation`, {
    headers: { authorization: `Bearer ${key}` },
    data: {
      subject: { type: "technician", id: "tina@provider.example" },
      action: { name: "remote_support.control" },
      resource: { type: "customer", id: "K77001" },
    },
  });
  expect(answer.status()).toBe(200);
  return answer.json();
}

for (const lang of LANGS) {
  test(`the main path, ${lang}`, async ({ browserFor, request }) => {
    const portal = await Portal.empty();
    try {
      await tell(lang, portal, browserFor, request);
    } finally {
      const said = await portal.end();
      expect(said.split("\n").filter((line) => / ERROR /.test(line)), "the portal reports no error").toEqual([]);
    }
  });
}

type Browsers = (name: string, options?: { baseURL?: string }) => Promise<import("@playwright/test").Page>;

async function tell(lang: Lang, portal: Portal, browserFor: Browsers, request: APIRequestContext) {
  const t = (key: string, args = {}) => say(lang, key, args);
  const own = { baseURL: portal.url };

  const link = portal.run(["admin", "create", "--email", "adam@provider.example", "--name", "Adam Kern", "--language", lang]);
  const manager = portal.staff("Mara Holzapfel", ["contract_manager"], lang);
  const officer = portal.staff("Paul Öztürk", ["privacy_officer"], lang);
  const technician = portal.staff("Tina Weiß", ["technician"], lang);
  const key = portal.run(["client", "create", "--name", "e2e", "--scope", "evaluate"]);
  await portal.serve();

  await test.step("the first admin follows the link of the command", async () => {
    const page = await browserFor("admin", own);
    await page.goto(link);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(t("welcome-title"));
    await field(page, "password").fill("kurz");
    await field(page, "password_repeat").fill("anders");
    const again = await press(page, button(page, lang, "welcome-button"));
    expect(again.status()).toBe(422);
    await expect(page.locator(".summary")).toBeFocused();
    await lookAt(page);
    await setPassword(page, lang, PASSWORD);
    await expect(page).toHaveURL(new RegExp(`/${lang}/desk`));
    await expectFlash(page, lang, "welcome");
    await page.context().close();
  });

  const mara = await browserFor("contract manager", own);
  await enter(mara, portal, manager);

  await test.step("a file with wrong rows imports nothing and names every wrong row", async () => {
    await mara.goto(`/${lang}/customers/import`);
    await field(mara, "file").setInputFiles(csv([right(lang), ...wrong]));
    const answer = await press(mara, button(mara, lang, "import-button"));
    expect(answer.status()).toBe(422);
    await expect(mara.getByRole("alert")).toContainText(t("import-refused"));
    const rows = mara.getByRole("table").getByRole("row");
    const named = async (line: number, column: string) =>
      expect(rows.filter({ hasText: column }).filter({ hasText: String(line) })).toHaveCount(1);
    await named(3, "country");
    await named(4, "legal_name");
    await named(4, "email");
    await lookAt(mara);
    await mara.goto(`/${lang}/customers`);
    await expect(main(mara).getByText(t("customers-empty"), { exact: true })).toBeVisible();
  });

  await test.step("the right file is imported", async () => {
    await mara.goto(`/${lang}/customers/import`);
    await field(mara, "file").setInputFiles(csv([right(lang), second]));
    const answer = await press(mara, button(mara, lang, "import-button"));
    expect(answer.status()).toBe(200);
    await expect(mara.getByRole("alert")).toContainText(t("import-done", { created: 2, updated: 0, unchanged: 0 }));
  });

  const tina = await browserFor("technician", own);
  await enter(tina, portal, technician);

  await test.step("the gate says: advice only", async () => {
    await tina.goto(`/${lang}/gate`);
    await expect(field(tina, "q")).toBeFocused();
    await field(tina, "q").pressSequentially("K77001");
    await Promise.all([tina.waitForURL(/q=K77001/), tina.keyboard.press("Enter")]);
    await expectVerdict(tina, lang, "advice");
    await expect(tina.locator("#customer-text")).toBeVisible();
    const answer = await evaluation(request, portal, key);
    expect(answer).toMatchObject({ decision: false, context: { outcome: "advice_only" } });
  });

  const hein = await browserFor("signatory", own);

  await test.step("the signatory is invited and comes in", async () => {
    await mara.goto(`/${lang}/customers`);
    await main(mara).getByRole("link", { name: LONG }).click();
    await main(mara).getByRole("link", { name: t("customer-invite") }).click();
    const nothing = await press(mara, button(mara, lang, "customer-invite-send"));
    expect(nothing.status()).toBe(422);
    await expectSummary(mara, ["name", "email", "role"]);
    await field(mara, "name").fill("Hein Mück");
    await field(mara, "email").fill("hein@raeucherei.example");
    await radio(mara, "language", lang).check();
    await radio(mara, "role", "signatory").check();
    await press(mara, button(mara, lang, "customer-invite-send"));
    await expectFlash(mara, lang, "person-invited");
    await hein.goto(await portal.mail.link("invitation", "hein@raeucherei.example"));
    await setPassword(hein, lang, PASSWORD);
    await expect(hein).toHaveURL(new RegExp(`/${lang}/my/`));
    await expectFlash(hein, lang, "welcome");
    await expect(main(hein).getByRole("heading", { level: 1 })).toHaveText(LONG);
  });

  await test.step("a request with mistakes keeps everything; the right one is sent", async () => {
    await press(hein, button(hein, lang, "my-begin"));
    await expect(field(hein, "signatory1_name")).toHaveValue("Hein Mück");
    await expect(field(hein, "own_permission")).not.toBeChecked();
    await radio(hein, "services", "remote_support").check();
    await radio(hein, "services", "hosting").check();
    await field(hein, "main_contract").fill('Rahmenvertrag "Netz" <2024-17>');
    await field(hein, "breach_phone").fill("keine");
    await field(hein, "signatory1_function").fill("");
    const again = await press(hein, button(hein, lang, "request-send"));
    expect(again.status()).toBe(422);
    await expectSummary(hein, ["special", "professional_secrecy", "breach_phone", "signatory1_function", "own_permission"]);
    await expect(radio(hein, "services", "remote_support")).toBeChecked();
    await expect(radio(hein, "services", "hosting")).toBeChecked();
    await expect(radio(hein, "services", "monitoring")).not.toBeChecked();
    await expect(field(hein, "main_contract")).toHaveValue('Rahmenvertrag "Netz" <2024-17>');
    await expect(field(hein, "breach_phone")).toHaveValue("keine");
    await expect(field(hein, "signatory1_email")).toHaveValue("hein@raeucherei.example");

    // It can be left and found again.
    await field(hein, "instructing").fill("Hein Mück und der Vorstand");
    await press(hein, button(hein, lang, "request-save"));
    await expectFlash(hein, lang, "contract-saved");
    await hein.goto(`/${lang}/my`);
    await main(hein).getByRole("link", { name: t("my-continue") }).click();
    await expect(field(hein, "instructing")).toHaveValue("Hein Mück und der Vorstand");
    await expect(field(hein, "main_contract")).toHaveValue('Rahmenvertrag "Netz" <2024-17>');

    await radio(hein, "special", "no").check();
    await radio(hein, "professional_secrecy", "no").check();
    await field(hein, "breach_phone").fill("+49 381 5550199");
    await field(hein, "signatory1_function").fill("Vorstand");
    await tick(hein, "own_permission");
    await press(hein, button(hein, lang, "request-send"));
    await expectFlash(hein, lang, "contract-requested");
    await expectState(hein, lang, "requested");
    await lookAt(hein);
  });

  await test.step("the manager finds it on the desk; without confirmed annexes nothing is offered", async () => {
    await mara.goto(`/${lang}/desk`);
    await main(mara).getByRole("link", { name: LONG }).click();
    await expectState(mara, lang, "requested");
    const empty = await press(mara, button(mara, lang, "offer-button"));
    expect(empty.status()).toBe(422);
    await expectSummary(mara, ["cost", "benefit", "risk"]);
    await lookAt(mara);
    await field(mara, "cost").fill("Zwei Stunden im Jahr");
    await field(mara, "benefit").fill("Netz und Fernwartung");
    await field(mara, "risk").fill("Gering; keine besonderen Daten");
    const unconfirmed = await press(mara, button(mara, lang, "offer-button"));
    expect(unconfirmed.status()).toBe(422);
    await expect(mara.locator(".summary")).toContainText(t("mistake-annexes-unconfirmed"));
    await expect(field(mara, "risk")).toHaveValue("Gering; keine besonderen Daten");
  });

  await test.step("the privacy officer confirms the annexes", async () => {
    const paul = await browserFor("privacy officer", own);
    await enter(paul, portal, officer);
    await paul.goto(`/${lang}/annexes`);
    for (const annex of ["toms", "subprocessors"]) {
      const name = pattern(lang, "annexes-confirm", { annex: t(`annex-${annex}`) });
      const confirm = paul.locator(`form[action$="/${annex}/confirm"]`).getByRole("button");
      await expect(confirm).toHaveText(name);
      await press(paul, confirm);
      await expectFlash(paul, lang, "annex-confirmed");
    }
    await expect(paul.locator('form[action$="/confirm"]')).toHaveCount(0);
    await paul.context().close();
  });

  await test.step("the contract is offered", async () => {
    await press(mara, button(mara, lang, "offer-button"));
    await expectFlash(mara, lang, "contract-offered");
    await expectState(mara, lang, "offered");
  });

  await test.step("the signatory reads and signs with the code from the mail", async () => {
    const who = { lang, name: "Hein Mück", function: "Vorstand", email: "hein@raeucherei.example", mail: portal.mail };
    await hein.goto(await portal.mail.link("contract_offered", who.email));
    await expect(hein).toHaveURL(/\/sign$/);
    for (const box of BOXES) await expect(field(hein, `box_${box}`)).not.toBeChecked();
    await expect(main(hein)).toContainText(LONG);
    const empty = await press(hein, button(hein, lang, "sign-button"));
    expect(empty.status()).toBe(422);
    await expectSummary(hein, ["full_name", "function", "code", ...BOXES.map((b) => `box_${b}`)]);
    await lookAt(hein);
    const code = await askForCode(hein, who);
    await fillSigning(hein, who, code);
    await press(hein, button(hein, lang, "sign-button"));
    await expectFlash(hein, lang, "contract-signed");
    await expectState(hein, lang, "signed_by_customer");
    await lookAt(hein);
    await tina.reload();
    await expectVerdict(tina, lang, "advice");
  });

  await test.step("the provider countersigns", async () => {
    await mara.goto(await portal.mail.link("contract_signed_by_customer", manager));
    const empty = await press(mara, button(mara, lang, "countersign-button"));
    expect(empty.status()).toBe(422);
    await expectSummary(mara, ["function"]);
    await lookAt(mara);
    await field(mara, "function").fill("Prokuristin");
    await press(mara, button(mara, lang, "countersign-button"));
    await expectFlash(mara, lang, "contract-countersigned");
    await expectState(mara, lang, "in_force");
  });

  await test.step("the customer takes the PDF along; a copy comes by mail", async () => {
    const document = main(hein).locator('a[download][href*="/documents/"]').first();
    await expect(async () => {
      await hein.reload();
      await expect(document).toBeVisible({ timeout: 500 });
    }).toPass({ timeout: 60_000, intervals: [300] });
    await expectState(hein, lang, "in_force");
    const [download] = await Promise.all([hein.waitForEvent("download"), document.click()]);
    expect(download.suggestedFilename()).toMatch(/\.pdf$/);
    const bytes = readFileSync(await download.path());
    expect(bytes.subarray(0, 5).toString("latin1")).toBe("%PDF-");
    const copy = await portal.mail.next("contract_in_force", "hein@raeucherei.example");
    expect(copy.attachments.map((a) => a.bytes.equals(bytes))).toEqual([true]);
    const timeline = main(hein).locator(".timeline");
    for (const step of ["begun", "requested", "offered", "signed", "in_force", "document_stored"]) {
      await expect(timeline).toContainText(t(`timeline-${step}`));
    }
    await lookAt(hein);
  });

  await test.step("the gate says: permitted, to people and to programs", async () => {
    await tina.reload();
    await expectVerdict(tina, lang, "permitted");
    const answer = await evaluation(request, portal, key);
    expect(answer).toMatchObject({ decision: true, context: { outcome: "permitted", ground: { type: "av_contract" } } });
    // What was not agreed stays closed.
    await tina.goto(`/${lang}/gate?customer=K77001&action=log.analyse`);
    await expectVerdict(tina, lang, "advice");
  });

  await test.step("the customer reads what was asked", async () => {
    await hein.goto(`/${lang}/my`);
    await main(hein).getByRole("link", { name: t("my-decisions") }).click();
    const rows = main(hein).getByRole("table").locator("tbody tr");
    await expect(rows.filter({ hasText: t("verdict-permitted") }).first()).toBeVisible();
    await expect(rows.filter({ hasText: t("verdict-advice") }).first()).toBeVisible();
  });
}
