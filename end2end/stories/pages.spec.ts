// Every page for everyone: no finding of axe, light and dark, wide and narrow; nothing scrolls sideways; nothing is wrong
// in the console.
import { button, field, main, press } from "../support/acts.ts";
import { type Scheme, examine } from "../support/axe.ts";
import { enter } from "../support/house.ts";
import { expect, test } from "../support/test.ts";
import { tour } from "../support/tour.ts";
import { LANGS } from "../support/words.ts";

interface Visitor {
  who: string;
  login?: [email: string, password: string];
  /** Where they begin; must be among the pages seen. */
  starts: string[];
  /** Where they go on; what is the same for other roles is looked at once. */
  areas?: string[];
}

const GATE = ["K10001", "K10002", "K10005", "K10007"].map((number) => `/gate?customer=${number}`);
const TECHNICIAN: Visitor = {
  who: "a technician",
  login: ["anna@provider.example", "demo-anna-technik-2026"],
  starts: ["/desk", "/gate", "/gate?q=gmbh", "/gate?q=gibt-es-nicht", ...GATE, "/decisions", "/account"],
};

const VISITORS: Visitor[] = [
  { who: "anyone", starts: ["", "/login", "/imprint", "/password/forgotten", "/password/sent", "/logged-out"] },
  TECHNICIAN,
  {
    who: "a contract manager",
    login: ["bernd@provider.example", "demo-bernd-vertrag-2026"],
    starts: ["/desk", "/customers", "/customers?q=gibt-es-nicht", "/customers/import", "/customers/new", "/contracts"],
    areas: ["/desk", "/customers", "/contracts"],
  },
  {
    who: "a privacy officer",
    login: ["clara@provider.example", "demo-clara-schutz-2026"],
    starts: ["/desk", "/annexes", "/audit"],
    areas: ["/desk", "/annexes", "/audit"],
  },
  {
    who: "an admin",
    login: ["david@provider.example", "demo-david-admin-2026"],
    starts: ["/desk", "/staff", "/staff/new", "/clients", "/clients/new", "/outbox"],
    areas: ["/staff", "/clients", "/outbox"],
  },
  {
    who: "a signatory with an offer",
    login: ["uebelhoer@geoinformation-neckar.example", "demo-zeichnung-4-k10003"],
    starts: ["/my"],
    areas: ["/my"],
  },
  { who: "a signatory in force", login: ["otto@tischlerei-saegebrecht.example", "demo-otto-k10001"], starts: ["/my"], areas: ["/my"] },
  { who: "a signatory who signed", login: ["eleanor@thornbury-hale.example", "demo-eleanor-k10004"], starts: ["/my"], areas: ["/my"] },
  {
    who: "a signatory whose contract ended",
    login: ["malte@werbewerkstatt-broedersen.example", "demo-malte-k10006"],
    starts: ["/my"],
    areas: ["/my"],
  },
  { who: "a signatory who waits", login: ["ottilie@hafenarchiv-lindau.example", "demo-ottilie-k10011"], starts: ["/my"], areas: ["/my"] },
  { who: "a signatory without contract", login: ["konrad@kanzlei-weiss-waespel.example", "demo-konrad-k10008"], starts: ["/my"], areas: ["/my"] },
];

// axe itself is JavaScript, so it cannot run where there is none. A page without a script is the same page in both
// projects and is looked at in `js` only; the pages with a script are looked at again with their script kept away.
const ONCE = { tag: "@needs-js" };

for (const lang of LANGS) {
  const schemes: Scheme[] = ["light", "dark"];
  const below = (paths: string[] = []) => paths.map((path) => `/${lang}${path}`);

  for (const { who, login, starts, areas } of VISITORS) {
    test(`every page for ${who}, ${lang}`, ONCE, async ({ demo, browserFor }) => {
      const page = await browserFor(who, { baseURL: demo.url });
      if (login) await enter(page, demo, ...login);
      const { wrong, pages } = await tour(page, { starts: below(starts), areas: below(areas), schemes });
      test.info().annotations.push({ type: "pages", description: `${pages.length}: ${pages.join(" ")}` });
      expect(wrong).toEqual([]);
    });
  }

  test(`the gate without its script, ${lang}`, { tag: "@without-js" }, async ({ demo, browserFor }) => {
    const page = await browserFor("technician", { baseURL: demo.url, javaScriptEnabled: true });
    await page.route(/\/assets\/.*\.js$/, (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
    await enter(page, demo, ...(TECHNICIAN.login as [string, string]));
    const starts = below(["/gate", "/gate?q=gmbh", GATE[0], GATE[2]]);
    const { wrong } = await tour(page, { starts, areas: below(["/nowhere"]), schemes });
    expect(wrong).toEqual([]);
  });

  test(`forms with mistakes, ${lang}`, ONCE, async ({ demo, browserFor }) => {
    const wrong: string[] = [];
    const anyone = await browserFor("anyone", { baseURL: demo.url });
    const look = async (page: typeof anyone, path: string, what: ReturnType<typeof main>) => {
      await page.goto(`/${lang}${path}`);
      expect((await press(page, what)).status()).toBe(422);
      await expect(page.locator(".summary")).toBeFocused();
      wrong.push(...(await examine(page, schemes)));
    };
    await look(anyone, "/login", button(anyone, lang, "login-button"));
    const eva = await browserFor("all roles", { baseURL: demo.url });
    await enter(eva, demo, "eva@provider.example", "demo-eva-alles-2026");
    const last = main(eva).locator("form .button--primary").last();
    for (const path of ["/customers/new", "/customers/import", "/staff/new", "/clients/new"]) await look(eva, path, last);
    const juergen = await browserFor("signatory", { baseURL: demo.url });
    await enter(juergen, demo, "juergen@baeckerei-kuemmel.example", "demo-juergen-k10005");
    await juergen.goto(`/${lang}/my`);
    const begin = main(juergen).locator(".next .button--primary");
    await Promise.all([juergen.waitForURL(/\/request$/), begin.click()]);
    wrong.push(...(await examine(juergen, schemes)));
    const here = new URL(juergen.url()).pathname.slice(3);
    await look(juergen, here, button(juergen, lang, "request-send"));
    const signing = await browserFor("signatory with an offer", { baseURL: demo.url });
    await enter(signing, demo, "gross@geoinformation-neckar.example", "demo-gross-k10003");
    await signing.goto(`/${lang}/my`);
    await main(signing).locator('a[href$="/sign"]').first().click();
    await look(signing, new URL(signing.url()).pathname.slice(3), button(signing, lang, "sign-button"));
    expect(wrong).toEqual([]);
  });

  test(`pages that say no, ${lang}`, ONCE, async ({ demo, browserFor }) => {
    const wrong: string[] = [];
    const page = await browserFor("a technician", { baseURL: demo.url });
    await enter(page, demo, "anna@provider.example", "demo-anna-technik-2026");
    for (const [path, status] of [["/no-such-page", 404], ["/staff", 403], ["/link/unknown", 404], ["/verify/unknown", 404], ["/my/nobody", 404]] as const) {
      expect((await page.goto(`/${lang}${path}`))?.status(), path).toBe(status);
      wrong.push(...(await examine(page, schemes)));
    }
    expect(wrong).toEqual([]);
  });
}
