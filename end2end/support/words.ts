// The portal's own words, out of content/ui, so that no story repeats them.
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

export type Lang = "de" | "en";
export const LANGS: readonly Lang[] = ["de", "en"];

const folder = fileURLToPath(new URL("../../content/ui/", import.meta.url));

function read(lang: Lang): Map<string, string> {
  const all = new Map<string, string>();
  for (const name of readdirSync(`${folder}${lang}`).filter((n) => n.endsWith(".ftl"))) {
    let key = "";
    for (const line of readFileSync(`${folder}${lang}/${name}`, "utf8").split(/\r?\n/)) {
      const start = /^([a-z][\w-]*)\s*=\s?(.*)$/i.exec(line);
      if (start) {
        key = start[1];
        all.set(key, start[2]);
      } else if (key && /^(\s|\})/.test(line)) {
        all.set(key, `${all.get(key)}\n${line}`);
      } else {
        key = "";
      }
    }
  }
  return all;
}

const words: Record<Lang, Map<string, string>> = { de: read("de"), en: read("en") };

export type Args = Record<string, string | number>;

/** The text `key` in this language, as the portal says it. */
export function say(lang: Lang, key: string, args: Args = {}): string {
  const text = words[lang].get(key);
  if (text === undefined) throw new Error(`content/ui/${lang} has no ${key}`);
  return fill(chosen(text, args), args).trim();
}

// { $count -> [one] … *[other] … }
function chosen(text: string, args: Args): string {
  return text.replace(/\{\s*\$(\w+)\s*->([\s\S]*?)\n\s*\}/, (_, name: string, body: string) => {
    const value = String(args[name]);
    const cases = [...body.matchAll(/^\s*\*?\[(\w+)\]\s*(.*)$/gm)].map((m) => [m[1], m[2]]);
    const of = (wanted: string) => cases.find(([which]) => which === wanted)?.[1];
    return of(value) ?? (value === "1" ? of("one") : undefined) ?? of("other") ?? "";
  });
}

function fill(text: string, args: Args): string {
  return text.replace(/\{\s*\$(\w+)\s*\}/g, (_, name: string) => {
    if (!(name in args)) throw new Error(`$${name} is missing for ${JSON.stringify(text)}`);
    return String(args[name]);
  });
}

/** The text as a pattern: whatever stands in place of its variables. */
export function pattern(lang: Lang, key: string, args: Args = {}): RegExp {
  const text = words[lang].get(key);
  if (text === undefined) throw new Error(`content/ui/${lang} has no ${key}`);
  const parts = chosen(text, args).trim().split(/\{\s*\$\w+\s*\}/);
  return new RegExp(parts.map((p) => p.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".+"));
}
