// The scope of a contract in force is changed: begun, completed, offered, signed, and at midnight the one version
// follows the other. Days pass for the portal of this story alone.
import { button, expectFlash, expectState, expectVerdict, field, main, press, radio, sign, tick } from "../support/acts.ts";
import { lookAt } from "../support/axe.ts";
import { as } from "../support/house.ts";
import { expect, test } from "../support/test.ts";
import { LANGS, say } from "../support/words.ts";

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

for (const lang of LANGS) {
  const t = (key: string, args = {}) => say(lang, key, args);

  test(`the scope changes, and the new version follows the old one, ${lang}`, async ({ ownHouse: house, browserFor }) => {
    const customer = await house.customer(lang);
    const old = await house.concluded(customer);
    const who = customer.signatories[0];
    const ole = await as(browserFor, house, who.name, who.email);
    const mara = await as(browserFor, house, "contract manager", house.manager);

    await test.step("a new version begins with what was agreed", async () => {
      await ole.goto(old.path);
      await press(ole, button(ole, lang, "amend-button"));
      await expect(main(ole)).toContainText(t("request-amend-lead"));
      await expect(radio(ole, "services", "remote_support")).toBeChecked();
      await expect(field(ole, "signatory1_email")).toHaveValue(who.email);
      await expect(field(ole, "own_permission"), "declared anew").not.toBeChecked();
      await lookAt(ole);
    });

    await radio(ole, "services", "remote_support").uncheck();
    await radio(ole, "services", "monitoring").check();
    await tick(ole, "own_permission");
    await press(ole, button(ole, lang, "request-send"));
    await expectFlash(ole, lang, "contract-requested");
    const path = new URL(ole.url()).pathname;
    expect(path).not.toBe(old.path);
    await expect(main(ole)).toContainText(t("version-removed"));
    const staffPath = path.replace(/\/my\/[^/]+/, "");

    await test.step("offered, signed, countersigned for a later day; until then the old one rules", async () => {
      await mara.goto(staffPath);
      await expect(main(mara)).toContainText(t("versions-title"));
      await press(mara, button(mara, lang, "offer-button"));
      await expectFlash(mara, lang, "contract-offered");
      await ole.goto(`${path}/sign`);
      await sign(ole, { lang, ...who, mail: house.portal.mail });
      await mara.goto(staffPath);
      await field(mara, "function").fill("Prokuristin");
      await field(mara, "effective_from").fill(inDays(3));
      await press(mara, button(mara, lang, "countersign-button"));
      await expectFlash(mara, lang, "contract-countersigned");
      await ole.goto(old.path);
      await expectState(ole, lang, "in_force");
      await expect(main(ole)).toContainText(t("timeline-superseded"));
      await expect(button(ole, lang, "amend-button"), "it is followed already").toHaveCount(0);
      await lookAt(ole);
      const tina = await as(browserFor, house, "technician", house.technician);
      await tina.goto(`/${lang}/gate?customer=${customer.number}&action=remote_support.view`);
      await expectVerdict(tina, lang, "permitted");
    });

    await test.step("from its first day on the new one rules, and the old one is superseded", async () => {
      house.portal.letDaysPass(4);
      const later = await as(browserFor, house, "technician, later", house.technician);
      await later.goto(`/${lang}/gate?customer=${customer.number}&action=remote_support.view`);
      await expectVerdict(later, lang, "advice");
      await later.goto(`/${lang}/gate?customer=${customer.number}&action=system.monitor`);
      await expectVerdict(later, lang, "permitted");
      const back = await as(browserFor, house, `${who.name}, later`, who.email);
      await house.portal.mail.next("contract_ended", who.email);
      await back.goto(old.path);
      await expectState(back, lang, "ended");
      await lookAt(back);
      await back.goto(path);
      await expectState(back, lang, "in_force");
    });
  });
}
