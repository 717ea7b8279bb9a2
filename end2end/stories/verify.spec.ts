// Somebody from outside checks a contract: by its code, by its file, and with a file that was changed.
import { readFileSync } from "node:fs";
import { button, expectSummary, field, main, press } from "../support/acts.ts";
import { lookAt } from "../support/axe.ts";
import { enter } from "../support/house.ts";
import { type Page, expect, test } from "../support/test.ts";
import { LANGS, say } from "../support/words.ts";

/** The PDF of a contract, as soon as it is made. */
async function pdfOf(page: Page, path: string): Promise<Buffer> {
  const document = main(page).locator('a[download][href*="/documents/"]').first();
  await page.goto(path);
  await expect(async () => {
    await page.reload();
    await expect(document).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 60_000, intervals: [300] });
  const [download] = await Promise.all([page.waitForEvent("download"), document.click()]);
  return readFileSync(await download.path());
}

for (const lang of LANGS) {
  const t = (key: string, args = {}) => say(lang, key, args);

  test(`a stranger checks a contract, ${lang}`, async ({ house, browserFor }) => {
    const customer = await house.customer(lang);
    const contract = await house.concluded(customer);
    const own = { baseURL: house.portal.url };
    const ole = await browserFor("Ole", own);
    await enter(ole, house.portal, customer.signatories[0].email);
    const pdf = await pdfOf(ole, contract.path);
    const file = (buffer: Buffer) => ({ name: "vertrag.pdf", mimeType: "application/pdf", buffer });
    const page = await browserFor("stranger", own);

    await test.step("a code that is none is explained", async () => {
      await page.goto(`/${lang}/verify`);
      await lookAt(page);
      await field(page, "code").fill("AV-1");
      await press(page, button(page, lang, "verify-button"));
      await expectSummary(page, ["code"]);
    });

    await test.step("the address of the PDF's code names the parties", async () => {
      const code = /\/verify\/([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})/.exec(pdf.toString("latin1"))?.[1];
      test.skip(!code, "the address is compressed in the file");
      await page.goto(`/${lang}/verify/${code}`);
      await expect(main(page)).toContainText(customer.name);
      await expect(main(page)).toContainText(t("verify-today-yes"));
      await lookAt(page);
    });

    await test.step("the file is sent and is unchanged; no name is shown", async () => {
      await page.goto(`/${lang}/verify`);
      await field(page, "file").setInputFiles(file(pdf));
      await press(page, button(page, lang, "verify-file-button"));
      await expect(main(page)).toContainText(t("verify-valid-text"));
      await expect(main(page)).not.toContainText(customer.name);
      await lookAt(page);
    });

    await test.step("a changed file is called changed", async () => {
      const changed = Buffer.from(pdf);
      changed[Math.floor(changed.length / 3)] ^= 0x20;
      await page.goto(`/${lang}/verify`);
      await field(page, "file").setInputFiles(file(changed));
      await press(page, button(page, lang, "verify-file-button"));
      await expect(main(page)).toContainText(t("verify-altered-text"));
      await lookAt(page);
    });

    await test.step("the customer takes the proof pack along", async () => {
      const pack = main(ole).getByRole("link", { name: t("doc-proof") });
      const [download] = await Promise.all([ole.waitForEvent("download"), pack.click()]);
      expect(download.suggestedFilename()).toMatch(/^AV-.*-v1\.zip$/);
    });
  });

  test(`the browser computes the checksum itself, ${lang}`, { tag: "@needs-js" }, async ({ house, browserFor }) => {
    const customer = await house.customer(lang);
    const contract = await house.concluded(customer);
    const own = { baseURL: house.portal.url };
    const ole = await browserFor("Ole", own);
    await enter(ole, house.portal, customer.signatories[0].email);
    const pdf = await pdfOf(ole, contract.path);
    const page = await browserFor("stranger", own);
    await page.goto(`/${lang}/verify`);
    test.skip((await page.locator("script[data-islands-js]").count()) === 0, "this portal was built without islands");
    const sent: string[] = [];
    page.on("request", (r) => sent.push(r.method()));
    await field(page, "file").setInputFiles({ name: "vertrag.pdf", mimeType: "application/pdf", buffer: pdf });
    await button(page, lang, "verify-file-here").click();
    await expect(main(page)).toContainText(t("verify-valid-text"));
    expect(sent, "the file was not sent").not.toContain("POST");
  });
}
